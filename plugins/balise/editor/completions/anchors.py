"""Anchors of the page that a link leads to: its headings, and those made by hand."""

from collections.abc import Iterator
from urllib.parse import quote

from balise.base.source import Edit
from balise.collection import resolve
from balise.collection.rewrite import SAFE
from balise.editor.matching import LIMIT, best_matches, folded
from balise.editor.model import Completion
from balise.editor.places import headings_by_anchor
from balise.editor.typed import Typed
from balise.editor.view import View


def anchors(view: View, typed: Typed) -> Iterator[Completion]:
    """The anchors of the target that fit what is typed; all where nothing is: those like the link's text, then in order."""
    target = resolve(typed.about or "#", view.path, view.collection)
    if target.kind != "page":
        return
    places = headings_by_anchor(target.path, view.collection)
    ids = list(places)
    names = [folded(f"{h.text if h else ''}\n{id_}") for id_, h in places.items()]
    found = best_matches(typed.text, names, LIMIT)
    if not typed.text and typed.label.strip():
        found = list(dict.fromkeys((*best_matches(typed.label, names, LIMIT), *found)))
    for id_ in (ids[index] for index in found):
        heading = places[id_]
        yield Completion(
            label=heading.text if heading else f"#{id_}",
            kind="anchor",
            edit=Edit(typed.span, quote(id_, safe=SAFE)),
            detail=f"{'#' * heading.level} · #{id_}" if heading else "anchor made by hand",
            filter_text=typed.text,
        )
