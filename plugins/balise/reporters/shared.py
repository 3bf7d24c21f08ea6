"""What several formats need."""

from collections.abc import Callable
from typing import Any

from balise.base.findings import Severity
from balise.base.source import Position, SourceFile, Span
from balise.check.report import Report

Sources = Callable[[str], SourceFile | None]
"""Gives the text of a page, or None if it is gone."""


def place(report: Report, path: str, span: Span) -> tuple[Position, Position]:
    """Where a span of a page starts and ends."""
    document = report.lines[path]
    return document.position(span.start), document.position(span.end)


def printable(text: str) -> str:
    """`text` on one line, without anything that a terminal or a log would obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def counts(report: Report) -> list[tuple[str, Severity, int, int]]:
    """For each rule with findings: its name, severity, findings, and how many have a fix; most first."""
    from balise.rules import ALL_RULES  # many, and most formats do without

    severities = {rule.name: rule.severity for rule in ALL_RULES}
    found: dict[str, list[Any]] = {}
    for finding in report.findings:
        row = found.setdefault(finding.rule, [0, 0])
        row[0] += 1
        row[1] += finding.fix is not None
    rows = [
        (name, severities.get(name, Severity.WARNING), number, fixable)
        for name, (number, fixable) in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))
