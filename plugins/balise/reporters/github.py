"""Workflow commands of GitHub Actions: findings become annotations of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from balise.base.findings import Severity
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, sources: Sources) -> str:
    """A command for each finding."""
    lines = []
    for finding in report.findings:
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
        lines.append(f"::{LEVELS[finding.severity]} {properties}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
