"""An address in each locale, in a file of its own -> entries: lines of `- [fr-fr](https://…)`."""

import re
from collections.abc import Iterator

from balise.base.source import SourceFile, Span
from balise.document.data import data_document
from balise.document.model import DataEntry, Document, Problem

ENTRY = re.compile(
    r"\s*+(?:[-*+]\s++)?+\[\s*+([A-Za-z]{2}-[A-Za-z]{2,4})\s*+\]\(\s*+([^\s()]++)\s*+\)\s*+"
)


def read_link_table(source: SourceFile) -> Document:
    """The addresses by locale. Other lines that are not empty are a `Problem`, at the first of them."""
    entries: list[DataEntry] = []
    others: list[Span] = []
    at = 0
    for line in source.text.splitlines(keepends=True):
        if entry := ENTRY.fullmatch(line):
            key, value = (Span(at + entry.start(g), at + entry.end(g)) for g in (1, 2))
            entries.append(DataEntry((entry[1].lower(),), entry[2], key, value))
        elif text := line.strip():
            start = at + line.index(text)
            others.append(Span(start, start + len(text)))
        at += len(line)
    return data_document(source, entries, list(_problem(others)))


def _problem(places: list[Span]) -> Iterator[Problem]:
    if places:
        more = f" (and so for {len(places) - 1} more below)" if len(places) > 1 else ""
        detail = "a line is a locale and its address, such as `- [fr-fr](https://example.org/)`"
        yield Problem("data-syntax", places[0], detail + more)
