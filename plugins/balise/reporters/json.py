"""One JSON array on stdout; its form is promised in `docs/json.md`."""

import json
from typing import Any

from balise.base.findings import Finding
from balise.base.source import Lines, Span
from balise.check.report import Report
from balise.reporters import Sources


def render(report: Report, sources: Sources) -> str:
    """All findings as a JSON array, with a line for each."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = [encode(finding_object(finding, report)) for finding in report.findings]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def finding_object(finding: Finding, report: Report) -> dict[str, Any]:
    """A finding as `docs/json.md` describes it."""
    document = report.lines[finding.path]
    fix = finding.fix
    url = report.rule_url(finding.rule)
    return {
        "rule": finding.rule,
        **({"url": url} if url else {}),
        "group": finding.group,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        **_place(document, finding.span),
        "related": [
            {
                "path": related.path,
                **_place(report.lines[related.path], related.span),
                "message": related.message,
            }
            for related in finding.related
        ],
        "fix": fix
        and {
            "title": fix.title,
            "safe": fix.safe,
            "edits": [{**_place(document, edit.span), "text": edit.text} for edit in fix.edits],
        },
    }


def _place(document: Lines, span: Span) -> dict[str, Any]:
    return {"start": _position(document, span.start), "end": _position(document, span.end)}


def _position(document: Lines, offset: int) -> dict[str, int]:
    position = document.position(offset)
    return {"line": position.line, "column": position.column, "offset": offset}
