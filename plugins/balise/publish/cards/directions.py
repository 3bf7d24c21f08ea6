"""In which direction each part of a line is written: rules W and N of Unicode Standard Annex 9, without embeddings."""

from itertools import groupby
from operator import itemgetter
from unicodedata import bidirectional

KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "NSM": "M"}
"""Left to right, right to left, numbers, marks on what stands before; all else is neutral."""
IN_NUMBERS = ("CS", "ES")
"""What belongs to a number if digits stand on both sides."""
AT_NUMBERS = "ET"
"""What belongs to a number that it stands beside."""


def is_rtl(text: str) -> bool:
    """Whether a text is written from right to left: its first letter is."""
    kinds = (KINDS.get(bidirectional(char)) for char in text)
    return next((kind for kind in kinds if kind in ("L", "R")), "L") == "R"


def directions(text: str, *, rtl: bool) -> list[tuple[str, bool]]:
    """The parts of a line in one direction, in the order of reading, and whether that is from right to left.

    `rtl` says whether the line as a whole is.
    """
    base = "R" if rtl else "L"
    kinds = _with_neutrals(_with_numbers(text, _kinds(text, base)), base)
    found: list[tuple[str, bool]] = []
    for kind, pairs in groupby(zip(kinds, text, strict=True), key=itemgetter(0)):
        found.append(("".join(char for _, char in pairs), kind == "R"))
    return found


def _kinds(text: str, base: str) -> list[str]:
    """The kind of each character, empty for neutral ones; a number behind what is read from the left is, too."""
    found: list[str] = []
    strong = base
    for char in text:
        kind = KINDS.get(bidirectional(char), "")
        if kind == "M":
            kind = found[-1] if found else base
        if kind == "N" and strong == "L":
            kind = "L"
        strong = kind if kind in ("L", "R") else strong
        found.append(kind)
    return found


def _with_numbers(text: str, kinds: list[str]) -> list[str]:
    """The kinds with what belongs to numbers among these."""
    found = list(kinds)
    for place, char in enumerate(text):
        beside = (kinds[place - 1] if place else "", *kinds[place + 1 : place + 2])
        own = bidirectional(char)
        if (own in IN_NUMBERS and beside == ("N", "N")) or (own == AT_NUMBERS and "N" in beside):
            found[place] = "N"
    return found


def _with_neutrals(kinds: list[str], base: str) -> list[str]:
    """The kinds without neutral ones: these go with both neighbours, where they are of one mind, or with the line."""
    found: list[str] = []
    place = 0
    for kind, group in groupby(kinds):
        count = len(list(group))
        place += count
        before = found[-1] if found else base
        behind = kinds[place] if place < len(kinds) else base
        sides = {"R" if side == "N" else side for side in (before, behind)}
        found += [kind or (sides.pop() if len(sides) == 1 else base)] * count
    return found
