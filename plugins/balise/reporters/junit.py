"""JUnit XML, as most CI servers read it: a test case for each page, failed by its findings."""

import re
from collections import defaultdict
from xml.sax.saxutils import escape, quoteattr

from balise.base.findings import Finding
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import positions

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow (section 2.2)."""


def render(report: Report, sources: Sources) -> str:
    """One test suite; pages without findings pass."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_path[finding.path].append(finding)
    paths = sorted({*report.pages, *by_path})
    failing = len(by_path)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="balise" tests="{len(paths)}" failures="{failing}" errors="{len(report.crashes)}">',
        f'<testsuite name="balise" tests="{len(paths)}" failures="{failing}" errors="{len(report.crashes)}">',
    ]
    for path in paths:
        name = _attribute(path)
        if path not in by_path:
            lines.append(f"<testcase classname={name} name={name}/>")
            continue
        lines.append(f"<testcase classname={name} name={name}>")
        found = by_path[path]
        text = "\n".join(_line(report, finding) for finding in found)
        first = _attribute(found[0].message)
        lines.append(f'<failure type="{found[0].rule}" message={first}>{_text(text)}</failure>')
        lines.append("</testcase>")
    lines += ["</testsuite>", "</testsuites>", ""]
    return "\n".join(lines)


def _line(report: Report, finding: Finding) -> str:
    start, _ = positions(report, finding.path, finding.span)
    where = f"{finding.path}:{start.line}:{start.column}"
    return f"{where}: {finding.severity.value} {finding.message} ({finding.rule})"


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("\ufffd", text))
