"""Data files: what their entries lead to, and the navigation as an outline."""

from pathlib import Path

from balise.editor.completion import completions
from balise.editor.definition import definition
from balise.editor.document_links import document_links
from balise.editor.hover import hover
from balise.editor.references import references
from balise.editor.symbols import document_symbols
from balise.editor.translations import same_place, translations
from tests.helpers.marked import GUIDES, Editor, page

INDEX = """\
+ Web
    + [Hosting](products/hosting)
        + [Start](hosting-start)
            + [SSL](web/ssl)
        + [FTP](web/ftp)
+ Cloud
"""
INDEXED = {
    "index-translations.fr.yaml": "hosting: Hébergement\n",
    "web/ssl/guide.en-gb.md": page("Order a certificate", "[x](/pages/web/ftp)"),
    "web/ssl/guide.fr-fr.md": page("Commander un certificat"),
    "web/ftp/guide.en-gb.md": page("Log in by FTP"),
}


def places(at: Editor) -> list[str]:
    return [at.name(place.path) for place in definition(at.view, at.offset)]


def test_an_item_of_the_navigation_leads_to_its_guide(tmp_path: Path) -> None:
    files = {**INDEXED, "index.md": INDEX.replace("web/ssl", "web/s‸sl")}
    at = Editor(tmp_path, files)
    assert places(at) == ["web/ssl/guide.fr-fr.md"]
    shown = hover(at.view, at.offset)
    assert shown
    assert shown.markdown.startswith("**Commander un certificat**")
    at = Editor(tmp_path, {**INDEXED, "index.md": INDEX.replace("web/ftp", "web/ftp‸")})
    assert places(at) == ["web/ftp/guide.en-gb.md"]
    uses = [at.text(place.span, place.path) for place in references(at.full_view, at.offset)]
    assert uses == ["[x](/pages/web/ftp)"]


def test_the_navigation_is_a_tree(tmp_path: Path) -> None:
    at = Editor(tmp_path, {**INDEXED, "index.md": f"{INDEX}‸"})
    web, cloud = document_symbols(at.view)
    assert (web.name, web.detail, cloud.name) == ("Web", "universe", "Cloud")
    hosting = web.children[0]
    assert [child.name for child in hosting.children] == ["Start", "FTP"]
    assert [child.name for child in hosting.children[0].children] == ["SSL"]
    assert at.text(web.place.span).startswith("Web\n")
    assert at.text(web.place.span).endswith("web/ftp")


def test_a_redirect_leads_to_the_page_of_today(tmp_path: Path) -> None:
    text = "/old/ /gb/en/hosting/ssl/#ren‸ew-it\n/gone/ https://example.com/\n/x/ /nothing/\n"
    at = Editor(tmp_path, {**GUIDES, "_redirects": text})
    place = definition(at.view, at.offset)[0]
    assert place.selection
    assert at.text(place.selection, place.path) == "## Renew it"
    links = [(at.text(link.span), link.url) for link in document_links(at.view)]
    assert links == [
        ("/gb/en/hosting/ssl/#renew-it", ""),
        ("https://example.com/", "https://example.com/"),
    ]


def test_the_pages_of_facts_and_the_addresses_of_keys(tmp_path: Path) -> None:
    at = Editor(tmp_path, {**GUIDES, "facts.yml": "mail:\n  pages: web/s‸sl\n"})
    assert places(at) == ["web/ssl/guide.fr-fr.md"]
    table = "a:\n  en-gb: https://docs.ovh.com/gb/en/hosting/s‸sl/\n"
    at = Editor(tmp_path, {**GUIDES, "links.yml": table})
    assert places(at) == ["web/ssl/guide.en-gb.md"]


def test_guides_are_offered_to_the_navigation_by_their_folders(tmp_path: Path) -> None:
    index = f"{INDEX}    + [Certificates](certif‸)\n"
    at = Editor(tmp_path, {**INDEXED, "index.md": index})
    assert [found.edit.text for found in completions(at.view, at.offset)] == ["web/ssl"]


def test_a_translation_that_is_made_is_none_to_go_to(tmp_path: Path) -> None:
    product = page("Hosting", "Use IMAP with SSL on port 99‸3.\n")
    at = Editor(
        tmp_path, {**INDEXED, "index.md": INDEX, "products/hosting/product.en-gb.md": product}
    )
    assert at.view.collection.siblings(at.source.path)
    assert [found.state for found in translations(at.view)] == ["missing"]
    assert hover(at.view, at.offset) is not None
    assert same_place(at.view, at.offset, "fr-fr") is None
