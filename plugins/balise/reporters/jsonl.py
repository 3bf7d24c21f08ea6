"""The objects of the JSON format, one on each line."""

import json

from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.json import finding_object


def render(report: Report, sources: Sources) -> str:
    """All findings, one JSON object a line."""
    rows = (finding_object(finding, report) for finding in report.findings)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
