"""Where a line of text may end."""

from collections.abc import Iterator
from unicodedata import category

JOINERS = ("\u200c", "\u200d")
"""What stands between letters, is not seen, and has them joined or not."""
NOT_FIRST = frozenset(
    "、。，．・：；？！」』）】〕》〉ーぁぃぅぇぉっゃゅょァィゥェォッャュョヶ々…％)!?,.:;%"
)
NOT_LAST = frozenset("「『（【〔《〈(")
"""Where no line of Chinese or Japanese begins or ends."""
WIDE = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
"""Code points of scripts in which a line may end behind every character."""


def clusters(text: str) -> list[str]:
    """Characters with the marks that belong to them."""
    found: list[str] = []
    for char in text:
        if found and (category(char)[0] == "M" or char in JOINERS or found[-1][-1] in JOINERS):
            found[-1] += char
        else:
            found.append(char)
    return found


def units(text: str) -> Iterator[str]:
    """The parts of a text between which a line may end, with the blanks behind them."""
    unit = ""
    for cluster in clusters(text):
        if unit and _may_end(unit[-1], cluster[0]):
            yield unit
            unit = ""
        unit += cluster
    if unit:
        yield unit


def _may_end(before: str, behind: str) -> bool:
    if before == " " or behind == " ":
        return behind != " "
    if behind in NOT_FIRST or before in NOT_LAST:
        return False
    return _is_wide(before) or _is_wide(behind)


def _is_wide(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in WIDE)
