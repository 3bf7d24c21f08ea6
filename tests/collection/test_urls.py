"""Where each page is published."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, locale_prefix
from balise.config import OVH_URLS, Urls
from balise.document import PageName, read_document


def collection(*pages: str, root: str = "") -> Collection:
    """Pages as `path slug`, or `path` alone for one without a slug."""
    documents = []
    for page in pages:
        path, _, slug = page.partition(" ")
        text = f"---\ntitle: x\nslug: {slug}\n---\n" if slug else "---\ntitle: x\n---\n"
        documents.append(read_document(SourceFile(path, text)))
    return Collection.of(root, documents)


def url(path: str, *pages: str) -> str | None:
    """Where the page at `path` is published; `pages` are the collection it is in."""
    return collection(*pages).urls.get(path)


@pytest.mark.parametrize(
    ("language", "zone", "prefix"),
    [
        ("fr", "fr", "fr/"),
        ("pl", "pl", "pl/"),
        ("en", "gb", "gb/en/"),
        ("fr", "ca", "ca/fr/"),
        ("cs", "cz", "cz/cs/"),
        ("en", "asia", "asia/en/"),
        ("es", "us", "us/es/"),
    ],
)
def test_a_locale_is_its_zone_and_its_language_where_that_differs(
    language: str, zone: str, prefix: str
) -> None:
    assert locale_prefix(PageName("guide", language, zone), OVH_URLS) == prefix


def test_a_home_is_the_locale() -> None:
    assert url("home.fr-ca.md", "home.fr-ca.md somewhere") == "ca/fr/"


def test_the_page_of_missing_pages_is_a_file() -> None:
    assert url("404.en-gb.md", "404.en-gb.md") == "gb/en/404.html"


def test_a_universe_is_its_slug() -> None:
    assert url("web/universe.fr-fr.md", "web/universe.fr-fr.md hebergement") == "fr/hebergement/"


def test_a_product_stands_by_itself_and_not_below_its_universe() -> None:
    pages = ("web/universe.fr-fr.md hebergement", "web/mail/product.fr-fr.md emails")
    assert url("web/mail/product.fr-fr.md", *pages) == "fr/emails/"


def test_a_guide_stands_below_its_product() -> None:
    pages = (
        "home.fr-fr.md",
        "web/universe.fr-fr.md hebergement",
        "web/mail/product.fr-fr.md emails",
        "web/mail/phone/guide.fr-fr.md configuration-windows-phone",
    )
    expected = "fr/emails/configuration-windows-phone/"
    assert url("web/mail/phone/guide.fr-fr.md", *pages) == expected


def test_a_guide_stands_below_every_product_above_it() -> None:
    pages = (
        "a/product.fr-fr.md un",
        "a/b/product.fr-fr.md deux",
        "a/b/c/guide.fr-fr.md trois",
    )
    assert url("a/b/c/guide.fr-fr.md", *pages) == "fr/un/deux/trois/"


def test_a_folder_between_that_is_no_product_does_not_count() -> None:
    pages = ("a/product.en-gb.md one", "a/b/c/guide.en-gb.md two")
    assert url("a/b/c/guide.en-gb.md", *pages) == "gb/en/one/two/"


def test_a_guide_stands_below_a_guide_above_it() -> None:
    pages = ("a/guide.fr-fr.md un", "a/b/guide.fr-fr.md deux")
    assert url("a/b/guide.fr-fr.md", *pages) == "fr/un/deux/"


def test_another_site_describes_its_own_addresses() -> None:
    urls = Urls(
        site="https://help.example.org/",
        locale="{language}-{zone}/",
        short_locale="{language}/",
        page="{locale}guides/{slug}/",
        page_without_slug="{locale}{folder}/",
    )
    pages = ("mail/product.fr-fr.md mail", "mail/a/guide.fr-fr.md un", "mail/b/guide.en-gb.md")
    documents = collection(*pages).documents.values()
    assert dict(Collection.of("", documents, urls=urls).urls) == {
        "mail/product.fr-fr.md": "fr/guides/mail/",
        "mail/a/guide.fr-fr.md": "fr/guides/un/",
        "mail/b/guide.en-gb.md": "en-gb/mail/b/",
    }


@pytest.mark.parametrize("slug", ["../../etc", "/a/../b/", "./x", "a//b"])
def test_no_slug_leads_upwards(slug: str) -> None:
    found = url("a/guide.fr-fr.md", f"a/guide.fr-fr.md {slug}")
    assert found is not None
    assert not {"", ".", ".."} & set(found.rstrip("/").split("/"))


def test_the_product_of_the_same_locale_counts() -> None:
    pages = ("a/product.fr-fr.md un", "a/product.pl-pl.md jeden", "a/b/guide.pl-pl.md dwa")
    assert url("a/b/guide.pl-pl.md", *pages) == "pl/jeden/dwa/"


def test_a_product_without_that_locale_lends_the_slug_of_france() -> None:
    pages = ("a/product.de-de.md eins", "a/product.fr-fr.md un", "a/b/guide.pl-pl.md dwa")
    assert url("a/b/guide.pl-pl.md", *pages) == "pl/un/dwa/"


def test_a_product_without_france_lends_the_slug_of_another() -> None:
    pages = ("a/product.it-it.md uno", "a/product.de-de.md eins", "a/b/guide.pl-pl.md dwa")
    assert url("a/b/guide.pl-pl.md", *pages) == "pl/eins/dwa/"


def test_a_page_without_a_slug_is_its_whole_folder_path() -> None:
    pages = ("a/product.fr-fr.md un", "a/b/guide.fr-fr.md")
    assert url("a/b/guide.fr-fr.md", *pages) == "fr/a/b/"


def test_slashes_around_a_slug_do_not_count() -> None:
    assert url("a/guide.fr-fr.md", "a/guide.fr-fr.md /un/") == "fr/un/"


@pytest.mark.parametrize("name", ["guide.es_es.md", "default.es-es.md", "README.md"])
def test_a_page_of_another_name_is_never_published(name: str) -> None:
    assert url(f"a/{name}", f"a/{name} un") is None


def test_paths_count_from_the_root_of_the_collection() -> None:
    guides = collection("x/pages/a/guide.fr-fr.md", root="x/pages")
    assert guides.urls == {"x/pages/a/guide.fr-fr.md": "fr/a/"}


def test_a_url_leads_back_to_its_page() -> None:
    guides = collection("a/guide.fr-fr.md un", "a/guide.en-gb.md one")
    assert guides.by_url == {
        "fr/un/": "a/guide.fr-fr.md",
        "gb/en/one/": "a/guide.en-gb.md",
    }


def test_of_two_pages_with_one_url_the_first_by_path_counts() -> None:
    guides = collection("b/guide.fr-fr.md un", "a/guide.fr-fr.md un")
    assert guides.by_url["fr/un/"] == "a/guide.fr-fr.md"


def test_a_path_from_the_root_of_the_file_system_has_an_end() -> None:
    page = SourceFile("/a/b/guide.fr-fr.md", "---\ntitle: x\nslug: x\n---\n")
    assert Collection.of("", [read_document(page)]).urls == {page.path: "fr/x/"}
