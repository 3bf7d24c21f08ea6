"""Counts by rule, in place of the findings."""

import json
from collections import Counter

from balise.base.findings import Severity
from balise.check.report import Report
from balise.rules import ALL_RULES


def render(report: Report, output_format: str) -> str:
    """A row for each rule with findings: as JSON for the formats of JSON, else as text."""
    rows = count_by_rule(report)
    if output_format in ("json", "jsonl"):
        keys = ("rule", "severity", "findings", "fixable")
        objects = [dict(zip(keys, (n, s.value, *found), strict=True)) for n, s, *found in rows]
        return json.dumps(objects, indent=2) + "\n"
    width = max((len(str(row[2])) for row in rows), default=1)
    lines: list[str] = []
    for name, severity, number, fixable in rows:
        fixes = f", {fixable} with a fix" if fixable else ""
        lines.append(f"{number:>{width}}  {name} ({severity.value}{fixes})\n")
    return "".join(lines)


def count_by_rule(report: Report) -> list[tuple[str, Severity, int, int]]:
    """For each rule with findings: its name, severity, findings, and how many have a fix; most first."""
    severities = {rule.name: rule.severity for rule in ALL_RULES}
    found = Counter(finding.rule for finding in report.findings)
    fixable = Counter(finding.rule for finding in report.findings if finding.fix)
    return [
        (name, severities.get(name, Severity.WARNING), number, fixable[name])
        for name, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
