"""`balise check --fix` and `--diff`: what is done with the fixes of a whole scope of pages."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
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
from balise.workspace.writing import encoded, sweep, write_page

SHOWN = 5
"""Refused fixes that are named one by one."""


@dataclass(frozen=True, slots=True)
class FixResult:
    """What was done.

    `notes` say it to people, `warnings` what was not done, `texts` are the pages that change, `diff`
    how they do, `failed` how many of them could not be written.
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
    warnings: list[str] = []
    diff: list[str] = []
    written = 0
    failed = 0
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
            write_page(path_here(path), before, after, workspace.records[path].root)
            written += 1
        except UserError as error:
            warnings += error.lines
            failed += 1
    notes = (_summary(fixed, written),) if write else ()
    warnings += _refusals(fixed)
    return FixResult(notes, tuple(warnings), fixed.texts, "".join(diff), failed)


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


def _summary(fixed: FixedPages, written: int) -> str:
    if not written:
        return "nothing was fixed"
    return f"{count(len(fixed.applied), 'fix', 'fixes')} on {count(written, 'page')}"


def _refusals(fixed: FixedPages) -> list[str]:
    """The fixes that were left out because the page would have said something else."""
    lines = [_refusal(finding) for finding in fixed.refused[:SHOWN]]
    if len(fixed.refused) > SHOWN:
        rules = Counter(finding.rule for finding in fixed.refused[SHOWN:])
        more = ", ".join(f"{number} of {rule}" for rule, number in rules.most_common())
        lines.append(f"and {more} were left out for the same reason")
    if not fixed.settled:
        lines.append("some fixes undo each other: the pages are as they were after ten passes")
    return lines


def _refusal(finding: Finding) -> str:
    return f"{path_here(finding.path)}: a fix of {finding.rule} was left out, since it would change what the page says"
