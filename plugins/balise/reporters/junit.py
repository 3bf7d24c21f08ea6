"""JUnit XML, as most CI servers read it: a test case for each page, failed by its findings."""

import re
from collections import defaultdict
from xml.sax.saxutils import escape, quoteattr

from balise.base.findings import Finding
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import summary

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow (section 2.2)."""


def render(report: Report, sources: Sources) -> str:
    """One test suite; pages without findings pass."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_path[finding.path].append(finding)
    paths = sorted({*report.pages, *by_path})
    counts = f'tests="{len(paths)}" failures="{len(by_path)}" errors="{len(report.crashes)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="balise" {counts}>',
        f'<testsuite name="balise" {counts}>',
    ]
    for path in paths:
        name = _attribute(path)
        if path not in by_path:
            lines.append(f"<testcase classname={name} name={name}/>")
            continue
        lines.append(f"<testcase classname={name} name={name}>")
        found = by_path[path]
        text = "\n".join(summary(report, finding) for finding in found)
        first = _attribute(found[0].message)
        lines.append(f'<failure type="{found[0].rule}" message={first}>{_text(text)}</failure>')
        lines.append("</testcase>")
    lines += ["</testsuite>", "</testsuites>", ""]
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("\ufffd", text))
