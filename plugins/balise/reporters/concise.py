"""A line for each finding: `path:line:column: severity message (rule)`."""

from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions, printable


def render(report: Report, sources: Sources) -> str:
    """All findings, a line each; `*` behind the rule says that there is a fix."""
    lines = []
    for finding in report.findings:
        start, _ = positions(report, finding.path, finding.span)
        where = f"{printable(finding.path)}:{start.line}:{start.column}"
        fix = " *" if finding.fix else ""
        message = printable(finding.message)
        lines.append(f"{where}: {finding.severity.value} {message} ({finding.rule}){fix}\n")
    return "".join(lines)
