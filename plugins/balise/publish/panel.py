"""The findings of a page as the writer sees them beside it, while the site is served."""

from collections.abc import Sequence

import msgspec

from balise.base.findings import Finding
from balise.base.paths import path_here
from balise.base.source import SourceFile
from balise.document import Document


class PanelFinding(msgspec.Struct, frozen=True):
    """A finding: `line` counts from 1, `href` leads to the section of the page that it is in."""

    severity: str
    rule: str
    message: str
    line: int
    excerpt: str
    href: str
    fix: str


class FindingsPanel(msgspec.Struct, frozen=True):
    """What is wrong with the page of the file at `path`; nothing, if there are no findings."""

    path: str
    findings: tuple[PanelFinding, ...]


def panel_of(findings: Sequence[Finding], document: Document, source: SourceFile) -> FindingsPanel:
    """The findings of a page, in their order."""
    return FindingsPanel(
        path_here(document.path), tuple(_shown(f, document, source) for f in findings)
    )


def _shown(finding: Finding, document: Document, source: SourceFile) -> PanelFinding:
    start = finding.span.start
    end = source.text.find("\n", start)
    line = document.line(start)
    begin = document.line_starts[line - 1]
    section = document.section(start)
    anchor = document.headings[section].id if section >= 0 else ""
    return PanelFinding(
        finding.severity.value,
        finding.rule,
        finding.message,
        line,
        source.text[begin : end if end >= 0 else None].strip(),
        f"#{anchor}",
        finding.fix.title if finding.fix else "",
    )
