"""Document links: which addresses of a page can be followed, and what they open."""

from pathlib import Path

from balise.editor.document_links import document_links
from tests.helpers.marked import editor


def test_addresses_that_lead_somewhere_in_their_order(tmp_path: Path) -> None:
    text = """\
‸[page](../ssl/guide.en-gb.md#renew-it) and ![picture](images/one.png)

[external](https://example.com/) [mail](mailto:a@example.com) [by key]({ovh_www}/x)

[nothing](no.md) ![nothing](images/no.png) [script](javascript:x)

{!> snippets/a.txt !}
"""
    at = editor(tmp_path, text, {"web/mine/images/one.png": "", "snippets/a.txt": ""})
    found = [
        (at.text(link.span), at.name(link.target.path) if link.target else link.url)
        for link in document_links(at.view)
    ]
    assert found == [
        ("../ssl/guide.en-gb.md#renew-it", "web/ssl/guide.en-gb.md"),
        ("images/one.png", "web/mine/images/one.png"),
        ("https://example.com/", "https://example.com/"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("{ovh_www}/x", "https://www.ovh.co.uk/x"),
        ("{!> snippets/a.txt !}", "snippets/a.txt"),
    ]


def test_a_link_opens_at_its_heading_and_tells_the_title(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸[page](../ssl/guide.en-gb.md#renew-it)")
    link = document_links(at.view)[0]
    assert link.target
    assert at.text(link.target.span, link.target.path) == "## Renew it"
    assert link.tooltip == "Order a certificate"


def test_a_link_by_reference_is_followed_where_it_stands(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸[page][ref]\n\n[ref]: ../ssl/guide.en-gb.md\n")
    assert [at.text(link.span) for link in document_links(at.view)] == ["[page][ref]"]
