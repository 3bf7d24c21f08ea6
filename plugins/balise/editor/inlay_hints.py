"""Inlay hints: the title of the page that a link leads to."""

from balise.base.source import Span
from balise.collection import title_of
from balise.document import Link
from balise.editor.matching import folded
from balise.editor.model import Hint
from balise.editor.targets import target_of
from balise.editor.view import View

LONGEST = 60
"""Characters of a title that are shown."""


def inlay_hints(view: View, span: Span) -> list[Hint]:
    """The titles behind the links in a part of the page whose own text says something else."""
    return [
        hint
        for link in view.document.links
        if span.start <= link.span.end <= span.end and (hint := _hint(link, view))
    ]


def _hint(link: Link, view: View) -> Hint | None:
    target = target_of(link, view)
    title = title_of(target, view.collection) if target.kind == "page" else ""
    if not title or folded(title) == folded(link.text):
        return None
    shown = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return Hint(link.span.end, shown, title if shown != title else "")
