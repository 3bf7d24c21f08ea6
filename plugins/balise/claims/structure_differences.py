"""Where a page consists of something else than most of its translations."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from balise.claims.outline import Outline
from balise.claims.votes import Majority, aligned, majority

LABELS = "labels"
PARTS = ("pictures", "tables", "code", "callouts", "calls", "rows", LABELS)
"""What sections are compared by, what matters most first."""
FEWER = 2
"""Labels that a page must lack: a sentence may well do without one."""


class HeadingDifference(msgspec.Struct, frozen=True):
    """Most translations have other headings: they have `levels`.

    The first heading that differs is `index` here and in the first of these locales; either page may
    have no more than that.
    """

    levels: Majority[tuple[int, ...]]
    index: int


class PartDifference(msgspec.Struct, frozen=True):
    """Section `section` has `count` of a part, such as `pictures`, and most translations another number."""

    section: int
    part: str
    count: int
    usual: Majority[int]


def heading_difference(
    own: str, outlines: Mapping[str, Outline], original: str
) -> HeadingDifference | None:
    """How the headings of the page in the locale `own` differ from those of most translations."""
    levels = {locale: outline.levels for locale, outline in outlines.items()}
    usual = majority(own, levels, original)
    if usual is None:
        return None
    mine, theirs = levels[own], usual.value
    if len(mine) == len(theirs):
        pairs = zip(mine, theirs, strict=True)
        return HeadingDifference(
            usual, next(n for n, (ours, other) in enumerate(pairs) if ours != other)
        )
    ours, others = (
        list(zip(outlines[locale].levels, outlines[locale].shape[1:], strict=True))
        for locale in (own, usual.locales[0])
    )
    same = [here == there == n for n, (here, there) in enumerate(aligned(ours, others))]
    return HeadingDifference(usual, [*same, False].index(False))


def part_differences(
    own: str, outlines: Mapping[str, Outline], original: str
) -> list[PartDifference]:
    """What the sections of the page in the locale `own` have more or less than in most translations,
    labels last.

    Only translations with the same headings are compared, and only parts of which the whole page has
    another number: what stands on the other side of a heading is not missing. Rows of tables go with
    these. More labels than elsewhere only explain more, and one less does no harm.
    """
    levels = outlines[own].levels
    shapes = {locale: o.shape for locale, o in outlines.items() if o.levels == levels}
    found: list[PartDifference] = []
    for number, mine in enumerate(outlines[own].shape):
        sections = {locale: shape[number] for locale, shape in shapes.items()}
        if all(section == mine for section in sections.values()):
            continue
        for part in PARTS:
            counts = {locale: getattr(section, part) for locale, section in sections.items()}
            if usual := majority(own, counts, original):
                found.append(PartDifference(number, part, counts[own], usual))
    balance = Counter[str]()
    for one in found:
        balance[one.part] += one.count - one.usual.value
    with_tables = {one.section for one in found if one.part == "tables"}
    told = [
        one
        for one in found
        if one.part != LABELS
        and balance[one.part]
        and not (one.part == "rows" and one.section in with_tables)
    ]
    if balance[LABELS] <= -FEWER:
        told += (one for one in found if one.part == LABELS and one.count < one.usual.value)
    return told
