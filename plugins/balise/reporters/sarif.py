"""SARIF 2.1.0, the format of code scanning (OASIS Standard, 27 March 2020)."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from balise import __version__
from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.check.fingerprints import fingerprints
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions
from balise.rules import ALL_RULES, Rule
from balise.rules.manual import rule_page, rule_reason

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, sources: Sources) -> str:
    """One run with all rules, findings, fixes and related places."""
    numbers = {rule.name: number for number, rule in enumerate(ALL_RULES)}
    told = {finding.rule for finding in report.findings}
    marks = fingerprints(report.findings, sources)
    run = {
        "tool": {
            "driver": {
                "name": "balise",
                "semanticVersion": __version__,
                "rules": [_rule(rule, report, told=rule.name in told) for rule in ALL_RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "where balise was run"}}},
        "invocations": [
            {
                "executionSuccessful": not report.crashes,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": f"{crash.rule} failed on {crash.path}: {crash.error}"},
                    }
                    for crash in report.crashes
                ],
            }
        ],
        "results": [
            _result(report, finding, numbers.get(finding.rule, -1), mark)
            for finding, mark in zip(report.findings, marks, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: type[Rule], report: Report, *, told: bool) -> dict[str, Any]:
    """What is said of a rule; of one that has findings all that the manual says."""
    described: dict[str, Any] = {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule_reason(rule.name) if told else rule.summary},
        "defaultConfiguration": {
            "level": LEVELS[rule.severity],
            "enabled": rule.on_by_default,
        },
        "properties": {"group": rule.group, "fixable": rule.fixable},
    }
    if told:
        text = f"`balise explain {rule.name}` prints the page of the manual about this rule."
        described["help"] = {"text": text, "markdown": rule_page(rule.name)}
    if url := report.rule_url(rule.name):
        described["helpUri"] = url
    return described


def _result(report: Report, finding: Finding, number: int, mark: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(report, finding.path, finding.span)],
        "partialFingerprints": {"balise/v1": mark},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": index,
                **_location(report, related.path, related.span),
                "message": {"text": related.message},
            }
            for index, related in enumerate(finding.related)
        ]
    if finding.fix:
        result["fixes"] = [_fix(report, finding.path, finding.fix)]
    return result


def _fix(report: Report, path: str, fix: Fix) -> dict[str, Any]:
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(path),
                "replacements": [
                    {
                        "deletedRegion": _region(report, path, edit.span),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _location(report: Report, path: str, span: Span) -> dict[str, Any]:
    region = {"region": _region(report, path, span)} if report.lines[path].length else {}
    return {"physicalLocation": {"artifactLocation": _artifact(path), **region}}


def _artifact(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": "SRCROOT"}


def _region(report: Report, path: str, span: Span) -> dict[str, int]:
    start, end = positions(report, path, span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }
