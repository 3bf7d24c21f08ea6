"""The one way a fix is applied: to a text, pass after pass, until nothing is left to fix."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from balise.findings import Finding, Fix
from balise.source import Edit, apply_edits

MAX_PASSES = 10


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes, the fixes that were applied, and whether more passes would change it."""

    text: str
    applied: tuple[Fix, ...]
    settled: bool


def fix_text(
    text: str, check: Callable[[str], Iterable[Finding]], *, unsafe: bool = False
) -> Fixed:
    """Apply the safe fixes of what `check` finds in `text`, and the unsafe ones if asked to.

    Of fixes that touch the same place the first by place counts; the other has its turn in the
    next pass, if it is still there. At most `MAX_PASSES` passes.
    """
    applied: list[Fix] = []
    for _ in range(MAX_PASSES):
        fixes = [f.fix for f in check(text) if f.fix and (f.fix.safe or unsafe)]
        chosen = _compatible(fixes)
        changed = apply_edits(text, {edit for fix in chosen for edit in fix.edits})
        if changed == text:
            return Fixed(text, tuple(applied), settled=True)
        applied += chosen
        text = changed
    return Fixed(text, tuple(applied), settled=False)


def _compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes, in the order of the text, without those that overlap one before them."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in sorted((fix for fix in fixes if fix.edits), key=lambda fix: min(fix.edits)):
        if not any(_clash(ours, theirs) for ours in fix.edits for theirs in taken[-50:]):
            chosen.append(fix)
            taken += fix.edits
    return chosen


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be applied; the same edit asked for twice can."""
    if one == other:
        return False
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return overlap or one.span.start == other.span.start
