"""Completion: what is offered where somebody types, and what accepting it writes."""

from pathlib import Path

import pytest

from balise.base.source import apply_edits
from balise.editor.completion import completions
from balise.editor.model import Completion
from balise.syntax import BLOCK_TYPES
from tests.helpers.marked import PAGE, Editor, editor, page


def offered(at: Editor) -> list[Completion]:
    return completions(at.view, at.offset)


def labels(at: Editor) -> list[str]:
    return [found.label for found in offered(at)]


def accepted(at: Editor, index: int = 0) -> str:
    """The last line of the page once a completion is accepted; of a snippet as it is."""
    text = apply_edits(at.source.text, [offered(at)[index].edit])
    return text.rstrip("\n").rpartition("\n")[2]


# Links


def test_a_page_is_found_by_its_title(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](certif‸")
    assert labels(at)[0] == "Order a certificate"
    assert accepted(at) == "[x](../ssl/guide.en-gb.md"


def test_where_nothing_is_typed_the_text_of_the_link_tells_what_is_meant(tmp_path: Path) -> None:
    assert labels(editor(tmp_path, "See [log in by FTP](‸)"))[0] == "Log in by FTP"
    assert labels(editor(tmp_path, "See [renew](../ssl/guide.en-gb.md#‸)"))[:1] == ["Renew it"]


def test_pages_of_the_locale_come_first_and_others_say_which_is_theirs(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](‸)")
    found = offered(at)
    assert found[-1].label == "Réseau privé"
    assert found[-1].detail == "fr-fr · web/reseau/guide.fr-fr.md"
    assert "Commander un certificat" not in labels(at)
    assert "Mine" not in labels(at)


@pytest.mark.parametrize(
    "typed", ["réseau", "reseau", "RESEAU priv", "prive res", "rseau", "reseua"]
)
def test_accents_capitals_order_and_slips_do_not_matter(tmp_path: Path, typed: str) -> None:
    assert labels(editor(tmp_path, f"[x]({typed}‸"))[0] == "Réseau privé"


@pytest.mark.parametrize(
    ("links", "typed", "written"),
    [
        ("", "ssl", "../ssl/guide.en-gb.md"),
        ("[a](https://docs.ovh.com/gb/en/hosting/ftp/)", "ssl", "https://docs.ovh.com/gb/en/hosting/ssl/"),
        ("[a](/pages/web/ftp)", "ssl", "/pages/web/ssl"),
        ("[a]({legacy}1374) [b]({legacy}1374) [c](/pages/web/ftp)", "ssl", "/pages/web/ssl"),
        ("", "https://docs.ovh.com/gb/en/hosting/ss", "https://docs.ovh.com/gb/en/hosting/ssl/"),
        ("", "/pages/web/s", "/pages/web/ssl"),
        ("", "https://docs", "https://docs.ovh.com/gb/en/hosting/ftp/"),
        ("", "/pa", "/pages/web/ftp"),
        ("", "../ss", "../ssl/guide.en-gb.md"),
        ("", "{leg", "{legacy}1374"),
        ("", "{legacy}13", "{legacy}1374"),
    ],
)  # fmt: skip
def test_an_address_has_the_form_of_those_around_or_of_the_one_begun(
    tmp_path: Path, links: str, typed: str, written: str
) -> None:
    at = editor(tmp_path, f"{links}\n\n[x]({typed}‸")
    assert f"[x]({written}" in [accepted(at, index) for index in range(len(offered(at)))][:3]


def test_what_stands_behind_the_cursor_is_replaced_but_for_the_anchor(tmp_path: Path) -> None:
    assert accepted(editor(tmp_path, "[x](ss‸l-old#renew-it) and more")) == (
        "[x](../ssl/guide.en-gb.md#renew-it) and more"
    )


def test_references_and_raw_html_have_addresses_too(tmp_path: Path) -> None:
    assert accepted(editor(tmp_path, "[ref]: certif‸")) == "[ref]: ../ssl/guide.en-gb.md"
    assert accepted(editor(tmp_path, '<a href="certif‸">')) == '<a href="../ssl/guide.en-gb.md">'


@pytest.mark.parametrize(
    "text",
    ["```\n[x](ssl‸\n```", "`[x](ssl‸)`", "just ssl‸", "[x](ssl) ‸", "---\ntitle: x\n- a‸\n---\n"],
)
def test_nothing_is_offered_where_nothing_is_begun(tmp_path: Path, text: str) -> None:
    assert labels(editor(tmp_path, text)) == []


# Anchors


def test_anchors_are_those_of_the_target_in_its_order(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](../ssl/guide.en-gb.md#‸)")
    assert labels(at) == ["Order it", "Renew it"]
    assert accepted(at, 1) == "[x](../ssl/guide.en-gb.md#renew-it)"


def test_anchors_of_the_page_itself(tmp_path: Path) -> None:
    at = editor(tmp_path, '## First step\n\n<a name="by-hand"></a>\n\n[x](#‸')
    assert labels(at) == ["First step", "#by-hand"]
    assert [found.detail for found in offered(at)] == ["## · #first-step", "anchor made by hand"]


def test_an_anchor_is_found_by_its_heading(tmp_path: Path) -> None:
    assert labels(editor(tmp_path, "[x](../ssl/guide.en-gb.md#renew‸")) == ["Renew it"]


# Pictures


def test_pictures_of_the_guide_come_first_and_those_that_the_page_lacks_before(
    tmp_path: Path,
) -> None:
    files = {f"web/mine/images/{name}.png": "" for name in ("one", "two")}
    files["web/ssl/images/other.png"] = ""
    files["web/ssl/guide.en-gb.md"] = page("Other", "![](images/other.png)")
    at = editor(tmp_path, "![](images/one.png)\n\n![](‸)", files)
    assert labels(at) == ["two.png", "one.png", "other.png"]
    assert accepted(at) == "![](images/two.png)"
    assert accepted(at, 2) == "![](../ssl/images/other.png)"
    picture = (tmp_path / "web/mine/images/two.png").as_uri()
    assert offered(at)[0].documentation == f"![]({picture})"


# Blocks, attributes, comments


def test_a_callout_goes_on_below_its_marker(tmp_path: Path) -> None:
    at = editor(tmp_path, "> [!warn‸]")
    found = offered(at)[0]
    assert (found.label, found.snippet) == ("[!warning]", True)
    assert apply_edits(at.source.text, [found.edit]).endswith("> [!warning]\n> ${1:Text}$0")


def test_the_blocks_that_are_written_most_come_first(tmp_path: Path) -> None:
    found = labels(editor(tmp_path, "> [!‸"))
    assert found[:3] == ["[!primary]", "[!warning]", "[!success]"]
    assert {label.strip("[!]") for label in found} == BLOCK_TYPES - {"product-section(right)"}


def test_a_block_in_a_block_keeps_the_marks_in_front(tmp_path: Path) -> None:
    at = editor(tmp_path, "> [!tabs]\n> Title\n>> > [!tabs‸")
    text = apply_edits(at.source.text, [offered(at)[0].edit])
    assert text.endswith("\n>> > ${3:Title}\n>> >> ${4:Content}$0")


def test_details_languages_and_includes(tmp_path: Path) -> None:
    assert labels(editor(tmp_path, "///‸")) == ["/// details"]
    assert labels(editor(tmp_path, "```py‸"))[0] == "python"
    around = {
        "snippets/contact.txt": "us",
        "web/ssl/guide.en-gb.md": page("x", "{!> snippets/contact.txt !}"),
    }
    assert labels(editor(tmp_path, "{!> cont‸", around)) == ["snippets/contact.txt"]


def test_classes_and_keys_of_attribute_lists(tmp_path: Path) -> None:
    assert labels(editor(tmp_path, "`Next`{‸"))[0] == ".action"
    assert accepted(editor(tmp_path, "![a](images/a.png){.thumb‸}")) == (
        "![a](images/a.png){.thumbnail}"
    )
    assert accepted(editor(tmp_path, "![a](images/a.png){.thumbnail wid‸")) == (
        '![a](images/a.png){.thumbnail width="$1"'
    )
    assert labels(editor(tmp_path, "a brace {.th‸")) == []


def test_rules_in_a_comment(tmp_path: Path) -> None:
    at = editor(tmp_path, "<!-- balise: ignore[empty-link, unresolved-l‸] because -->")
    assert accepted(at) == "<!-- balise: ignore[empty-link, unresolved-link] because -->"
    assert offered(at)[0].detail == "A link leads to a page or file that is not there"
    assert labels(editor(tmp_path, "<!-- balise: ‸")) == ["ignore", "ignore-page", "off", "on"]
    assert "links" in labels(editor(tmp_path, "<!-- balise: off[link‸"))


# Front matter


def test_keys_that_the_page_lacks(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\ntitle: Mine\n‸\n---\n")
    assert labels(at)[:3] == ["excerpt", "slug", "section"]
    assert "sections" not in labels(at)
    assert labels(editor(tmp_path, "---\ntitle: Mine\nexc‸")) == ["excerpt"]


def test_sections_of_the_product(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\ntitle: Mine\nsection: ‸\n---\n")
    assert labels(at) == ["First steps", "Databases"]
    text = apply_edits(at.source.text, [offered(at)[1].edit])
    assert "section: Databases\n---" in text


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("section: First‸ st", "section: 'First: steps'"),
        ("section: 'First‸ st'", "section: 'First: steps'"),
        ('section: "‸"  # which', 'section: "First: steps"  # which'),
    ],
)
def test_a_value_is_written_as_yaml_reads_it(tmp_path: Path, line: str, written: str) -> None:
    product = {"web/product.en-gb.md": page("Web", sections="'First: steps'")}
    at = editor(tmp_path, f"---\ntitle: Mine\n{line}\n---\n", product)
    text = apply_edits(at.source.text, [offered(at)[0].edit])
    assert text.split("\n")[2].replace('"', "'") == written.replace('"', "'")


def test_the_sections_that_guides_name_are_offered_to_their_product(tmp_path: Path) -> None:
    text = "---\ntitle: Web hosting\nsections: Databases, ‸\n---\n"
    at = editor(tmp_path, text, name="web/product.en-gb.md")
    assert labels(at) == ["First steps"]
    assert "sections: Databases, First steps\n" in apply_edits(
        at.source.text, [offered(at)[0].edit]
    )


def test_other_values_of_the_front_matter(tmp_path: Path) -> None:
    assert labels(editor(tmp_path, "---\ntitle: My own guide\nslug: ‸\n---\n")) == ["my-own-guide"]
    assert labels(editor(tmp_path, "---\ntitle: x\nhidden: t‸\n---\n")) == ["true"]
    at = editor(tmp_path, "---\ntitle: x\nimg: ‸\n---\n", {"web/mine/images/one.png": ""})
    assert labels(at) == ["one.png"]
    at = editor(tmp_path, "---\ntitle: x\nroutes: {canonical: '/pages/web/s‸'}\n---\n")
    assert offered(at)[0].edit.text == "/pages/web/ssl"


# Keys and facts


def test_keys_of_addresses_say_where_they_lead(tmp_path: Path) -> None:
    table = "console:\n  en-gb: https://console.example.com/en\n  fr-fr: https://console.example.com/fr\n"
    at = editor(tmp_path, "[x](/links/con‸)", {"links.yml": table})
    assert accepted(at) == "[x](/links/console)"
    assert offered(at)[0].detail == "https://console.example.com/en"
    at = editor(tmp_path, "[x]({con‸", {"links.yml": table})
    assert (accepted(at), labels(at)) == ("[x]({console}", ["console"])


def test_facts_are_offered_where_a_page_is_about_them(tmp_path: Path) -> None:
    facts = """\
mail:
  pages: web
  hosts:
    incoming: imap.example.net
  ports:
    imap: {tls: 993}
"""
    assert accepted(editor(tmp_path, "The server is im‸", {"facts.yml": facts})) == (
        "The server is imap.example.net"
    )
    at = editor(tmp_path, "| Port | 9‸", {"facts.yml": facts})
    assert [(found.label, found.detail) for found in offered(at)] == [("993", "mail: IMAP, tls")]
    elsewhere = editor(tmp_path, "im‸", {"facts.yml": facts}, "cloud/guide.en-gb.md")
    assert labels(elsewhere) == []


def test_editors_show_all_that_fits(tmp_path: Path) -> None:
    """By their own rules they would leave out what has accents, or other words in between."""
    assert {found.filter_text for found in offered(editor(tmp_path, "[x](res pri‸"))} == {"res pri"}


def test_crlf_and_characters_beyond_the_basic_plane(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\r\ntitle: Mine\r\n---\r\n\r\n😀 [x](certif‸\r\n")
    assert labels(at)[0] == "Order a certificate"
    at = editor(tmp_path, "---\r\ntitle: Mine\r\nsecti‸\r\n---\r\n")
    assert labels(at) == ["section"]


def test_the_page_of_the_layout_index_is_written_from_the_root(tmp_path: Path) -> None:
    index = "+ Web\n    + [Hosting](products/hosting)\n        + [SSL](web/ssl)\n"
    files = {
        "index.md": index,
        "index-translations.fr.yaml": "hosting: Hébergement\n",
        "web/ssl/guide.en-gb.md": page("Order a certificate"),
        PAGE: page("Mine", "[x](certif‸"),
    }
    at = Editor(tmp_path, files)
    assert accepted(at) == "[x](/pages/web/ssl"
    files[PAGE] = page("Mine", "[x](reseau‸")
    at = Editor(tmp_path, {**files, "web/reseau/guide.fr-fr.md": page("Réseau privé")})
    assert accepted(at) == "[x](/pages/web/reseau"
