"""Everything that an editor can ask of a page, at places all over it."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from balise.base.source import SourceFile, Span
from balise.config import OVH_URLS
from balise.editor.code_lens import code_lenses
from balise.editor.completion import completions
from balise.editor.definition import definition
from balise.editor.document_links import document_links
from balise.editor.folding import folds
from balise.editor.highlights import highlights
from balise.editor.hover import hover
from balise.editor.inlay_hints import inlay_hints
from balise.editor.preview import preview
from balise.editor.references import references
from balise.editor.selection import selection_ranges
from balise.editor.symbols import document_symbols
from balise.editor.translations import same_place, translations
from balise.editor.view import View
from balise.workspace.discovery import discover
from balise.workspace.reading import ReadOptions
from balise.workspace.workspace import Workspace
from tests.helpers.support import AROUND, PAGE, guides_in

HERE: tuple[Callable[[View, int], Any], ...] = (
    completions,
    hover,
    highlights,
    selection_ranges,
)
"""What answers in places of the page itself."""
ELSEWHERE: tuple[Callable[[View, int], Any], ...] = (
    definition,
    references,
    lambda view, offset: same_place(view, offset, "fr-fr"),
)
OF_PAGES: tuple[Callable[[View], Any], ...] = (
    document_symbols,
    code_lenses,
    translations,
    document_links,
    folds,
    lambda view: inlay_hints(view, Span(0, len(view.source.text))),
)
PLACES = 24
"""Places of a page that are tried."""


def ask_all(view: View, places: int = PLACES) -> set[str]:
    """Ask for everything; the names of what had an answer. What is told of the page lies in its text."""
    length = len(view.source.text)
    answered = {repr(ask) for ask in OF_PAGES if ask(view)}
    for offset in {*range(0, length, max(1, length // places)), length}:
        answered |= {repr(ask) for ask in ELSEWHERE if ask(view, offset)}
        for ask in HERE:
            if found := ask(view, offset):
                answered.add(repr(ask))
                for span in spans_in(found):
                    assert 0 <= span.start <= span.end <= length, f"{ask} at {offset}: {span}"
    return answered


def spans_in(found: object) -> Iterator[Span]:
    """The spans in an answer, however deep."""
    if isinstance(found, Span):
        yield found
    elif isinstance(found, list | tuple):
        for item in found:
            yield from spans_in(item)
    elif hasattr(found, "__struct_fields__"):
        for name in found.__struct_fields__:
            yield from spans_in(getattr(found, name))


def is_answered(data: bytes) -> float:
    """An editor has an answer to everything about a page, and what it is told lies in the text."""
    workspace = _workspace()
    path = next(path for path in workspace.records if path.endswith(f"/{PAGE}"))
    source = SourceFile.from_bytes(path, data)
    view = View(workspace.with_texts([source]), source)
    answered = ask_all(view)
    assert preview(view).endswith("</html>\n")
    return len(answered) - len(data) / 1000


@cache
def _workspace() -> Workspace:
    """The collection around a page, with an empty one in its place."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(AROUND, folder, dirs_exist_ok=True)
    (folder / PAGE).touch()
    scope = discover([folder], guides_in(folder))
    return Workspace.open(scope, OVH_URLS, None, ReadOptions(processes=1))
