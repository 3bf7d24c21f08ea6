"""A Code Quality report of GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json

from balise.base.findings import Severity
from balise.check.fingerprints import fingerprints
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, sources: Sources) -> str:
    """All findings as a JSON array."""
    marks = fingerprints(report.findings, sources)
    rows = []
    for finding, mark in zip(report.findings, marks, strict=True):
        start, end = positions(report, finding.path, finding.span)
        url = report.rule_url(finding.rule)
        rows.append(
            {
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": mark,
                "severity": SEVERITIES[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": start.line, "end": end.line}},
                **({"content": {"body": f"[{finding.rule}]({url})"}} if url else {}),
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
