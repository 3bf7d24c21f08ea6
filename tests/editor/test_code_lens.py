"""Code lens: what is shown above the page and its headings."""

from pathlib import Path

from balise.editor.code_lens import code_lenses
from balise.editor.view import View
from tests.helpers.marked import Editor, editor, page

FILES = {
    "web/ssl/guide.en-gb.md": page("One", "[a](../mine/guide.en-gb.md#first-step)"),
    "web/ftp/guide.en-gb.md": page("Two", "[b](/pages/web/mine)"),
    "web/mine/guide.fr-fr.md": page("La mienne"),
    "web/mine/guide.de-de.md": page("Meine"),
}


def lenses(at: Editor, view: View) -> list[tuple[str, str, list[str]]]:
    return [
        (at.text(lens.span), lens.title, [at.name(p.path) for p in lens.places])
        for lens in code_lenses(view)
    ]


def test_links_and_translations(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸## First step\n\n[x](#first-step)\n\n## Second\n", FILES)
    assert lenses(at, at.full_view) == [
        ("", "2 links here", ["web/ftp/guide.en-gb.md", "web/ssl/guide.en-gb.md"]),
        ("", "2 translations", ["web/mine/guide.fr-fr.md", "web/mine/guide.de-de.md"]),
        ("## First step", "2 links here", ["web/mine/guide.en-gb.md", "web/ssl/guide.en-gb.md"]),
    ]


def test_before_the_links_are_known(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸## First step\n", FILES)
    assert [title for _, title, _ in lenses(at, at.view)] == ["2 translations"]


def test_a_page_that_nothing_is_about(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸## First step\n")
    assert lenses(at, at.full_view) == []
