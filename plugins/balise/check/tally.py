"""How much is found: counts, which add up."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from balise.base.findings import Finding, Severity


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """Numbers of findings of each severity, of those with a fix, `safe` or `unsafe`, and of `files` that have any."""

    severities: dict[Severity, int] = {}
    safe: int = 0
    unsafe: int = 0
    files: int = 0

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> "Tally":
        """The numbers of some findings."""
        fixes = [finding.fix for finding in findings if finding.fix]
        safe = sum(fix.safe for fix in fixes)
        files = len({finding.path for finding in findings})
        severities = Counter(finding.severity for finding in findings)
        return cls(dict(severities), safe, len(fixes) - safe, files)

    def __add__(self, other: "Tally") -> "Tally":
        """The numbers of both, which are about different files."""
        return self._with(other, 1)

    def __sub__(self, other: "Tally") -> "Tally":
        """The numbers without those of some of the files."""
        return self._with(other, -1)

    def _with(self, other: "Tally", sign: int) -> "Tally":
        mine, theirs = self.severities, other.severities
        sums = {s: mine.get(s, 0) + sign * theirs.get(s, 0) for s in Severity}
        return Tally(
            {severity: number for severity, number in sums.items() if number},
            self.safe + sign * other.safe,
            self.unsafe + sign * other.unsafe,
            self.files + sign * other.files,
        )

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.severities.values())

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is one of this severity or above."""
        return any(found.rank >= severity.rank for found in self.severities)
