"""Pictures: those of the guide first, with how they look."""

from collections.abc import Iterator
from posixpath import basename

from balise.base.source import Edit
from balise.collection import find_picture, picture_path
from balise.editor.completions.near import nearest_first
from balise.editor.files import picture_markdown
from balise.editor.matching import LIMIT
from balise.editor.model import Completion
from balise.editor.titles import pictures_of
from balise.editor.typed import Typed
from balise.editor.view import View

FITTING = 500
"""Pictures that fit of which the nearest are offered."""


def pictures(view: View, typed: Typed) -> Iterator[Completion]:
    """The pictures whose path fits what is typed, the nearest first; before others those that the page lacks."""
    collection = view.collection
    structure = collection.structure
    shown = {find_picture(i.src, view.path, collection).path for i in view.document.images}
    known = pictures_of(structure)
    searched = typed.text.lstrip("./")
    found = known.best(searched, FITTING) if searched else known.paths
    near = nearest_first(sorted(found, key=lambda path: path in shown), view.path, {})
    for path in near[:LIMIT]:
        written = picture_path(typed.text, view.path, path)
        yield Completion(
            label=basename(path),
            kind="picture",
            edit=Edit(typed.span, written),
            detail=written,
            documentation=picture_markdown(path),
            filter_text=typed.text,
        )
