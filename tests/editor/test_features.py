"""What holds of every feature, on whatever page and at whatever place."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from balise.base.source import SourceFile, Span
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
from tests.helpers.marked import GUIDES, PAGE, Editor, editor
from tests.helpers.support import NASTY, ROOT

AT_PLACES: tuple[Callable[[View, int], Any], ...] = (
    completions,
    hover,
    definition,
    references,
    highlights,
    selection_ranges,
    lambda view, offset: same_place(view, offset, "fr-fr"),
)
OF_PAGES: tuple[Callable[[View], Any], ...] = (
    document_links,
    document_symbols,
    folds,
    code_lenses,
    translations,
    lambda view: inlay_hints(view, Span(0, len(view.source.text))),
)
PLACES = 60
"""Places of a page that are tried."""
LONGEST = 20_000
"""Characters of a page that are tried."""

EXAMPLES = (
    *sorted((ROOT / "guides").rglob("guide.fr-fr.md"))[:4],
    *(file for file in sorted((NASTY / "pages").iterdir()) if file.is_file()),
)


def ask_all(view: View) -> None:
    """Ask for everything, at places all over the page."""
    for of_page in OF_PAGES:
        of_page(view)
    length = len(view.source.text)
    for offset in {*range(0, length, max(1, length // PLACES)), length}:
        for at_place in AT_PLACES:
            at_place(view, offset)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_page_has_an_answer_to_everything(tmp_path: Path, file: Path) -> None:
    at = editor(tmp_path, "‸")
    source = SourceFile.from_bytes(at.source.path, file.read_bytes())
    source = SourceFile(source.path, source.text[:LONGEST])
    view = View(at.workspace.with_texts([source]), source)
    ask_all(view)
    assert preview(view).endswith("</html>\n")


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


def test_places_lie_in_the_text(tmp_path: Path) -> None:
    text = "> [!tabs]\n> A\n>> [x](#a) `b`{.action}\n\n## A {#a}\n\n| IMAP | 993 |\n|--|--|\n| SMTP | 25 |"
    at = editor(tmp_path, f"{text}‸")
    own = (hover, completions, highlights, selection_ranges)
    answers: list[object] = [ask(at.view) for ask in (document_symbols, document_links)]
    answers += [ask(at.view, offset) for ask in own for offset in range(len(at.source.text) + 1)]
    spans = list(spans_in(answers))
    assert len(spans) > 100
    assert all(0 <= span.start <= span.end <= len(at.source.text) for span in spans)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_redirects", "/a/ /gb/en/hosting/ssl/\n‸"),
        ("links.yml", "a:\n  en-gb: https://x.example\n‸"),
        ("facts.yml", "mail:\n  pages: web\n# [x](a)\n‸"),
    ],
)
def test_a_data_file_has_an_answer_to_everything(tmp_path: Path, name: str, text: str) -> None:
    ask_all(Editor(tmp_path, {**GUIDES, name: text}).full_view)


def test_an_empty_page(tmp_path: Path) -> None:
    at = Editor(tmp_path, {**GUIDES, PAGE: "‸"})
    ask_all(at.full_view)
