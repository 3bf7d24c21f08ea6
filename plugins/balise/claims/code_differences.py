"""Terms of code that a page has otherwise than most of its translations."""

from collections.abc import Iterator, Mapping

import msgspec

from balise.claims.outline import Outline
from balise.claims.votes import Outvoted, aligned, outvoted_items


class CodeDifference(msgspec.Struct, frozen=True):
    """In the page's block of code `block` a term is outvoted; the first of the translations that have
    the other one has it in its block `there`."""

    block: int
    term: Outvoted
    there: int


def code_differences(
    own: str, outlines: Mapping[str, Outline], original: str
) -> Iterator[CodeDifference]:
    """The terms of code of the page in the locale `own` that its translations outvote.

    Blocks stand for each other by their order where all sections have as many of them, and else by
    what they share; those that have no counterpart are not compared.
    """
    terms = {
        locale: tuple(code.terms for code in codes)
        for locale, outline in outlines.items()
        if (codes := outline.code)
    }
    mine = terms.get(own, ())
    if not mine or mine == terms.get(original):
        return
    aligning = {theirs: dict(aligned(mine, theirs)) for theirs in {*terms.values()}}
    numbers = _numbers(outlines[own])
    in_order = {block: block for block in range(len(mine))}
    counterparts = {
        locale: in_order if _numbers(outlines[locale]) == numbers else aligning[theirs]
        for locale, theirs in terms.items()
    }
    for block, own_terms in enumerate(mine):
        there = {loc: blocks[block] for loc, blocks in counterparts.items() if block in blocks}
        sequences = {locale: terms[locale][number] for locale, number in there.items()}
        if all(theirs == own_terms for theirs in sequences.values()):
            continue
        for found in outvoted_items(own, sequences, original):
            if found.index >= 0:
                yield CodeDifference(block, found, there[found.locales[0]])


def _numbers(outline: Outline) -> list[int]:
    """How many blocks of code each section has."""
    return [len(section.code) for section in outline.sections]
