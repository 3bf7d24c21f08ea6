"""References: the places that name what is under the cursor."""

from pathlib import Path

from balise.editor.references import references
from tests.helpers.marked import GUIDES, Editor, editor, page

FILES = {
    "web/ssl/guide.en-gb.md": page(
        "One", "[a](../mine/guide.en-gb.md#first-step)\n\n![b](../mine/images/one.png)\n"
    ),
    "web/ftp/guide.en-gb.md": page("Two", "[b](/pages/web/mine) [c](/links/console#x)\n"),
    "web/mine/images/one.png": "",
}


def places(at: Editor) -> list[tuple[str, str]]:
    return [(at.name(p.path), at.text(p.span, p.path)) for p in references(at.full_view, at.offset)]


def test_the_links_to_a_heading_from_everywhere(tmp_path: Path) -> None:
    at = editor(tmp_path, "## First st‸ep\n\n[here](#first-step) [top](#)\n", FILES)
    assert places(at) == [
        ("web/mine/guide.en-gb.md", "[here](#first-step)"),
        ("web/ssl/guide.en-gb.md", "[a](../mine/guide.en-gb.md#first-step)"),
    ]


def test_older_anchors_of_a_heading_count(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](#note_1)\n\n## A\n\n### B\n\n## No‸te\n")
    assert places(at) == [("web/mine/guide.en-gb.md", "[x](#note_1)")]


def test_an_anchor_made_by_hand(tmp_path: Path) -> None:
    at = editor(tmp_path, '<a name="by-‸hand"></a>\n\nText [x](#by-hand)\n')
    assert places(at) == [("web/mine/guide.en-gb.md", "[x](#by-hand)")]


def test_the_links_to_a_page_from_its_title_and_from_a_link_to_it(tmp_path: Path) -> None:
    expected = [
        ("web/ftp/guide.en-gb.md", "[b](/pages/web/mine)"),
        ("web/ssl/guide.en-gb.md", "[a](../mine/guide.en-gb.md#first-step)"),
    ]
    assert places(editor(tmp_path, "---\ntitle: Mi‸ne\n---\n\n## First step\n", FILES)) == expected
    others = {
        **FILES,
        "web/mine/guide.en-gb.md": page("Mine", "## First step\n"),
        "web/ftp/guide.en-gb.md": page("Two", "[b](/pages/we‸b/mine)\n"),
    }
    assert places(Editor(tmp_path, {**GUIDES, **others})) == expected


def test_a_link_to_a_heading_is_about_the_heading(tmp_path: Path) -> None:
    at = editor(tmp_path, "## First step\n\n[here](#first‸-step)\n", FILES)
    assert [path for path, _ in places(at)] == ["web/mine/guide.en-gb.md", "web/ssl/guide.en-gb.md"]


def test_the_pages_that_show_a_picture(tmp_path: Path) -> None:
    assert places(editor(tmp_path, "![x](images/on‸e.png)", FILES)) == [
        ("web/mine/guide.en-gb.md", "![x](images/one.png)"),
        ("web/ssl/guide.en-gb.md", "![b](../mine/images/one.png)"),
    ]


def test_the_pages_that_include_a_file(tmp_path: Path) -> None:
    files = {"snippets/a.txt": "", "web/ssl/guide.en-gb.md": page("One", "{!> snippets/a.txt !}\n")}
    at = editor(tmp_path, "{!> snippets/‸a.txt !}", files)
    assert [path for path, _ in places(at)] == ["web/mine/guide.en-gb.md", "web/ssl/guide.en-gb.md"]


def test_the_links_by_a_key(tmp_path: Path) -> None:
    files = {**FILES, "links.yml": "console: https://x.example\nconsole2: https://y.example\n"}
    at = editor(tmp_path, "[x]({con‸sole}/path) [y](/links/console2)", files)
    assert places(at) == [
        ("web/ftp/guide.en-gb.md", "[c](/links/console#x)"),
        ("web/mine/guide.en-gb.md", "[x]({console}/path)"),
    ]


def test_the_guides_of_a_section(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\ntitle: x\nsection: First‸ steps\n---\n")
    assert {(path, text) for path, text in places(at)} == {
        ("web/ftp/guide.en-gb.md", "First steps"),
        ("web/mine/guide.en-gb.md", "First steps"),
        ("web/ssl/guide.en-gb.md", "First steps"),
    }


def test_the_other_places_of_a_number_on_the_page(tmp_path: Path) -> None:
    at = editor(tmp_path, "IMAP with SSL uses port 99‸3.\n\nFor IMAP with SSL take port 993.\n")
    assert [text for _, text in places(at)] == ["993", "993"]


def test_before_the_links_are_known_there_are_none(tmp_path: Path) -> None:
    at = editor(tmp_path, "## First st‸ep\n", FILES)
    assert references(at.view, at.offset) == []
