"""Folding: the parts of a page that can be folded into their first line."""

from collections.abc import Iterator
from typing import Literal

from balise.base.source import Span
from balise.editor.model import Fold
from balise.editor.sections import section_spans, without_blank_end
from balise.editor.view import View

Kind = Literal["region", "comment", ""]


def folds(view: View) -> list[Fold]:
    """Sections, front matter, blocks, code, tables, quotations and comments of more than one line."""
    found = {(fold.first, fold.last): fold for fold in _folds(view) if fold.last > fold.first}
    return [found[lines] for lines in sorted(found)]


def _folds(view: View) -> Iterator[Fold]:
    document = view.document
    if document.front_matter:
        yield _fold(view, document.front_matter.span, "region")
    for span in section_spans(document):
        yield _fold(view, span)
    for block in document.blocks:
        yield _fold(view, block.span)
    for fence in document.fences:
        yield _fold(view, fence.span)
    for table in document.tables:
        yield _fold(view, table.span)
    for quote in document.quotes:
        yield _fold(view, quote.span)
    for item in document.list_items:
        yield _fold(view, item.span)
    for suppression in document.suppressions:
        yield _fold(view, suppression.span, "comment")
        if suppression.kind == "off" and suppression.covers:
            yield _fold(view, Span(suppression.span.start, suppression.covers.end), "region")


def _fold(view: View, span: Span, kind: Kind = "") -> Fold:
    """The lines of a span, without blank ones at its end."""
    kept = without_blank_end(span, view.source.text)
    lines = view.document
    return Fold(lines.line(kept.start), lines.line(max(kept.start, kept.end - 1)), kind)
