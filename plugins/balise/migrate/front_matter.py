"""Lines of the front matter that say what stands elsewhere from now on, taken off."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from balise.base.source import Edit, Span
from balise.document import Document, FrontMatterEntry


def removable_keys(document: Document, keys: AbstractSet[str]) -> AbstractSet[str]:
    """Those of the keys that are there, each on lines of its own."""
    entries = [entry for entry in _entries(document) if entry.key in keys]
    sharing = {e.key for e in entries if document.position(e.key_span.start).column != 1}
    return frozenset(entry.key for entry in entries) - sharing


def removals(document: Document, keys: AbstractSet[str]) -> Iterator[Edit]:
    """Take off the lines of removable keys."""
    return (
        Edit(_lines(document, entry), "", entry.key)
        for entry in _entries(document)
        if entry.key in keys
    )


def _entries(document: Document) -> tuple[FrontMatterEntry, ...]:
    return document.front_matter.entries if document.front_matter else ()


def _lines(document: Document, entry: FrontMatterEntry) -> Span:
    end = max(entry.key_span.end, entry.value_span.end)
    if document.position(end).column > 1:  # a value of several lines may end behind them
        end = document.line_starts[document.line(end)]
    return Span(entry.key_span.start, end)
