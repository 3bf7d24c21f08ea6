"""Preview: the page as HTML."""

from pathlib import Path

from balise.editor.preview import preview
from tests.helpers.marked import editor


def test_the_page_as_it_stands_in_the_editor(tmp_path: Path) -> None:
    text = "---\ntitle: Tom & Jerry\n---\n\n## First\n\n> [!warning]\n> Mind `this`{.action}.\n‸"
    html = preview(editor(tmp_path, text).view)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<h1>Tom &amp; Jerry</h1>" in html
    assert '<h2 id="first">First' in html
    assert 'class="admonition warning callout-warning"' in html
    assert "--accent" in html


def test_links_and_pictures_are_files(tmp_path: Path) -> None:
    at = editor(
        tmp_path,
        "‸![x](images/a%20b.png) [y](../ssl/guide.fr-fr.md#le-commander) [z](#here) [e](https://e.com)\n\n## Here\n",
        {"web/mine/images/a b.png": ""},
    )
    html = preview(at.view)
    assert f'src="{(tmp_path / "web/mine/images/a b.png").as_uri()}"' in html
    guide = (tmp_path / "web/ssl/guide.fr-fr.md").as_uri()
    assert f'href="{guide}#le-commander"' in html
    assert 'href="#here"' in html
    assert 'href="https://e.com"' in html


def test_raw_html_cannot_do_anything(tmp_path: Path) -> None:
    html = preview(editor(tmp_path, "‸<script>alert(1)</script>\n\n<b onclick='x()'>y</b>\n").view)
    assert "<script" not in html
    assert "onclick" not in html
    assert "default-src 'none'" in html


def test_what_is_included_is_there(tmp_path: Path) -> None:
    files = {"web/note.md": "Included *text*\n", "snippets/code": "one two\n"}
    html = preview(
        editor(tmp_path, "‸{!> web/note.md !}\n\n```\n{!> snippets/code !}\n```\n", files).view
    )
    assert "Included <em>text</em>" in html
    assert "one two" in html
