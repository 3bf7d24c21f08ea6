"""Numbers with a unit, IPv4 addresses and versions in the text of a page.

Units are those that every language writes alike, or that differ by a letter (`Go`, `GB`).
"""

import re
from collections import Counter
from collections.abc import Iterator

from balise.claims.model import Quantity, QuantityKind
from balise.document import Document

UNITS = {
    "ko": "kB", "kb": "kB", "kib": "KiB", "mo": "MB", "mb": "MB", "mib": "MiB", "go": "GB",
    "gb": "GB", "gib": "GiB", "to": "TB", "tb": "TB", "tib": "TiB", "mbps": "Mbit/s",
    "mbit/s": "Mbit/s", "gbps": "Gbit/s", "gbit/s": "Gbit/s", "ms": "ms", "ghz": "GHz",
    "mhz": "MHz", "%": "%",
}  # fmt: skip
DIGIT = re.compile(r"[0-9]")
BLANK = r"[ \u00a0\u202f\u2009]"
NUMBER = rf"[0-9]++(?:{BLANK}[0-9]{{3}}){{0,5}}+(?:[.,][0-9]++)?"
SIZE = re.compile(
    rf"(?<![\w.,/-])({NUMBER}){BLANK}?({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?![\w/])",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?!\w|\.[0-9])")
DAY = r"[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}(?!\w)"
"""A date as some languages write it: `30.11.2018` is no version."""
VERSION = re.compile(rf"(?<![\w.])v?(?!{DAY})([0-9]+\.[0-9]+\.[0-9]+)(?!\w|[.,][0-9])")


def read_quantities(document: Document) -> Iterator[Quantity]:
    """The quantities in the paragraphs of a page, in the order of the file."""
    sections = [document.section(prose.span.start) for prose in document.prose]
    paragraphs = Counter(sections)
    seen: Counter[int] = Counter()
    for section, prose in zip(sections, document.prose, strict=True):
        place = (section, seen[section], paragraphs[section])
        seen[section] += 1
        for start, end, kind, value in _find(prose.text.text):
            yield Quantity(kind, value, prose.text.span(start, end), *place)


def _find(text: str) -> list[tuple[int, int, QuantityKind, str]]:
    if DIGIT.search(text) is None:
        return []
    found: list[tuple[int, int, QuantityKind, str]] = []
    found += [(*m.span(), "address", m[0]) for m in ADDRESS.finditer(text)]
    found += [(*m.span(), "version", m[1]) for m in VERSION.finditer(text)]
    for m in SIZE.finditer(text):
        found.append((*m.span(), "size", f"{_plain(m[1])} {UNITS[m[2].lower()]}"))
    return sorted(found)


def _plain(number: str) -> str:
    """`1 000`, `1,000` and `1.000` are a thousand; `1,5` and `1.5` are one and a half."""
    bare = re.sub(BLANK, "", number).replace(",", ".")
    whole, _, rest = bare.partition(".")
    return whole + rest if len(rest) == 3 else bare
