"""Code lens: above each heading the links to it, above the page the links to it and its translations."""

from collections import defaultdict
from collections.abc import Iterator

from balise.base.counting import count
from balise.base.source import Span
from balise.editor.model import Lens, Place
from balise.editor.places import TOP
from balise.editor.references import uses_of_page
from balise.editor.translations import MISSING, STALE, translations
from balise.editor.view import View
from balise.refactor.backlinks import Use


def code_lenses(view: View) -> list[Lens]:
    """Those of the page, then those of its headings that anything leads to."""
    return [*_of_page(view), *_of_headings(view)]


def _of_page(view: View) -> Iterator[Lens]:
    if uses := uses_of_page(view, view.path):
        yield _links(TOP, uses)
    there = [found for found in translations(view) if found.state != MISSING]
    if there:
        stale = sum(found.state == STALE for found in there)
        told = f"{count(len(there), 'translation')}{f', {stale} stale' if stale else ''}"
        yield Lens(TOP, told, [Place(found.path, TOP) for found in there])


def _of_headings(view: View) -> Iterator[Lens]:
    if view.backlinks is None or not view.document.headings:
        return
    anchors = view.collection.anchors(view.path)
    uses: dict[int, list[Use]] = defaultdict(list)
    for use in view.backlinks.of(view.path):
        match = anchors.exact(use.fragment)
        if match and match.heading:
            uses[match.heading.span.start].append(use)
    for heading in view.document.headings:
        if found := uses.get(heading.span.start):
            yield _links(heading.span, found)


def _links(span: Span, uses: list[Use]) -> Lens:
    return Lens(span, f"{count(len(uses), 'link')} here", [Place(u.path, u.span) for u in uses])
