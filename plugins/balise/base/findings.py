"""What a rule says about a page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property

import msgspec

from balise.base.counting import count
from balise.base.source import Edit, Span


class Severity(Enum):
    """How much a finding matters, in ascending order of `rank`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @cached_property
    def rank(self) -> int:
        """0 for `info`, 1 for `warning`, 2 for `error`."""
        return list(Severity).index(self)

    @property
    def plural(self) -> str:
        """What several findings of this severity are called."""
        return "info" if self is Severity.INFO else f"{self.value}s"


class Keeps(Enum):
    """What a safe fix leaves as it is on the page that readers see, the most first."""

    HTML = "html"
    """All that is printed."""
    LAYOUT = "layout"
    """The words and the blocks that they stand in; markup that printed as text is none, nor is an empty block."""
    WORDS = "words"
    """The words: they may stand in other blocks."""


class Fix(msgspec.Struct, frozen=True, array_like=True):
    """A change that mends a finding.

    A `safe` one does not change what the page says, and holds to what it `keeps`: each page is
    rendered with it before it is written.
    """

    title: str
    safe: bool
    edits: tuple[Edit, ...]
    keeps: Keeps = Keeps.LAYOUT

    @classmethod
    def replacement(
        cls,
        span: Span,
        text: str,
        title: str = "",
        *,
        safe: bool,
        removes: str = "",
        keeps: Keeps = Keeps.LAYOUT,
    ) -> "Fix":
        """A fix that puts `text` in the place of `span`; it is called "write `text`" or `title`."""
        return cls(title or f"write `{text}`", safe, (Edit(span, text, removes),), keeps)


class Related(msgspec.Struct, frozen=True, array_like=True):
    """Another place that a finding is about."""

    path: str
    span: Span
    message: str


class Cause(msgspec.Struct, frozen=True, array_like=True):
    """What is wrong in many places at once, and is mended at once.

    `key` names it `within` the page or folder that it is about; `message` is said of all places.
    """

    within: str
    key: str
    message: str


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """One thing that is wrong, at one place, for one reason.

    Those of a rule with the same `cause` are told as one; see `balise.check.causes`.
    """

    rule: str
    group: str
    severity: Severity
    message: str
    path: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    cause: Cause | None = None


def count_severities(findings: Iterable[Finding]) -> str:
    """How many findings each severity has, the worst first: `2 errors, 1 warning, 3 info`."""
    return listed_severities(Counter(finding.severity for finding in findings))


def listed_severities(counts: Mapping[Severity, int]) -> str:
    """As `count_severities`, of findings that are counted."""
    worst_first = sorted(counts, key=lambda severity: -severity.rank)
    return ", ".join(
        count(counts[severity], severity.value, severity.plural) for severity in worst_first
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by path, place, rule and message: the order of every report."""
    return sorted(findings, key=lambda f: (f.path, f.span, f.rule, f.message))
