"""What a check tells of a workspace; all that reporters see."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeGuard

import msgspec
from msgspec.structs import replace

from balise.base.findings import Finding, Severity
from balise.base.paths import path_from
from balise.base.source import Lines


class Crash(msgspec.Struct, frozen=True):
    """A rule that raised: a bug of balise, not of the page."""

    rule: str
    path: str
    error: str


class Report(msgspec.Struct, frozen=True):
    """The findings in order, and the rules that failed.

    `lines` are those of every file that findings are about or refer to, by path; `pages` are those
    that were asked for and selected. `reruns` has the pages that the rules were run on again, each
    with the reason: a table of the collection and the key in it that are different, None for a page
    that was not checked before. All paths are absolute, but for a text that has no file. `manual` is
    the address below which the pages about rules are published, empty where nobody has said it.
    """

    findings: Sequence[Finding]
    crashes: Sequence[Crash]
    lines: Mapping[str, Lines]
    pages: Sequence[str]
    reruns: Mapping[str, tuple[str, object] | None] = {}
    manual: str = ""

    def seen_from(self, folder: Path) -> "Report":
        """The report with all paths as they are shown to somebody who stands in a folder."""
        here = folder.as_posix()

        @cache
        def shown(path: str) -> str:
            return path_from(path, here)

        return Report(
            [
                replace(
                    finding,
                    path=shown(finding.path),
                    related=tuple(replace(r, path=shown(r.path)) for r in finding.related),
                    cause=finding.cause
                    and replace(finding.cause, within=shown(finding.cause.within)),
                )
                for finding in self.findings
            ],
            [replace(crash, path=shown(crash.path)) for crash in self.crashes],
            {
                shown(path): Lines(shown(path), lines.line_starts, lines.length)
                for path, lines in self.lines.items()
            },
            [shown(path) for path in self.pages],
            {
                shown(path): (change[0], shown(change[1])) if _has_path(change, here) else change
                for path, change in self.reruns.items()
            },
            self.manual,
        )

    def at_least(self, severity: Severity | None) -> "Report":
        """The report without findings below a severity; None is below all."""
        if severity is None:
            return self
        found = [finding for finding in self.findings if finding.severity.rank >= severity.rank]
        return replace(self, findings=found)

    def rule_url(self, rule: str) -> str | None:
        """The address of the page about a rule; None where nobody has said where the manual is."""
        return f"{self.manual}{rule}/" if self.manual else None

    @property
    def checked(self) -> int:
        """How many pages were asked for and selected."""
        return len(self.pages)

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)


def _has_path(change: tuple[str, object] | None, folder: str) -> TypeGuard[tuple[str, str]]:
    """Whether the key of a table that is different is that of a file, maybe of one that is gone."""
    key = None if change is None else change[1]
    return isinstance(key, str) and (key.startswith(f"{folder}/") or os.path.lexists(key))
