"""Which address search engines are to know a guide by: regional variants with one text have one."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once

SITE = "https://docs.example.org/base/"
TEXT = "\n## Ports\n\nThe port is 993, see [the rest](#ports).\n"
MAILS = "guides/web/mails"


def page(title: str, text: str = TEXT, more: str = "") -> str:
    return f"---\ntitle: {title}\nslug: {title.lower()}\n{more}---\n{text}"


PAGES = {
    "mkdocs.yml": f"site_name: Trial\nsite_url: {SITE}\ntheme: {{name: material, font: false}}\nplugins: [balise]\n",
    "docs/index.md": "# The manual\n",
    f"{MAILS}/product.en-gb.md": "---\ntitle: Emails\nslug: emails\n---\n",
    f"{MAILS}/ports/guide.en-gb.md": page("Ports"),
    f"{MAILS}/ports/guide.en-ie.md": page("Ports").replace("\n", "\r\n"),
    f"{MAILS}/ports/guide.en-sg.md": page("Ports", TEXT.replace("993", "143")),
    f"{MAILS}/ports/guide.en-us.md": page("Ports", more="hidden: true\n"),
    f"{MAILS}/ports/guide.fr-ca.md": page("Ports"),
    f"{MAILS}/ports/guide.fr-fr.md": page("Ports"),
    f"{MAILS}/named/guide.en-gb.md": page("Named"),
    f"{MAILS}/named/guide.en-ie.md": page(
        "Named", more="routes: {canonical: ../ports/guide.fr-fr.md}\n"
    ),
    f"{MAILS}/named/guide.en-sg.md": page(
        "Named", more="routes: {canonical: 'https://example.com/named'}\n"
    ),
    f"{MAILS}/empty/guide.en-gb.md": page("Empty", "\n"),
    f"{MAILS}/empty/guide.en-ie.md": page("Empty", "\n"),
}


def build(folder: Path) -> None:
    ran = mkdocs("build", "--quiet", cwd=folder)
    assert ran.status == 0, ran.err


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("canonical", lambda folder: build(write_pages(folder, PAGES))) / "site"


def canonical(site: Path, url: str) -> str:
    html = (site / url / "index.html").read_text(encoding="utf-8")
    heads = [element.attributes for element in elements(html, "link")]
    (found,) = [str(head["href"]) for head in heads if head.get("rel") == "canonical"]
    return found.removeprefix(SITE)


def alternates(site: Path, url: str) -> dict[str, str]:
    html = (site / url / "index.html").read_text(encoding="utf-8")
    heads = [element.attributes for element in elements(html, "link")]
    return {
        str(head["hreflang"]): str(head["href"]).removeprefix(SITE)
        for head in heads
        if "hreflang" in head
    }


def in_sitemaps(site: Path) -> set[str]:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {
        (loc.text or "").removeprefix(SITE)
        for file in site.rglob("*/sitemap.xml")
        for loc in ElementTree.parse(file).iter(f"{space}loc")  # noqa: S314 - made by this test
    }


@pytest.mark.parametrize(
    ("url", "named"),
    [
        pytest.param("gb/en/emails/ports/", "gb/en/emails/ports/", id="the first to fall back on"),
        pytest.param("ie/en/emails/ports/", "gb/en/emails/ports/", id="the same text"),
        pytest.param("sg/en/emails/ports/", "sg/en/emails/ports/", id="another number"),
        pytest.param("us/en/emails/ports/", "us/en/emails/ports/", id="in no list"),
        pytest.param("ca/fr/emails/ports/", "fr/emails/ports/", id="in another language"),
        pytest.param("ie/en/emails/named/", "fr/emails/ports/", id="a page that it names"),
        pytest.param("sg/en/emails/named/", "https://example.com/named", id="a site that it names"),
        pytest.param("ie/en/emails/empty/", "ie/en/emails/empty/", id="no text"),
    ],
)
def test_a_page_names_one_of_its_regional_variants(site: Path, url: str, named: str) -> None:
    assert canonical(site, url) == named


def test_translations_and_sitemaps_know_no_address_but_the_one_that_is_named(site: Path) -> None:
    english, french = "gb/en/emails/ports/", "fr/emails/ports/"
    found = {
        "en-GB": english,
        "en-IE": english,
        "en-SG": "sg/en/emails/ports/",
        "fr-CA": french,
        "fr-FR": french,
        "x-default": english,
    }
    for url in (english, french, "sg/en/emails/ports/"):
        assert alternates(site, url) == found
    for url in ("ie/en/emails/ports/", "ca/fr/emails/ports/", "us/en/emails/ports/"):
        assert alternates(site, url) == {}
    listed = in_sitemaps(site)
    assert {english, french, "sg/en/emails/ports/", "gb/en/emails/named/"} < listed
    left_out = {"ie/en/emails/ports/", "ca/fr/emails/ports/", "ie/en/emails/named/"}
    assert not listed & {*left_out, "sg/en/emails/named/"}


def test_a_change_of_one_variant_is_told_on_the_others(tmp_path: Path) -> None:
    build(write_pages(tmp_path, PAGES))
    write_pages(tmp_path, {f"{MAILS}/ports/guide.en-gb.md": page("Ports", f"{TEXT}\nMore.\n")})
    build(tmp_path)
    site = tmp_path / "site"
    assert canonical(site, "ie/en/emails/ports/") == "ie/en/emails/ports/"
    assert alternates(site, "fr/emails/ports/")["en-IE"] == "ie/en/emails/ports/"
    assert "ie/en/emails/ports/" in in_sitemaps(site)
