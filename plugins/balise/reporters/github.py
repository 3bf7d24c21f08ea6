"""Workflow commands of GitHub Actions: findings become annotations of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections import defaultdict
from collections.abc import Sequence

from balise.base.digests import digest
from balise.base.findings import Finding, Severity
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions, printable, summary

SHOWN = 10
"""Annotations of a level that GitHub shows of a step; it drops the others without a word."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, sources: Sources) -> str:
    """A command for each finding that GitHub shows; the others in a group of the log."""
    levels: defaultdict[Severity, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        levels[finding.severity].append(finding)
    shown = {id(finding) for found in levels.values() for finding in found[:SHOWN]}
    commands = [_command(report, f) for f in report.findings if id(f) in shown]
    others = [summary(report, f) for f in report.findings if id(f) not in shown]
    counts = [
        f"{len(found) - SHOWN} more of the severity {level.value}"
        for level, found in sorted(levels.items(), key=lambda item: -item[0].rank)
        if len(found) > SHOWN
    ]
    return "".join((*commands, *(_group(", ".join(counts), others) if others else ())))


def _command(report: Report, finding: Finding) -> str:
    start, end = positions(report, finding.path, finding.span)
    values = {
        "file": finding.path,
        "line": start.line,
        "endLine": end.line,
        "title": f"balise: {finding.rule}",
    }
    if start.line == end.line:
        values |= {"col": start.column, "endColumn": end.column}
    properties = ",".join(f"{key}={_property(str(v))}" for key, v in values.items())
    url = report.rule_url(finding.rule)
    text = f"{finding.message}\n{url}" if url else finding.message
    return f"::{LEVELS[finding.severity]} {properties}::{_data(text)}\n"


def _group(title: str, lines: Sequence[str]) -> Sequence[str]:
    """Lines that are folded in the log, and of which none is obeyed, whatever a page has in it."""
    token = digest(*lines).hex()
    inside = (f"{printable(line)}\n" for line in lines)
    stop, go = f"::stop-commands::{token}\n", f"::{token}::\n"
    return (f"::group::{title}\n", stop, *inside, go, "::endgroup::\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
