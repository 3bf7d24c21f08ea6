"""The navigation of a collection in one file, `index.md` -> entries: a list in lists of `+ [label](address)`."""

import re
from collections.abc import Iterator

from balise.base.source import SourceFile, Span
from balise.document.data import MAX_DEPTH, data_document
from balise.document.model import DataEntry, Document, Problem

INDENT = 4
"""Blanks from one level to the next."""

MEANT = re.compile(r"(?:[-*+]|[0-9]+[.)])?\s*+\[[^\]]++\]\([^()\s]++\)")
"""A line that is no item, and was meant to be one."""


def read_index(source: SourceFile) -> Document:
    """The items of the list, each under the labels of those above it; lines of any other form mean nothing.

    `value` is the address, empty where there is none. An item stands below the nearest one above
    that has a smaller indent. Those that skip a level are a `Problem`, and count all the same; so are
    links that do not stand in an item.
    """
    entries: list[DataEntry] = []
    skipping: list[Span] = []
    too_deep: list[Span] = []
    no_items: list[Span] = []
    above: list[tuple[int, str]] = []
    at = 0
    for line in source.text.splitlines(keepends=True):
        item = line.strip()
        if item.startswith("+") and item[1:2].isspace():
            start = at + line.index("+")
            columns = len(line[: start - at].expandtabs(INDENT))
            while above and above[-1][0] >= columns:
                above.pop()
            place = Span(start, start + len(item))
            if columns - (above[-1][0] if above else -INDENT) > INDENT:
                skipping.append(place)
            if len(above) == MAX_DEPTH:
                too_deep.append(place)
                above.pop()
            label, address = _parts(item[1:].lstrip(), start + len(item))
            above.append((columns, source.text[label.start : label.end]))
            keys = tuple(name for _, name in above)
            value = source.text[address.start : address.end]
            entries.append(DataEntry(keys, value, label, address))
        elif MEANT.fullmatch(item):
            start = at + line.index(item)
            no_items.append(Span(start, start + len(item)))
        at += len(line)
    problems = [
        *_problem(
            skipping, "this item skips a level: it is more than four blanks behind its parent"
        ),
        *_problem(too_deep, "this is nested too deep"),
        *_problem(no_items, "an item begins with `+` and a blank, so this is none"),
    ]
    return data_document(source, entries, problems)


def _problem(places: list[Span], detail: str) -> Iterator[Problem]:
    """One problem for all places that have it, at the first."""
    if places:
        others = f" (and so for {len(places) - 1} more below)" if len(places) > 1 else ""
        yield Problem("data-syntax", places[0], detail + others)


def _parts(text: str, end: int) -> tuple[Span, Span]:
    """The places of label and address of an item whose text ends at `end`."""
    start = end - len(text)
    middle = text.rfind("](")
    if text.startswith("[") and text.endswith(")") and middle > 0:
        return Span(start + 1, start + middle), Span(start + middle + 2, end - 1)
    return Span(start, end), Span(end, end)
