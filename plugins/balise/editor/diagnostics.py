"""What an editor shows of findings: the ones of a file, those of one cause told once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from balise.base.findings import Finding, Severity
from balise.base.source import SourceFile, Span
from balise.check.causes import told_once
from balise.check.report import Report
from balise.check.severity import CATALOG
from balise.config import Place, mistakes_of

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
    """What a report says of the file at a path, in order; what has one cause is told once."""
    here = [finding for finding in report.findings if finding.path == path]
    told = told_once(msgspec.structs.replace(report, findings=here))
    return [
        Diagnostic(finding, report.rule_url(finding.rule) or "", _tag(finding.rule))
        for finding in told.findings
    ]


def _tag(rule: str) -> Tag | None:
    if rule.startswith(UNNECESSARY):
        return "unnecessary"
    return "deprecated" if rule in DEPRECATED else None


def of_configuration(source: SourceFile) -> Sequence[Diagnostic]:
    """What is wrong with the text of a configuration."""
    return [
        _of_itself(source, _line(source, place), f"{message}; what counted before still does")
        for place, message in mistakes_of(Path(source.path), source.text, CATALOG)
    ]


def too_large(source: SourceFile) -> Diagnostic:
    """Said of a text that would take too long while somebody types."""
    message = "this is too large to be checked while you write; `balise check` does that"
    return _of_itself(source, Span(0, 0), message, Severity.INFO)


def _of_itself(
    source: SourceFile, span: Span, message: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    """What no rule says of a file."""
    return Diagnostic(Finding("", "", severity, message, source.path, span))


def _line(source: SourceFile, place: Place) -> Span:
    """From a place to the end of its line."""
    line = min(max(place.line, 1), len(source.line_starts))
    start = source.line_starts[line - 1]
    end = start + len(source.line(line))
    return Span(min(start + max(place.column - 1, 0), end), end)
