"""What most translations have where a page has something else.

A page is never held against one other page, which may be newer than it: two thirds of the votes
have to agree, and the original with them. Pages in one language that have the same are copies, and
have one vote.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T", bound=Hashable)

MAJORITY = 2 / 3
"""Share of the votes that must agree against a page."""
MIN_VOTES = 3
"""Votes that must agree against a page, however few there are."""
MAX_ITEMS = 120
"""Items of a sequence that are compared: more take too long, and nobody has read the difference."""


class Majority(msgspec.Struct, Generic[T], frozen=True):
    """What most translations have, and the locales of these, the original first."""

    value: T
    locales: tuple[str, ...]


class Outvoted(msgspec.Struct, frozen=True):
    """Item `index` of a page's sequence, where most translations have `value`, which is their item `there`.

    Of something that the page lacks `missing` is true, and `index` that of what it stands behind, -1
    for nothing. `locales` are those that have it, the original first; `there` counts in that one.
    """

    index: int
    value: str
    locales: tuple[str, ...]
    there: int
    missing: bool


def majority(own: str, values: Mapping[str, T], original: str) -> Majority[T] | None:
    """What outvotes the page in the locale `own`, of the `values` by locale; None if nothing does.

    Nothing outvotes a page that has the same as the one in the locale `original`.
    """
    mine = values[own]
    origin = values.get(original)
    if len(values) <= MIN_VOTES or origin == mine or all(v == mine for v in values.values()):
        return None
    votes = {(locale.partition("-")[0], v) for locale, v in values.items() if locale != own}
    counts = Counter(value for _, value in votes)
    value, count = counts.most_common(1)[0]
    if value == mine or count < max(MIN_VOTES, MAJORITY * len(votes)):
        return None
    if origin is not None and origin != value:
        return None
    agreeing = sorted(loc for loc, v in values.items() if v == value)
    return Majority(value, tuple(sorted(agreeing, key=lambda locale: locale != original)))


def outvoted_items(
    own: str, sequences: Mapping[str, tuple[str, ...]], original: str
) -> Iterator[Outvoted]:
    """The items of the page in the locale `own` for which most translations have another one, or
    that they have and the page lacks.

    Sequences are aligned by what they share. Where an item has no counterpart, that speaks for it.
    """
    mine = sequences[own]
    compared = {theirs: _slots(mine, theirs) for theirs in {*sequences.values()}}
    slots = {loc: compared[theirs] for loc, theirs in sequences.items() if loc != own}
    questioned = sorted({slot for found in slots.values() for slot in found})
    for slot in questioned:
        index, behind = divmod(slot, 2)
        item = "" if behind else mine[index]
        values = {own: item}
        for locale, found in slots.items():
            there = found.get(slot)
            values[locale] = item if there is None else sequences[locale][there]
        outvoting = majority(own, values, original)
        if outvoting and outvoting.value:
            place = slots[outvoting.locales[0]][slot]
            yield Outvoted(index, outvoting.value, outvoting.locales, place, bool(behind))


def aligned(mine: Sequence[Hashable], theirs: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The items of two sequences that stand for each other, by index."""
    for tag, start, end, there, there_end in _differences(mine, theirs):
        if tag == "equal" or (tag == "replace" and end - start == there_end - there):
            yield from zip(range(start, end), range(there, there_end), strict=True)


def _slots(mine: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """What `theirs` has otherwise: 2n is their item in place of item n, 2n + 1 the one they have behind it."""
    found: dict[int, int] = {}
    for tag, start, end, there, there_end in _differences(mine, theirs):
        if tag == "replace" and end - start == there_end - there:
            found.update((2 * (start + n), there + n) for n in range(end - start))
        elif tag == "insert" and there_end - there == 1:
            found[2 * start - 1] = there
    return found


def _differences(
    mine: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Sequence[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`."""
    if mine == theirs:
        return [("equal", 0, len(mine), 0, len(theirs))]
    if max(len(mine), len(theirs)) > MAX_ITEMS:
        return []
    return SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
