from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.base.source import Span
from balise.document import Document
from balise.rules.base import PageRule, RuleContext


class DuplicateAnchor(PageRule):
    name = "duplicate-anchor"
    group = "anchors"
    summary = "Two places of a page have the same anchor"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        first: dict[str, Span] = {}
        for span, name in sorted(_named(document)):
            known = first.setdefault(name, span)
            if known != span:
                message = (
                    f"`{name}` is the anchor of line {document.line(known.start)} already, "
                    "where links to it lead; give this place another one"
                )
                related = Related(document.path, known, "the same anchor")
                yield self.finding(document, span, message, related=(related,))


def _named(document: Document) -> Iterator[tuple[Span, str]]:
    """The anchors made by hand, those of headings as well."""
    yield from ((anchor.span, anchor.name) for anchor in document.anchors)
    for heading in document.headings:
        for attributes in heading.attributes:
            yield from ((i.span, i.value) for i in attributes.items if i.kind == "id")
