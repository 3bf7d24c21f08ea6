from collections.abc import Iterator, Sequence
from itertools import pairwise

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Edit, Span
from balise.document import Document, ListItem
from balise.rules.base import PageRule, RuleContext

MAX_LINES = 3
Pair = tuple[ListItem, ListItem]
"""An item, and the one that is all that it has."""


class DoubleListMarker(PageRule):
    name = "double-list-marker"
    group = "lists"
    summary = "An item of a list has more than one marker"
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for pairs in _lists(document):
            outer, inner = pairs[0]
            others = f", like {len(pairs) - 1} more below it" if len(pairs) > 1 else ""
            message = f"this item has more than one marker{others}, so it prints as a list in a list; keep one"
            place = Span(outer.marker.start, inner.marker.end)
            yield self.finding(document, place, message, fix=_fix(document, pairs))


def _lists(document: Document) -> Iterator[Sequence[Pair]]:
    """The items with more than one marker, those of one list together."""
    found: list[Pair] = []
    for outer, inner in pairwise(document.list_items):
        if not _is_double(document, outer, inner):
            continue
        if found and found[-1][1] is outer:
            found[-1] = (found[-1][0], inner)
            continue
        if found and not _follows(document, found[-1][0], outer):
            yield found
            found = []
        found.append((outer, inner))
    if found:
        yield found


def _is_double(document: Document, outer: ListItem, inner: ListItem) -> bool:
    """Whether `inner` stands directly behind the marker of `outer`, and ends with it."""
    return (
        inner.marker.start == outer.marker.end + 1
        and inner.span.end == outer.span.end
        and not inner.empty
        and document.line(outer.marker.start) == document.line(inner.marker.start)
    )


def _follows(document: Document, above: ListItem, item: ListItem) -> bool:
    """Whether an item stands below another one in the same column, with few lines in between."""
    lines = document.line(item.span.start) - document.line(above.span.end)
    columns = (document.position(one.marker.start).column for one in (above, item))
    return lines <= MAX_LINES and next(columns) == next(columns)


def _fix(document: Document, pairs: Sequence[Pair]) -> Fix | None:
    """The bullet goes, or the second number.

    None where the list has other items, which the numbers would cut off from it, and where
    an item is directly below text, which a number may not begin a list below.
    """
    if pairs[0][1].ordered and not pairs[0][0].ordered:
        own = {id(item) for pair in pairs for item in pair}
        others = [item for item in document.list_items if id(item) not in own]
        if any(_is_beside(document, pairs, item) for item in others):
            return None
        starts = {document.line(outer.span.start) for outer, _ in pairs}
        within = [outer.span for outer, _ in pairs]
        for prose in document.prose:
            below = document.line(prose.span.end) + 1
            if below in starts and not any(s.start < prose.span.start < s.end for s in within):
                return None
    edits = tuple(Edit(_superfluous(*pair), "") for pair in pairs)
    return Fix("keep one marker", safe=True, edits=edits, keeps=Keeps.WORDS)


def _is_beside(document: Document, pairs: Sequence[Pair], item: ListItem) -> bool:
    first, last = pairs[0][0], pairs[-1][0]
    if item.span.start < first.span.start:
        return _follows(document, item, first)
    return item.span.start > last.span.end and _follows(document, last, item)


def _superfluous(outer: ListItem, inner: ListItem) -> Span:
    if outer.ordered:
        return Span(outer.marker.end, inner.marker.end)
    return Span(outer.marker.start, inner.marker.start)
