"""A page as HTML, with the collection around it."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection
from balise.document import read_page
from balise.render import DRAFTS, PublishedFiles, packed_draft, render_draft, render_page
from balise.render.page import relative_address

PATH = "guides/web/guide.fr-fr.md"
NOWHERE = PublishedFiles({})


def html(text: str) -> str:
    page = read_page(SourceFile(PATH, text))
    return render_page(page, Collection.of("guides", [page.document]), NOWHERE).html


@pytest.mark.parametrize("address", ["https:/", "javascript:alert(1)", "<>"])
def test_a_link_that_leads_nowhere_has_no_address(address: str) -> None:
    assert html(f"[text]({address})") == "<p><a>text</a></p>\n"


def test_addresses_that_nobody_can_resolve_stay_as_written() -> None:
    text = '[a](../no/guide.fr-fr.md "T") ![b](no.png){.w-40}'
    assert 'href="../no/guide.fr-fr.md" title="T"' in html(text)
    assert '<img src="no.png" alt="b" width="40" class="w-40" loading="lazy" />' in html(text)


def test_a_size_without_a_number_is_left_alone() -> None:
    assert 'alt="b" width="" loading="lazy"' in html('![b](no.png){width=""}')


def test_a_kept_draft_prints_what_its_page_prints() -> None:
    text = "## T\n\n[a](#t) <a href='#t'>b</a> ![c](d.png){.thumbnail}\n\n{!> e.md !}\n"
    page = read_page(SourceFile(PATH, text))
    collection = Collection.of("guides", [page.document])
    kept = DRAFTS.decode(packed_draft(page))
    assert render_draft(kept, PATH, collection, NOWHERE) == render_page(
        page, collection, NOWHERE, "fr"
    )


@pytest.mark.parametrize(
    ("url", "base", "address"),
    [
        ("fr/mail/", "fr/mail/", "./"),
        ("fr/mail/", "fr/web/", "../mail/"),
        ("fr/mail/setup/", "fr/mail/", "setup/"),
        ("fr/", "fr/mail/setup/", "../../"),
        ("", "fr/mail/", "../../"),
        ("", "index.html", "./"),
        ("404.html", "fr/404.html", "../404.html"),
        ("fr/mail", "fr/mail/setup/", ".."),
        ("pages/é t/a b.png", "fr/mail/", "../../pages/%C3%A9%20t/a%20b.png"),
        ("pages/mail/../a.png", "fr/./mail/", "../../pages/a.png"),
        ("pages//a.png", "fr//mail/", "../../pages/a.png"),
    ],
)
def test_an_address_leads_from_a_page_to_a_file_of_the_site(
    url: str, base: str, address: str
) -> None:
    assert relative_address(url, base) == address
