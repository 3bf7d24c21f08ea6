"""What a check tells of a workspace; all that reporters see."""

from collections.abc import Mapping, Sequence

import msgspec

from balise.base.findings import Finding, Severity
from balise.base.source import Lines


class Crash(msgspec.Struct, frozen=True):
    """A rule that raised: a bug of balise, not of the page."""

    rule: str
    path: str
    error: str


class Report(msgspec.Struct, frozen=True):
    """The findings in order, and the rules that failed.

    `lines` are those of every file with findings, and of all pages, by path; `checked` is how many
    pages were asked for, `whole` the roots whose collections were judged as a whole. `reruns` has
    the pages that the rules were run on again, each with the reason: a table of the collection and
    the key in it that are different, None for a page that was not checked before.
    """

    findings: Sequence[Finding]
    crashes: Sequence[Crash]
    lines: Mapping[str, Lines]
    checked: int
    whole: frozenset[str] = frozenset()
    reruns: Mapping[str, tuple[str, object] | None] = {}

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)
