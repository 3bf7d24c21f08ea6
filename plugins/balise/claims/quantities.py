"""Numbers with a unit, addresses and versions of a page, and where translations give others.

Units are those that every language writes alike, or that differ by a letter (`Go`, `GB`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from balise.claims.claim import Quantity
from balise.document import Document

UNITS = {
    "ko": "kB", "kb": "kB", "kib": "KiB", "mo": "MB", "mb": "MB", "mib": "MiB", "go": "GB",
    "gb": "GB", "gib": "GiB", "to": "TB", "tb": "TB", "tib": "TiB", "mbps": "Mbit/s",
    "mbit/s": "Mbit/s", "gbps": "Gbit/s", "gbit/s": "Gbit/s", "ms": "ms", "ghz": "GHz",
    "mhz": "MHz", "%": "%",
}  # fmt: skip
DIGIT = re.compile(r"[0-9]")
BLANK = r"[ \u00a0\u202f\u2009]"
NUMBER = rf"[0-9]+(?:{BLANK}[0-9]{{3}})*(?:[.,][0-9]+)?"
SIZE = re.compile(
    rf"(?<![\w.,/-])({NUMBER}){BLANK}?({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?![\w/])",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?!\w|\.[0-9])")
VERSION = re.compile(r"(?<![\w.])v?([0-9]+\.[0-9]+\.[0-9]+)(?!\w|[.,][0-9])")

Kind = Literal["size", "address", "version"]


def read_quantities(document: Document) -> Iterator[Quantity]:
    """The quantities in the paragraphs of a page."""
    sections = [document.section(prose.span.start) for prose in document.prose]
    paragraphs = Counter(sections)
    seen: Counter[int] = Counter()
    for section, prose in zip(sections, document.prose, strict=True):
        place = (section, seen[section], paragraphs[section])
        seen[section] += 1
        for start, end, kind, value in _in_text(prose.text.text):
            yield Quantity(kind, value, prose.text.span(start, end), *place)


def _in_text(text: str) -> list[tuple[int, int, str, str]]:
    if DIGIT.search(text) is None:
        return []
    found = [(*m.span(), "address", m[0]) for m in ADDRESS.finditer(text)]
    found += [(*m.span(), "version", m[1]) for m in VERSION.finditer(text)]
    for m in SIZE.finditer(text):
        found.append((*m.span(), "size", f"{_plain(m[1])} {UNITS[m[2].lower()]}"))
    return sorted(found)


def _plain(number: str) -> str:
    """`1 000`, `1,000` and `1.000` are a thousand; `1,5` and `1.5` are one and a half."""
    bare = re.sub(BLANK, "", number).replace(",", ".")
    whole, _, rest = bare.partition(".")
    return whole + rest if len(rest) == 3 else bare


class Difference(msgspec.Struct, frozen=True):
    """`quantity` of a page, where the translations `against` have `value` at the same place."""

    quantity: Quantity
    value: str
    against: tuple[str, ...]


def shape(document: Document) -> tuple[int, ...]:
    """Levels of the headings: what translations that can be compared share."""
    return tuple(heading.level for heading in document.headings)


MOST = 2 / 3
FEWEST = 2
"""Translations that must agree against a page: their share, and their number."""


def differences(own: str, quantities: Mapping[str, tuple[Quantity, ...]]) -> Iterator[Difference]:
    """Where the page in the locale `own` is outvoted; the pages must be of the same shape.

    Only a paragraph with as many quantities of one kind as the others have, of which one differs.
    """
    places: dict[tuple[int, int, int, str], dict[str, list[Quantity]]] = defaultdict(dict)
    for locale, found in quantities.items():
        for quantity in found:
            place = (quantity.section, quantity.paragraph, quantity.paragraphs, quantity.kind)
            places[place].setdefault(locale, []).append(quantity)
    for voters in places.values():
        ours = voters.get(own, [])
        others = {loc: [q.value for q in qs] for loc, qs in voters.items() if loc != own}
        usual = Counter(tuple(sorted(values)) for values in others.values()).most_common(1)
        if not ours or not usual:
            continue
        values, votes = usual[0]
        wrong = Counter(q.value for q in ours) - Counter(values)
        missing = Counter(values) - Counter(q.value for q in ours)
        if votes < max(FEWEST, MOST * len(others)) or wrong.total() != 1 or missing.total() != 1:
            continue
        against = tuple(sorted(loc for loc, v in others.items() if tuple(sorted(v)) == values))
        quantity = next(q for q in ours if q.value in wrong)
        yield Difference(quantity, next(iter(missing)), against)
