"""`empty-list-item`"""

from collections.abc import Iterator

from balise.document import Document, ListItem
from balise.findings import Finding, Fix
from balise.rules.base import PageFacts, Rule
from balise.source import Edit, Span


class EmptyListItem(Rule):
    name = "empty-list-item"
    group = "lists"
    summary = "An item of a list has no text"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        for item in document.list_items:
            if item.empty:
                fix = _joined(document, item)
                message = "this item of the list is empty"
                if fix:
                    message += "; its text begins on the next line and is no part of it"
                yield self.finding(document, item.marker, message, fix=fix)


def _joined(document: Document, item: ListItem) -> Fix | None:
    """Move the paragraph that begins on the next line behind the marker."""
    next_line = document.line(item.marker.start) + 1
    for prose in document.prose:
        if prose.line == next_line:
            edit = Edit(Span(item.marker.end, prose.span.start), " ")
            return Fix("move the text behind the marker", safe=True, edits=(edit,))
    return None
