"""A line for each finding: `path:line:column: severity message (rule)`."""

from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import printable, summary


def render(report: Report, sources: Sources) -> str:
    """All findings, a line each; `*` behind the rule says that there is a fix."""
    return "".join(
        f"{printable(summary(report, finding))}{' *' if finding.fix else ''}\n"
        for finding in report.findings
    )
