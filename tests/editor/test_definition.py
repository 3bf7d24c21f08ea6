"""Definition: where the thing under the cursor leads."""

from pathlib import Path

import pytest

from balise.editor.definition import definition
from tests.helpers.marked import Editor, editor, page


def places(at: Editor) -> list[tuple[str, str]]:
    """The files that are opened, and the first line of what is selected there."""
    return [
        (at.name(p.path), at.text(p.selection or p.span, p.path).partition("\n")[0])
        for p in definition(at.view, at.offset)
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[x](../ssl/g‸uide.en-gb.md)", ("web/ssl/guide.en-gb.md", "")),
        ("[x‸](../ssl/guide.en-gb.md#renew-it)", ("web/ssl/guide.en-gb.md", "## Renew it")),
        ("[x](/pages/web/ssl‸)", ("web/ssl/guide.en-gb.md", "")),
        ("[x](https://docs.ovh.com/gb/en/ho‸sting/ssl/)", ("web/ssl/guide.en-gb.md", "")),
        ("[x]({legacy}13‸74)", ("web/ssl/guide.en-gb.md", "")),
        ("[x](#he‸re)\n\n## Here\n", ("web/mine/guide.en-gb.md", "## Here")),
        ('[x](#he‸re)\n\n<a name="here"></a>\n', ("web/mine/guide.en-gb.md", '<a name="here">')),
        ('<a name="he‸re"></a>\n', ("web/mine/guide.en-gb.md", '<a name="here">')),
        ("## He‸re\n", ("web/mine/guide.en-gb.md", "## Here")),
        ('<a href="../ssl/gu‸ide.en-gb.md">x</a>', ("web/ssl/guide.en-gb.md", "")),
    ],
)
def test_a_link_leads_to_a_page_or_a_heading(
    tmp_path: Path, text: str, place: tuple[str, str]
) -> None:
    assert places(editor(tmp_path, text)) == [place]


def test_what_is_peeked_at_is_the_whole_section(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](../ssl/guide.en-gb.md#order‸-it)")
    place = definition(at.view, at.offset)[0]
    assert at.text(place.span, place.path) == "## Order it\n\nOnly a click.\n\n"


def test_a_picture_and_an_include_lead_to_their_files(tmp_path: Path) -> None:
    files = {"web/mine/images/one.png": "", "snippets/a.txt": ""}
    assert places(editor(tmp_path, "![x‸](images/one.png)", files)) == [
        ("web/mine/images/one.png", "")
    ]
    assert places(editor(tmp_path, "{!> snip‸pets/a.txt !}", files)) == [("snippets/a.txt", "")]


def test_a_picture_in_a_link_is_meant_where_the_cursor_is_in_it(tmp_path: Path) -> None:
    files = {"web/mine/images/one.png": ""}
    at = editor(tmp_path, "[![x](images/o‸ne.png)](../ssl/guide.en-gb.md)", files)
    assert places(at) == [("web/mine/images/one.png", "")]
    at = editor(tmp_path, "[![x](images/one.png)](../ssl/g‸uide.en-gb.md)", files)
    assert places(at) == [("web/ssl/guide.en-gb.md", "")]


def test_a_key_leads_to_its_line_for_the_locale(tmp_path: Path) -> None:
    table = (
        "a: https://x.example\nconsole:\n  fr-fr: https://fr.example\n  en-gb: https://en.example\n"
    )
    at = editor(tmp_path, "[x](/links/con‸sole)", {"links.yml": table})
    assert places(at) == [("links.yml", "https://en.example")]
    at = editor(tmp_path, "[x]({a‸}/path)", {"links.yml": table})
    assert places(at) == [("links.yml", "https://x.example")]


def test_a_key_of_the_layout_index_leads_into_its_file(tmp_path: Path) -> None:
    files = {
        "guides/index.md": "+ Web\n    + [Hosting](products/hosting)\n        + [Mine](web/mine)\n",
        "guides/index-translations.fr.yaml": "hosting: Hébergement\n",
        "links/console": "- [fr-fr](https://fr.example)\n- [en-gb](https://en.example)\n",
        "guides/web/mine/guide.en-gb.md": page(
            "Mine", "[x](/links/con‸sole) [y](/products/hosting)"
        ),
    }
    at = Editor(tmp_path, files, "guides")
    assert places(at) == [("links/console", "https://en.example")]
    files["guides/web/mine/guide.en-gb.md"] = page("Mine", "[y](/products/hos‸ting)")
    at = Editor(tmp_path, files, "guides")
    assert places(at) == [("guides/index.md", "Hosting")]


def test_values_of_the_front_matter(tmp_path: Path) -> None:
    section = editor(tmp_path, "---\ntitle: x\nsection: First‸ steps\n---\n")
    assert places(section) == [("web/product.en-gb.md", "First steps, Databases")]
    files = {"web/mine/images/one.png": ""}
    picture = editor(tmp_path, "---\ntitle: x\nimg: one‸.png\n---\n", files)
    assert places(picture) == [("web/mine/images/one.png", "")]
    canonical = editor(tmp_path, "---\ntitle: x\nroutes: {canonical: '/pages/web/s‸sl'}\n---\n")
    assert places(canonical) == [("web/ssl/guide.en-gb.md", "")]


def test_a_port_leads_to_the_fact(tmp_path: Path) -> None:
    facts = "mail:\n  ports:\n    imap: {tls: 993}\n"
    at = editor(tmp_path, "Use IMAP with SSL on port 99‸3.", {"facts.yml": facts})
    assert places(at) == [("facts.yml", "993")]


@pytest.mark.parametrize(
    "text",
    ["Te‸xt", "[x](https://exam‸ple.com)", "[x](not-‸there.md)", "![x](im‸ages/no.png)", "‸", "[x](#no‸)"],
)  # fmt: skip
def test_what_leads_nowhere(tmp_path: Path, text: str) -> None:
    assert places(editor(tmp_path, text)) == []


def test_an_anchor_that_another_page_lacks_leads_to_that_page(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](../ssl/guide.en-gb.md#no‸thing)")
    assert places(at) == [("web/ssl/guide.en-gb.md", "")]


def test_a_host_leads_to_the_fact_and_a_file_is_opened(tmp_path: Path) -> None:
    facts = "mail:\n  hosts:\n    incoming: imap.example.net\n"
    text = "| | Server |\n|---|---|\n| IMAP incoming | imap.exam‸ple.net |\n"
    assert places(editor(tmp_path, text, {"facts.yml": facts})) == [
        ("facts.yml", "imap.example.net")
    ]
    files = {"web/mine/images/one.png": ""}
    assert places(editor(tmp_path, "[x](images/on‸e.png)", files)) == [
        ("web/mine/images/one.png", "")
    ]


def test_a_home_that_is_made_is_nowhere(tmp_path: Path) -> None:
    files = {
        "index.md": "+ Web\n    + [Mine](web/mine)\n",
        "index-translations.fr.yaml": "web: Web\n",
        "web/mine/guide.en-gb.md": page("Mine", "[x](https://docs.ovh.com/gb‸/en/)"),
    }
    assert places(Editor(tmp_path, files)) == []
