from collections.abc import Iterator

from balise.base.findings import Finding
from balise.base.source import Span
from balise.document import FrontMatter
from balise.rules.base import PageRule, RuleContext


class UnknownSourceCommit(PageRule):
    name = "unknown-source-commit"
    group = "translations"
    summary = "The commit that a page says it was translated at is none of its source"
    needs_history = True

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        origin = context.collection.origins.get(document.path)
        if origin is None or origin.blob or document.front_matter is None:
            return
        source = origin.source.rpartition("/")[2]
        message = (
            f"`{origin.commit}` is no commit that has the source of this page, `{source}`; "
            "`balise translated` writes the one of today"
        )
        yield self.finding(document, _place(document.front_matter, origin.commit), message)


def _place(front_matter: FrontMatter, value: str) -> Span:
    """Where a value stands in the front matter, by itself or in a mapping."""
    for entry in front_matter.entries:
        for text, span in ((entry.value, entry.value_span), *entry.items):
            if text == value:
                return span
    return front_matter.span
