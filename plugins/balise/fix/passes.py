"""The one way a fix is applied: to texts, pass after pass, until nothing is left to fix."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import SourceFile, apply_edits

MAX_IDLE = 10
"""Passes after which a page has no fewer fixes left than it had before: they undo each other."""
ORDER = list(Keeps)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes, the fixes that were applied, and whether nothing is left to fix."""

    text: str
    applied: tuple[Fix, ...]
    settled: bool


def fix_text(
    text: str, check: Callable[[str], Iterable[Finding]], *, unsafe: bool = False
) -> Fixed:
    """Apply the safe fixes of what `check` finds in `text`, and the unsafe ones if asked to."""
    fixed = fix_pages(
        lambda changed: check(changed.get("", text)), lambda path: text, unsafe=unsafe, keyed=False
    )
    applied = tuple(finding.fix for finding in fixed.applied if finding.fix)
    return Fixed(fixed.texts.get("", text), applied, not fixed.unsettled)


Accepts = Callable[[str, str, str, Sequence[Finding]], bool]
"""Path, text before, text after, the findings that were fixed: whether the page may be so."""


@dataclass(slots=True)
class FixedPages:
    """What fixes have made of pages.

    `texts` are those that may have changed, by path. `refused` are findings whose fix would have
    changed something else than it is about, `unsettled` the paths of pages whose fixes undo each
    other: these are as they were.
    """

    texts: dict[str, str] = field(default_factory=dict)
    applied: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Progress:
    """The first text of a page, the fewest fixes that it had left, and the passes since then."""

    first: str
    fewest: int
    idle: int = -1

    def settles(self, left: int) -> bool:
        """Whether a page that has so many fixes `left` comes nearer to its end."""
        self.idle = 0 if left < self.fewest else self.idle + 1
        self.fewest = min(left, self.fewest)
        return self.idle < MAX_IDLE


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
    text. `accepts` is asked before a page changes; fixes that it refuses are left out for good. In
    a pass a page gets fixes that keep the same of it, and no two on one line.
    """
    result = FixedPages()
    pages: dict[str, _Progress] = {}
    left_out: set[tuple[str, str, str]] = set()
    while True:
        by_page: dict[str, list[Finding]] = defaultdict(list)
        for finding in check(result.texts):
            if finding.fix and (finding.fix.safe or unsafe) and _key(finding) not in left_out:
                by_page[finding.path if keyed else ""].append(finding)
        changed = False
        for path, findings in by_page.items():
            if path in result.unsettled:
                continue
            text = result.texts[path] if path in result.texts else read(path)
            page = pages.setdefault(path, _Progress(text, len(findings)))
            if not page.settles(len(findings)):
                result.unsettled.append(path)
                result.texts[path] = page.first
                result.applied = [f for f in result.applied if keyed and f.path != path]
                changed = changed or text != page.first
                continue
            chosen = _compatible(text, findings)
            made, fixed = _made(path, text, chosen, accepts)
            refused = [finding for finding in chosen if finding not in made]
            result.refused += refused
            left_out.update(map(_key, refused))
            if fixed != text:
                result.texts[path] = fixed
                result.applied += made
            changed = changed or fixed != text or bool(refused)
        if not changed:
            return result


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.rule, finding.message


def _made(
    path: str, text: str, findings: Sequence[Finding], accepts: Accepts | None
) -> tuple[list[Finding], str]:
    """The findings whose fixes are accepted, and the text with these.

    Halves of what is not accepted as a whole are tried, so few of many cost few trials.
    """
    fixed = apply_edits(text, {edit for f in findings if f.fix for edit in f.fix.edits})
    if accepts is None or not findings or accepts(path, text, fixed, findings):
        return list(findings), fixed
    if len(findings) == 1:
        return [], text
    half = len(findings) // 2
    first, text_with_first = _made(path, text, findings[:half], accepts)
    second, text_with_second = _made(path, text, findings[half:], accepts)
    if not first or not second:
        return (first, text_with_first) if first else (second, text_with_second)
    both = [*first, *second]
    fixed = apply_edits(text, {edit for f in both if f.fix for edit in f.fix.edits})
    return (both, fixed) if accepts(path, text, fixed, both) else (first, text_with_first)


def _compatible(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of the text whose fixes keep the same, the most, and share no line."""
    fixes = [(_rank(f.fix), f.fix.edits, f) for f in findings if f.fix and f.fix.edits]
    first = min((rank for rank, _, _ in fixes), default=0)
    source = SourceFile("", text)
    chosen: list[Finding] = []
    taken: set[int] = set()
    for rank, edits, finding in sorted(fixes, key=lambda fix: min(fix[1])):
        lines: set[int] = set()
        for edit in edits:
            ends = (source.position(at).line for at in (edit.span.start, edit.span.end))
            lines.update(range(next(ends), next(ends) + 1))
        if rank == first and lines.isdisjoint(taken):
            chosen.append(finding)
            taken |= lines
    return chosen


def _rank(fix: Fix) -> int:
    return ORDER.index(fix.keeps) if fix.safe else len(ORDER)
