"""The one way a fix is applied: to texts, pass after pass, until nothing is left to fix."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from balise.base.findings import Finding, Fix
from balise.base.source import Edit, apply_edits

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
    fixed = fix_pages(
        lambda changed: check(changed.get("", text)), lambda path: text, unsafe=unsafe, keyed=False
    )
    applied = tuple(finding.fix for finding in fixed.applied if finding.fix)
    return Fixed(fixed.texts.get("", text), applied, fixed.settled)


Accepts = Callable[[str, str, str, list[Finding]], bool]
"""Path, text before, text after, the findings that were fixed: whether the page may be so."""


@dataclass(slots=True)
class FixedPages:
    """The texts that changed, by path; the findings that were fixed, and those whose fix was refused."""

    texts: dict[str, str] = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    settled: bool = False


def fix_pages(
    check: Callable[[Mapping[str, str]], Iterable[Finding]],
    read: Callable[[str], str],
    *,
    unsafe: bool = False,
    accepts: Accepts | None = None,
    keyed: bool = True,
) -> FixedPages:
    """Apply fixes to pages that may depend on each other.

    `check` finds what is wrong where some pages have other texts, `read` gives a page's first
    text. `accepts` is asked before a page changes; where it says no, each of the page's fixes is
    tried by itself, and those that it refuses again are left out for good.
    """
    result = FixedPages()
    left_out: set[tuple[str, str, str]] = set()
    for _ in range(MAX_PASSES):
        by_page: dict[str, list[Finding]] = defaultdict(list)
        for finding in check(result.texts):
            if finding.fix and (finding.fix.safe or unsafe) and _key(finding) not in left_out:
                by_page[finding.path if keyed else ""].append(finding)
        changed = False
        for path, findings in by_page.items():
            text = result.texts[path] if path in result.texts else read(path)
            chosen = _compatible(findings)
            fixed = _applied(text, chosen)
            if accepts and fixed != text and not accepts(path, text, fixed, chosen):
                kept = [f for f in chosen if accepts(path, text, _applied(text, [f]), [f])]
                refused = [f for f in chosen if f not in kept]
                result.refused += refused
                left_out.update(map(_key, refused))
                chosen, fixed = kept, _applied(text, kept)
            if fixed != text:
                result.texts[path] = fixed
                result.applied += chosen
                changed = True
        if not changed:
            result.settled = True
            break
    return result


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.rule, finding.message


def _applied(text: str, findings: Iterable[Finding]) -> str:
    return apply_edits(text, {edit for f in findings if f.fix for edit in f.fix.edits})


def _compatible(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, in the order of the text, without those whose fix overlaps one before it."""
    chosen: list[Finding] = []
    taken: list[Edit] = []
    with_edits = [(f.fix.edits, f) for f in findings if f.fix and f.fix.edits]
    for edits, finding in sorted(with_edits, key=lambda pair: min(pair[0])):
        if not any(_clash(ours, theirs) for ours in edits for theirs in taken[-50:]):
            chosen.append(finding)
            taken += edits
    return chosen


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be applied; the same edit asked for twice can."""
    if one == other:
        return False
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return overlap or one.span.start == other.span.start
