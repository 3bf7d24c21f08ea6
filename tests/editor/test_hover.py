"""Hover: what is shown about the thing under the cursor, in Markdown."""

from pathlib import Path

import pytest

from balise.editor.hover import hover
from tests.helpers.marked import Editor, editor, page

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000320000002580802000000"
)  # 800 × 600, as far as its header goes


def told(at: Editor, *, links: bool = False) -> list[str]:
    """The paragraphs that are shown; none where nothing is."""
    found = hover(at.full_view if links else at.view, at.offset)
    return found.markdown.split("\n\n") if found else []


# Links


def test_a_link_tells_of_its_page(tmp_path: Path) -> None:
    at = editor(tmp_path, "See [this](../ssl/gui‸de.en-gb.md).")
    assert told(at) == [
        "**Order a certificate**",
        "All about certificates",
        "<https://docs.ovh.com/gb/en/hosting/ssl/>",
        "`web/ssl/guide.en-gb.md`",
    ]
    found = hover(at.view, at.offset)
    assert found
    assert at.text(found.span) == "[this](../ssl/guide.en-gb.md)"


def test_a_link_to_an_anchor_tells_of_the_section(tmp_path: Path) -> None:
    at = editor(tmp_path, "[th‸is](../ssl/guide.en-gb.md#renew-it)")
    assert told(at)[:2] == ["**Order a certificate** › Renew it", "Nothing to do."]


def test_a_page_without_an_excerpt_tells_its_first_paragraph(tmp_path: Path) -> None:
    assert told(editor(tmp_path, "[th‸is](../ssl/guide.fr-fr.md)"))[1] == "Comment faire."


def test_marks_in_titles_mean_nothing(tmp_path: Path) -> None:
    files = {"web/ftp/guide.en-gb.md": page("Use *_all_* of <b>")}
    at = editor(tmp_path, "[th‸is](../ftp/guide.en-gb.md)", files)
    assert told(at)[0] == r"**Use \*\_all\_\* of \<b\>**"


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("{legacy}1374", "found by its number in an older system, 1374"),
        ("https://docs.ovh.com/gb/en/hosting/tls/", "found by a redirect from an address that it had once"),
        ("https://docs.ovh.com/gb/en/hosting/mienne/", "found by an address that it has in another language"),
        ("/links/here", "the address of `here`"),
        ("/pages/web/reseau", "does not exist in en-gb"),
        ("../ssl/guide.en-gb.md#nothing", "has no place `#nothing`"),
        ("../ssl/guide.en-gb.md#order_it", "found by an anchor of an older system: today it is `#order-it`"),
    ],
)  # fmt: skip
def test_a_link_tells_how_its_page_was_found(tmp_path: Path, address: str, way: str) -> None:
    redirects = "/gb/en/hosting/tls/ /gb/en/hosting/ssl/\n"
    files = {
        "_redirects": redirects,
        "links.yml": "here: https://docs.ovh.com/gb/en/hosting/ssl/\n",
        "web/mine/guide.fr-fr.md": page("La mienne", slug="mienne"),
    }
    at = editor(tmp_path, f"[th‸is]({address})", files, "web/other/guide.en-gb.md")
    assert way in told(at)[-1]


def test_a_link_to_a_file_and_to_another_site_by_a_redirect(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](images/on‸e.png)", {"web/mine/images/one.png": ""})
    picture = (tmp_path / "web/mine/images/one.png").as_uri()
    assert told(at) == [f"[web/mine/images/one.png](<{picture}>)", f"![]({picture})"]
    redirects = {"_redirects": "/gb/en/gone/ https://example.com/\n"}
    at = editor(tmp_path, "[x](https://docs.ovh.com/gb/en/go‸ne/)", redirects)
    assert told(at) == ["a redirect leads to `https://example.com/`"]


def test_a_long_paragraph_is_cut_at_a_word(tmp_path: Path) -> None:
    files = {"web/ftp/guide.en-gb.md": page("Long", "word " * 100)}
    shown = told(editor(tmp_path, "[x](../ft‸p/guide.en-gb.md)", files))[1]
    assert shown.endswith("word …")
    assert len(shown) <= 302


def test_an_include_and_the_picture_of_a_page(tmp_path: Path) -> None:
    at = editor(tmp_path, "{!> snip‸pets/a.txt !}", {"snippets/a.txt": "x"})
    assert told(at)[0].startswith("[snippets/a.txt](<file://")
    files = {"web/mine/images/one.png": ""}
    shown = told(editor(tmp_path, "---\ntitle: x\nimg: on‸e.png\n---\n", files))
    assert shown == [f"![]({(tmp_path / 'web/mine/images/one.png').as_uri()})"]


def test_a_link_to_nothing_names_the_nearest_page(tmp_path: Path) -> None:
    at = editor(tmp_path, "[x](https://docs.ovh.com/gb/en/hosting/s‸sll/)")
    assert told(at)[0] == "`https://docs.ovh.com/gb/en/hosting/ssll/` leads nowhere"
    assert told(at)[1].startswith("nearest: [Order a certificate](<file://")


def test_an_address_by_key_tells_what_it_is_here(tmp_path: Path) -> None:
    table = "console:\n  en-gb: https://console.example.com/en\n"
    assert told(editor(tmp_path, "[x](/links/con‸sole)", {"links.yml": table})) == [
        "`https://console.example.com/en`",
        "the address of `console` in en-gb",
    ]


def test_there_is_nothing_to_say_of_another_site_or_plain_text(tmp_path: Path) -> None:
    assert told(editor(tmp_path, "[x](https://exam‸ple.com/)")) == []
    assert told(editor(tmp_path, "Only te‸xt")) == []


# Pictures


def test_a_picture_is_shown_with_its_size(tmp_path: Path) -> None:
    at = editor(tmp_path, "![x](ima‸ges/one.png)", {"web/mine/images/one.png": ""})
    picture = tmp_path / "web/mine/images/one.png"
    picture.write_bytes(PNG)
    assert told(at) == [f"![]({picture.as_uri()})", "800 × 600 pixels"]


def test_a_picture_that_is_not_there_tells_why(tmp_path: Path) -> None:
    files = {"web/mine/images/One.png": "", "web/mine/images/two.jpg": ""}
    assert told(editor(tmp_path, "![x](images/no‸ne.png)")) == ["`images/none.png` is not there"]
    assert told(editor(tmp_path, "![x](images/o‸ne.png)", files))[0] == (
        "`images/one.png` is called `images/One.png`"
    )
    assert told(editor(tmp_path, "![x](images/tw‸o.png)", files))[0] == (
        "`images/two.png` is called `images/two.jpg`"
    )
    assert told(editor(tmp_path, "![x](../../../o‸ne.png)")) == [
        "`../../../one.png` lies outside of the guides"
    ]


# Statements

PORTS = "| Protocol | Port |\n|---|---|\n| IMAP incoming SSL | {} |\n| SMTP outgoing SSL | 465 |\n"
FACTS = "mail:\n  ports:\n    imap: {tls: 993}\n"


def test_a_port_tells_who_else_states_it(tmp_path: Path) -> None:
    siblings = {
        f"web/mine/guide.{locale}.md": page("Mine", PORTS.format(port))
        for locale, port in (("fr-fr", 993), ("de-de", 995), ("es-es", 993))
    }
    text = PORTS.format("99‸3") + "\nUse IMAP with SSL on port 993.\n"
    at = editor(tmp_path, text, {**siblings, "facts.yml": FACTS})
    assert told(at) == [
        "**port 993: incoming IMAP mail with SSL/TLS**",
        "also on line 10",
        "the same in fr-fr and es-es",
        "de-de has 995",
        "as in `facts.yml`",
    ]


def test_a_host_tells_who_else_states_it(tmp_path: Path) -> None:
    table = "| | Server |\n|---|---|\n| IMAP incoming | {} |\n"
    sibling = {"web/mine/guide.fr-fr.md": page("Mine", table.format("imap.example.org"))}
    at = editor(tmp_path, table.format("ima‸p.example.net"), sibling)
    assert told(at) == [
        "**host `imap.example.net`: incoming IMAP**",
        r"fr-fr has imap.example.org",
    ]


def test_a_quantity_tells_who_else_states_it(tmp_path: Path) -> None:
    siblings = {
        "web/mine/guide.fr-fr.md": page("Mine", "Au plus 10 Go.\n"),
        "web/mine/guide.de-de.md": page("Mine", "Bis zu 20 GB.\n"),
    }
    at = editor(tmp_path, "At most 1‸0 GB.\n", siblings)
    assert told(at) == ["**size 10 GB**", "the same in fr-fr", "de-de has 20 GB"]


# Headings, front matter, comments


def test_a_heading_tells_its_anchor_and_the_links_to_it(tmp_path: Path) -> None:
    files = {
        "web/ssl/guide.en-gb.md": page("One", "[a](../mine/guide.en-gb.md#first-step)"),
        "web/ftp/guide.en-gb.md": page("Two", "[a](/pages/web/mine#first-step)"),
    }
    at = editor(tmp_path, "## First st‸ep\n\n[here](#first-step)\n", files)
    first, second = told(at, links=True)
    assert first == "`#first-step`"
    assert second.startswith("3 links here, from [Two](<file://")
    assert second.count("](<file://") == 3
    assert told(at) == ["`#first-step`"]


def test_a_heading_tells_its_older_anchors(tmp_path: Path) -> None:
    at = editor(tmp_path, "## A\n\n### B\n\n## No‸te\n\n", {})
    assert told(at, links=True) == ["`#note`, once `#note_1`", "no link leads here"]


def test_an_anchor_made_by_hand_tells_the_links_to_it(tmp_path: Path) -> None:
    at = editor(tmp_path, '<a name="by-‸hand"></a>\n\nText [x](#by-hand)\n')
    first, second = told(at, links=True)
    assert first == "`#by-hand`"
    assert second.startswith("1 link here, from [Mine](")


def test_the_title_tells_of_the_page(tmp_path: Path) -> None:
    files = {"web/ftp/guide.en-gb.md": page("Two", "[a](/pages/web/mine)")}
    shown = told(editor(tmp_path, "---\ntit‸le: Mine\nslug: mine\n---\n", files), links=True)
    assert shown[:2] == ["**Mine**", "<https://docs.ovh.com/gb/en/hosting/mine/>"]
    assert shown[-1].startswith("1 link here, from [Two]")


def test_other_keys_and_classes_tell_what_they_are(tmp_path: Path) -> None:
    assert told(editor(tmp_path, "---\ntitle: x\nexce‸rpt: y\n---\n")) == [
        "what the page is about, in a sentence"
    ]
    assert told(editor(tmp_path, "Click `Next`{.act‸ion}.")) == ["a label of an interface"]


def test_a_rule_in_a_comment_tells_what_it_is(tmp_path: Path) -> None:
    shown = told(editor(tmp_path, "<!-- balise: ignore[unresolved-l‸ink] because -->\n\nText"))
    assert shown[0] == "**unresolved-link**: A link leads to a page or file that is not there"
    assert shown[-1] == "`balise explain unresolved-link` tells more"
    group = told(editor(tmp_path, "<!-- balise: ignore[hea‸dings] because -->\n\nText"))
    assert group[0].startswith("all rules about headings: `duplicate-heading`, ")
    assert told(editor(tmp_path, "<!-- balise: ignore[no‸thing] because -->\n\nText")) == []


def test_a_label_tells_what_it_is_called_elsewhere(tmp_path: Path) -> None:
    siblings = {
        "web/mine/guide.fr-fr.md": page("x", "## A\n\n`Oui`{.action} puis `Suivant`{.action}\n"),
        "web/mine/guide.fr-ca.md": page("x", "## A\n\n`Oui`{.action} puis `Suivant`{.action}\n"),
        "web/mine/guide.de-de.md": page("x", "## A\n\n`Ja`{.action} und **Weiter**{.action}\n"),
        "web/mine/guide.es-es.md": page("x", "## A\n\nsolo `Siguiente`{.action}\n"),
    }
    text = "`Next`{.action}\n\n## A\n\n`Yes`{.action} and `Ne‸xt`{.action}\n"
    at = editor(tmp_path, text, siblings)
    assert told(at) == [
        "at the same place of its translations:",
        "- `Suivant`: fr-fr and fr-ca\n- `Weiter`: de-de",
    ]
