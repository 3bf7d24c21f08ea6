"""A summary for a pull request."""

from balise.base.counting import count
from balise.base.findings import Finding, count_severities
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions, printable
from balise.reporters.statistics import count_by_rule

SHOWN = 50
"""Findings that are shown without being asked for."""
LISTED = 1000
"""Findings of which the place is told: GitHub takes no summary of more than 1 MiB."""


def render(report: Report, sources: Sources) -> str:
    """Counts by rule, then the findings; many of them are folded, and of very many not all are listed."""
    if not report.findings:
        return f"### balise\n\n{count(report.checked, 'page')} checked, nothing found.\n"
    checked = f"{count(report.checked, 'page')} checked: {count_severities(report.findings)}."
    lines = ["### balise", "", checked, ""]
    lines += ["| Rule | Severity | Findings | With a fix |", "|---|---|--:|--:|"]
    lines += [
        f"| {_rule(report, n)} | {s.value} | {found} | {fixes} |"
        for n, s, found, fixes in count_by_rule(report)
    ]
    table = ["| Place | Finding | Rule |", "|---|---|---|"]
    table += [_row(report, finding) for finding in report.findings[:LISTED]]
    if len(report.findings) > SHOWN:
        number = count(len(report.findings), "finding")
        table = ["<details>", f"<summary>{number}</summary>", "", *table]
        if len(report.findings) > LISTED:
            table += ["", f"{len(report.findings) - LISTED} more are not listed here."]
        table += ["", "</details>"]
    return "\n".join([*lines, "", *table, ""])


def _row(report: Report, finding: Finding) -> str:
    start, _ = positions(report, finding.path, finding.span)
    where = f"{_cell(finding.path)}:{start.line}"
    return f"| {where} | {_cell(finding.message)} | {_rule(report, finding.rule)} |"


def _rule(report: Report, rule: str) -> str:
    url = report.rule_url(rule)
    return f"[`{rule}`]({url})" if url else f"`{rule}`"


def _cell(text: str) -> str:
    """`text` in a cell; what stands in code stays code, and HTML stays text."""
    return printable(text).replace("|", "\\|").replace("<", "&lt;")
