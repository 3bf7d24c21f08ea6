"""What a check tells of a scope of pages; all that reporters see."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from balise.base.findings import Finding, Severity
from balise.base.source import Lines

if TYPE_CHECKING:
    from balise.collection import Collection  # a report that is told again needs none


class Crash(msgspec.Struct, frozen=True):
    """A rule that raised: a bug of balise, not of the page."""

    rule: str
    path: str
    error: str


class Report(msgspec.Struct, frozen=True):
    """The findings in order, the rules that failed, the pages, and their collections by root.

    `documents` are all that were read, or where their lines start; `checked` is how many of them
    were asked for, `whole` the roots whose collections were judged as a whole. Of a report that
    is told again there are no collections.
    """

    findings: Sequence[Finding]
    crashes: Sequence[Crash]
    documents: Mapping[str, Lines]
    collections: Mapping[str, "Collection"]
    checked: int
    whole: frozenset[str] = frozenset()

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)
