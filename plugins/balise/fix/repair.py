"""`balise check --fix` and `--diff`: what is done with the fixes of a whole scope of pages."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.findings import Finding
from balise.base.paths import path_here
from balise.base.source import SourceFile
from balise.check.pipeline import CheckSettings
from balise.fix.passes import FixedPages, fix_pages
from balise.fix.session import FixSession
from balise.workspace.workspace import Workspace
from balise.workspace.writing import CHANGED, encoded, sweep, write_page

SHOWN = 5
"""Refused fixes, and pages that could not be written, that are named one by one."""
UNSAFE = "an unsafe fix of {} was not made, since it would change words that it is not about"
BUG = "this is a bug of balise, please report it"


@dataclass(frozen=True, slots=True)
class FixResult:
    """What was done.

    `notes` say it to people, `warnings` what was not done, `texts` are the pages that change, `diff`
    how they do; `failed` counts pages that could not be written, and bugs of fixes.
    """

    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    texts: Mapping[str, str]
    diff: str
    failed: int


def repair(
    workspace: Workspace,
    settings: CheckSettings,
    *,
    unsafe: bool,
    write: bool,
    given: Sequence[SourceFile] = (),
) -> FixResult:
    """Apply the fixes of all rules to all pages of a workspace; write them, or say what would change.

    The texts that are `given` are not read from files.
    """
    session = FixSession(workspace, settings, given)
    fixed = fix_pages(session.check, session.read, unsafe=unsafe, accepts=session.accepts)
    if write:
        sweep({Path(page.path).parent for page in workspace.scope.pages})
    unwritten = [f"{path_here(path)}: {CHANGED}" for path in sorted(session.outdated)]
    diff: list[str] = []
    written: set[str] = set()
    for path, text in sorted(fixed.texts.items()):
        source = session.source(path)
        if text == source.text:
            continue
        if not write:
            diff += _diff(source, text)
            continue
        try:
            before = encoded(source.text, has_bom=source.has_bom)
            after = encoded(text, has_bom=source.has_bom)
            write_page(path_here(path), before, after, workspace.folder_of(path))
            written.add(path)
        except UserError as error:
            unwritten += error.lines
    notes = (_summary(fixed, written),) if write else ()
    bugs = _bugs(fixed)
    unsafe_refused = [f for f in fixed.refused if f.fix and not f.fix.safe]
    warnings = (*_first(unwritten), *bugs, *_refusals(unsafe_refused, UNSAFE))
    failed = len(unwritten) + len(bugs)
    return FixResult(notes, warnings, fixed.texts, "".join(diff), failed)


def _diff(source: SourceFile, text: str) -> list[str]:
    path = path_here(source.path).lstrip("/")
    lines = difflib.unified_diff(
        source.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        f"a/{path}",
        f"b/{path}",
    )
    return [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    ]


def _summary(fixed: FixedPages, written: AbstractSet[str]) -> str:
    if not written:
        return "nothing was fixed"
    fixes = sum(1 for finding in fixed.applied if finding.path in written)
    return f"{count(fixes, 'fix', 'fixes')} on {count(len(written), 'page')}"


def _first(unwritten: Sequence[str]) -> Sequence[str]:
    """Why pages were not written, up to some: on a full disk, it is the same of all."""
    more = len(unwritten) - SHOWN
    if more <= 0:
        return unwritten
    noun = "page was" if more == 1 else "pages were"
    return (*unwritten[:SHOWN], f"and {more} more {noun} not written either")


def _bugs(fixed: FixedPages) -> list[str]:
    """What fixes would have done that they must not: no page has it."""
    why = f"does something else than it says, so it was not made; {BUG}"
    lines = _refusals([f for f in fixed.refused if f.fix and f.fix.safe], f"the fix of {{}} {why}")
    lines += (
        f"{path_here(path)}: its fixes undo each other, so the page is as it was; {BUG}"
        for path in fixed.unsettled
    )
    return lines


def _refusals(findings: Sequence[Finding], message: str) -> list[str]:
    """A line for each fix that was not made, up to some; `message` has `{}` for its rule."""
    lines = [f"{path_here(f.path)}: {message.format(f.rule)}" for f in findings[:SHOWN]]
    if len(findings) > SHOWN:
        rules = Counter(finding.rule for finding in findings[SHOWN:])
        more = ", ".join(f"{number} of {rule}" for rule, number in rules.most_common())
        lines.append(f"and {more} were not made for the same reason")
    return lines
