"""A comment that silences a rule where a finding is: `<!-- balise: ignore[rule] reason -->`."""

import re
from collections.abc import Iterator

from balise.base.findings import Finding
from balise.base.source import Edit, SourceFile, Span, apply_edits
from balise.document import Document, read_document
from balise.editor.view import View
from balise.refactor.model import Refactoring

REASON = "it is meant so"
"""Stands for what only a writer knows; without a reason the comment is a finding itself."""
IN_FRONT = re.compile(r"[ \t>]*")
"""What stands in front of a line of a block in blocks."""


def silence(view: View, finding: Finding) -> Refactoring | None:
    """Silence a rule for the block that a finding is in, or else for the page; None if nothing does.

    Each comment is tried: it must cover the finding, and leave all else on the page as it is.
    """
    source = view.source
    if not finding.rule or finding.path not in view.workspace.records:
        return None
    for edit, where in (*_above(source, finding), _on_page(view, finding)):
        if _silences(source, edit, finding, view.document):
            title = f"Silence {finding.rule} {where}"
            return Refactoring(title, {source.path: [edit]})
    return None


def _above(source: SourceFile, finding: Finding) -> Iterator[tuple[Edit, str]]:
    """Comments above the lines without a blank one between them that a finding is in.

    First one in the innermost block that these lines are in, then ones further out.
    """
    line = source.position(finding.span.start).line
    while line > 1 and source.line(line - 1).strip(" \t>"):
        line -= 1
    start = source.line_starts[line - 1]
    found = IN_FRONT.match(source.line(line))
    front = found[0] if found else ""
    for depth in range(front.count(">") + 1):
        outer = front.rsplit(">", depth)[0] if depth else front
        comment = f"{outer}<!-- balise: ignore[{finding.rule}] {REASON} -->{source.newline}"
        yield Edit(Span(start, start), comment), "here"


def _on_page(view: View, finding: Finding) -> tuple[Edit, str]:
    """A comment at the top of the page, behind its front matter."""
    front_matter, newline = view.document.front_matter, view.source.newline
    start = front_matter.span.end if front_matter else 0
    text = view.source.text
    glued = bool(start) and not text[:start].endswith(("\n", "\r"))
    comment = f"<!-- balise: ignore-page[{finding.rule}] {REASON} -->{newline}"
    return Edit(Span(start, start), (newline if glued else "") + comment), "on this page"


def _silences(source: SourceFile, edit: Edit, finding: Finding, before: Document) -> bool:
    """Whether a comment covers a finding, and nothing else of the page is another than it was."""
    after = read_document(SourceFile(source.path, apply_edits(source.text, [edit])))
    at = finding.span.start + (len(edit.text) if edit.span.start <= finding.span.start else 0)
    covers = any(
        s.covers is not None
        and s.covers.start <= at <= s.covers.end
        and finding.rule in (name for name, _ in s.names)
        for s in after.suppressions
        if s.span.start >= edit.span.start and s.span.end <= edit.span.start + len(edit.text)
    )
    return covers and _shape(after) == _shape(before)


def _shape(document: Document) -> tuple[object, ...]:
    """What a comment must leave as it is."""
    return (
        [(heading.level, heading.id) for heading in document.headings],
        [link.href for link in document.links],
        len(document.images),
        len(document.tables),
        len(document.blocks),
    )
