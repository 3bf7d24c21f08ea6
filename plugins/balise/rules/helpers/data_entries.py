"""The entries of data files that are a table: a name and a value a line."""

from collections.abc import Iterator, Sequence

from balise.document import DataEntry, Document


def top_entries(document: Document) -> Sequence[DataEntry]:
    """The entries whose value is text; of a list there are none."""
    return [e for e in document.data if len(e.keys) == 1 and e.key_span != e.value_span]


def value_of(document: Document, key: str) -> DataEntry | None:
    """The first entry of a key that has a value."""
    return next((e for e in top_entries(document) if e.keys[0] == key and e.value), None)


def repeats(entries: Sequence[DataEntry]) -> Iterator[tuple[DataEntry, DataEntry]]:
    """The entries whose key was there before, each behind the first one."""
    first: dict[str, DataEntry] = {}
    for entry in entries:
        known = first.setdefault(entry.keys[0], entry)
        if known is not entry:
            yield known, entry
