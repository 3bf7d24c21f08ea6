"""What an editor shows of findings: the ones of a file, those of one cause told once."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from balise.base.findings import Finding
from balise.check.live import told_by_file
from balise.check.report import Report

Tag = Literal["unnecessary", "deprecated"]

UNNECESSARY = ("unused-", "repeated-")
"""How the names of rules begin that are about what could be left out."""
DEPRECATED = frozenset({"retired-address", "legacy-link", "legacy-anchor"})
"""Rules about what is written as it was once."""


class Diagnostic(msgspec.Struct, frozen=True):
    """A finding in a file; `manual` is the address of the page about its rule, mostly empty."""

    finding: Finding
    manual: str = ""
    tag: Tag | None = None


def diagnostics(report: Report, path: str) -> Sequence[Diagnostic]:
    """What a report says of the file at a path, in order."""
    return [
        Diagnostic(finding, report.rule_url(finding.rule) or "", _tag(finding.rule))
        for finding in told_by_file(report).get(path, ())
    ]


def _tag(rule: str) -> Tag | None:
    if rule.startswith(UNNECESSARY):
        return "unnecessary"
    return "deprecated" if rule in DEPRECATED else None
