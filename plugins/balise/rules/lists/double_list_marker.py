from collections.abc import Iterator, Sequence
from itertools import pairwise

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Edit, Span
from balise.document import Document, ListItem
from balise.rules.base import PageRule, RuleContext

MAX_LINES = 3
MAX_MARKERS = 4
"""Markers that an item has by a slip; more of them were put there by a program, or to try one."""
Chain = tuple[ListItem, ...]
"""An item, the one that is all that it has, and so on: two or more."""


class DoubleListMarker(PageRule):
    name = "double-list-marker"
    group = "lists"
    summary = "An item of a list has more than one marker"
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        lists = list(_lists(document))
        own = {id(item) for chains in lists for chain in chains for item in chain}
        others = [item for item in document.list_items if lists and id(item) not in own]
        for chains in lists:
            first = chains[0]
            if len(first) > MAX_MARKERS:
                continue
            more = f", like {len(chains) - 1} more below it" if len(chains) > 1 else ""
            message = (
                f"this item has more than one marker{more}, so it prints as a list in a list; "
                "keep one"
            )
            place = Span(first[0].marker.start, first[-1].marker.end)
            yield self.finding(document, place, message, fix=_fix(document, chains, others))


def _lists(document: Document) -> Iterator[Sequence[Chain]]:
    """The items with more than one marker, those of one list together."""
    found: list[Chain] = []
    for outer, inner in pairwise(document.list_items):
        if not _is_double(document, outer, inner):
            continue
        if found and found[-1][-1] is outer:
            found[-1] = (*found[-1], inner)
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


def _fix(document: Document, chains: Sequence[Chain], others: Sequence[ListItem]) -> Fix | None:
    """The first number stays, or else the last marker; `others` are all items with one marker.

    None where a bullet is in front of a number and the list has other items, from which the numbers
    would be cut off, or where a number other than 1 would stand directly below text.
    """
    if chains[0][-1].ordered and not chains[0][0].ordered:
        if any(_is_beside(document, chains, item) for item in others):
            return None
        if any(_is_below_text(document, chain, chains) for chain in chains):
            return None
    edits = tuple(map(_without_others, chains))
    return Fix("keep one marker", safe=True, edits=edits, keeps=Keeps.WORDS)


def _is_beside(document: Document, chains: Sequence[Chain], item: ListItem) -> bool:
    first, last = chains[0][0], chains[-1][0]
    if item.span.start < first.span.start:
        return _follows(document, item, first)
    return item.span.start > last.span.end and _follows(document, last, item)


def _is_below_text(document: Document, chain: Chain, chains: Sequence[Chain]) -> bool:
    """Whether a number that begins no list there stands below a line of text of no item here."""
    line = document.line(chain[0].span.start)
    return chain[-1].number != "1" and any(
        document.line(prose.span.end) == line - 1
        and not any(one[0].span.start < prose.span.start < one[0].span.end for one in chains)
        for prose in document.prose
    )


def _without_others(chain: Chain) -> Edit:
    """One marker is left of an item."""
    if chain[0].ordered:
        gone, place = chain[1:], Span(chain[0].marker.end, chain[-1].marker.end)
    else:
        gone, place = chain[:-1], Span(chain[0].marker.start, chain[-1].marker.start)
    return Edit(place, "", " ".join(item.number for item in gone if item.ordered))
