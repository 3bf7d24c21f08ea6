"""`external-class-on-anchor`"""

from collections.abc import Iterator

from balise.document import AttributeItem, Attributes
from balise.findings import Finding, Fix
from balise.rules.anchors.unresolved_anchor import fragment_here
from balise.rules.base import PageFacts, Rule
from balise.source import Edit, Span
from balise.syntax.link import EXTERNAL_CLASSES


class ExternalClassOnAnchor(Rule):
    name = "external-class-on-anchor"
    group = "anchors"
    summary = "A link to a place of its own page is marked as a link to another site"
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link in page.document.links:
            if fragment_here(link.href) is None:
                continue
            for attributes in link.attributes:
                for item in attributes.items:
                    if item.kind == "class" and item.value in EXTERNAL_CLASSES:
                        yield self.finding(
                            page.document,
                            item.span,
                            f"`{{.{item.value}}}` marks links to other sites, "
                            "but this one leads to a place on this very page",
                            fix=_without(attributes, item),
                        )


def _without(attributes: Attributes, item: AttributeItem) -> Fix:
    """Take the item off its list, and the list off the page if that was all."""
    span = attributes.span
    if len(attributes.items) > 1:
        index = attributes.items.index(item)
        if index:
            span = Span(attributes.items[index - 1].span.end, item.span.end)
        else:
            span = Span(item.span.start, attributes.items[1].span.start)
    return Fix(f"remove `.{item.value}`", safe=True, edits=(Edit(span, ""),))
