"""Files that a page can include."""

from collections.abc import Iterator

from balise.base.source import Edit
from balise.collection import PICTURES
from balise.editor.completions.near import nearest_first
from balise.editor.matching import LIMIT, best_matches, folded
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View


def includes(view: View, typed: Typed) -> Iterator[Completion]:
    """The files that are known and are neither pictures nor pages, by their path from the root."""
    structure = view.collection.structure
    known = [
        file
        for file in structure.inputs.files
        if file not in structure.names and not file.lower().endswith(PICTURES)
    ]
    near = nearest_first(known, view.path, structure.names)
    paths = [structure.relative(path) for path in near]
    for path in (paths[i] for i in best_matches(typed.text, [folded(p) for p in paths], LIMIT)):
        yield Completion(path, "value", Edit(typed.span, path), filter_text=typed.text)
