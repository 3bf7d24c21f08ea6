"""Fixes that take a whole line out of a data file."""

from balise.base.findings import Fix, Keeps
from balise.base.source import Span
from balise.document import Document


def line_removed(document: Document, at: int, text: str) -> Fix:
    """The line that has the offset `at` is removed; `text` has all of its words, in their order."""
    line, starts = document.line(at), document.line_starts
    end = starts[line] if line < len(starts) else document.length
    place = Span(starts[line - 1], end)
    title = "remove this line"
    return Fix.replacement(place, "", title, safe=True, removes=text, keeps=Keeps.HTML)
