from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext


class EmptyListItem(PageRule):
    name = "empty-list-item"
    group = "lists"
    summary = "An item of a list has no text"
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for item in document.list_items:
            if item.empty:
                message = "this item of the list is empty"
                fix = None
                if item.text_below is not None:
                    message += "; its text begins on the next line and is no part of it"
                    gap = Span(item.marker.end, item.text_below)
                    fix = Fix.replacement(
                        gap, " ", "move the text behind the marker", safe=True, keeps=Keeps.WORDS
                    )
                yield self.finding(document, item.marker, message, fix=fix)
