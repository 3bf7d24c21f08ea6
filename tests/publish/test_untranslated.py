"""Guides that a locale lacks: by choice a page at their address leads to the languages that there are."""

from pathlib import Path

import pytest

from tests.helpers.built_files import files
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import found_pages
from tests.publish.test_serve import serving

MAILS = "guides/web/mails"
PAGES = {
    "mkdocs.yml": (
        "site_name: Trial\ntheme: {name: material, font: false}\n"
        "site_url: https://docs.example.org/base/\nplugins: [{balise: {untranslated: true}}]\n"
    ),
    "docs/index.md": "# The manual\n",
    "guides/home.pl-pl.md": "---\ntitle: Przewodniki\n---\n",
    "guides/web/universe.pl-pl.md": "---\ntitle: Sieć\nslug: web\n---\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/universe.fr-ca.md": "---\ntitle: Web\nslug: web\n---\n",
    f"{MAILS}/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    f"{MAILS}/product.pl-pl.md": "---\ntitle: Poczta\nslug: poczta\n---\n",
    f"{MAILS}/zone/guide.fr-fr.md": "---\ntitle: Une zone\nslug: zone\n---\n\nVoir [la suite](../suite/guide.fr-fr.md).\n",
    f"{MAILS}/zone/guide.en-gb.md": (
        "---\ntitle: 'A <zone> &#58; DNS'\nexcerpt: Change & save\nslug: a-zone\n---\n\nText.\n"
    ),
    f"{MAILS}/zone/guide.de-de.md": "---\ntitle: Zone\nslug: zone\n---\n\nText.\n",
    f"{MAILS}/suite/guide.fr-fr.md": "---\ntitle: La suite\nslug: suite\n---\n\nTexte.\n",
    f"{MAILS}/suite/guide.pl-pl.md": (
        "---\ntitle: Dalej\nslug: dalej\n---\n\nZob. [strefę](../zone/guide.pl-pl.md).\n"
    ),
    f"{MAILS}/secret/guide.fr-fr.md": "---\ntitle: Secret\nslug: secret\nhidden: true\n---\n\nTexte.\n",
}
ZONE = "pl/poczta/a-zone/index.html"
OFF = PAGES["mkdocs.yml"].replace("{balise: {untranslated: true}}", "balise")


def built(folder: Path, pages: dict[str, str] = PAGES) -> Path:
    ran = mkdocs("build", "--quiet", cwd=write_pages(folder, pages))
    assert ran.status == 0, ran.err
    return folder / "site"


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("untranslated", built) / "site"


def untranslated(site: Path) -> dict[str, str]:
    """The addresses of all pages for missing guides, and the title of each."""
    pages = ((path, path.read_text(encoding="utf-8")) for path in site.rglob("*.html"))
    return {
        path.parent.relative_to(site).as_posix(): elements(text, "h1")[0].text
        for path, text in pages
        if "untranslated__note" in text
    }


def test_a_missing_guide_has_a_page_at_the_address_that_it_would_have(site: Path) -> None:
    """Readers are shown a guide in their language, else in the first that links fall back to."""
    assert untranslated(site) == {
        "ca/fr/emails/suite": "La suite",
        "ca/fr/emails/zone": "Une zone",
        "de/emails/suite": "La suite",
        "gb/en/emails/suite": "La suite",
        "pl/poczta/a-zone": "A <zone> : DNS",
    }


def test_it_says_what_is_missing_and_leads_on_in_the_language_of_each(site: Path) -> None:
    html = (site / ZONE).read_text(encoding="utf-8")
    article = html.partition("<article")[2].partition("</article>")[0]
    assert 'html lang="pl"' in html
    assert '<title lang="en">A &lt;zone&gt; : DNS - Przewodniki</title>' in html
    assert "Tego przewodnika jeszcze nie ma w tym języku: Polski" in article
    assert [(e.attributes.get("lang"), e.text) for e in elements(article, "h1")] == [
        ("en", "A <zone> : DNS")
    ]
    assert '<p class="guide-excerpt" lang="en">Change &amp; save</p>' in article
    assert [
        (a.attributes["href"], a.attributes["lang"], a.text) for a in elements(article, "a")
    ] == [
        ("../../../gb/en/emails/a-zone/", "en", "Continue in English"),
        ("../../../de/emails/zone/", "de", "Deutsch"),
        ("../../../fr/emails/zone/", "fr", "Français"),
    ]
    breadcrumbs = html.partition('class="breadcrumbs"')[2].partition("</nav>")[0]
    assert [a.text for a in elements(breadcrumbs, "a")] == ["Przewodniki", "Sieć", "Poczta"]


def test_search_engines_and_lists_leave_it_out(site: Path) -> None:
    html = (site / ZONE).read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "hreflang" not in html.partition("</head>")[0]
    named = [
        path.relative_to(site).as_posix()
        for path, data in ((site / name, data) for name, data in files(site).items())
        if b"poczta/a-zone" in data
    ]
    assert named == []
    found = found_pages(site / "pl/pagefind")
    assert sorted(page for page in found if "poczta" in page) == ["/poczta/", "/poczta/dalej/"]


def test_without_the_choice_all_other_files_are_the_same(tmp_path: Path, site: Path) -> None:
    without = files(built(tmp_path, {**PAGES, "mkdocs.yml": OFF}))
    rest = files(site)
    for address in untranslated(site):
        del rest[f"{address}/index.html"]
    del without["sitemap.xml.gz"], rest["sitemap.xml.gz"]  # it has the time of the build
    assert rest == without


def test_nothing_that_is_there_is_replaced(tmp_path: Path) -> None:
    hostile = {
        "guides/_redirects": "/de/emails/suite/ /fr/emails/suite/\n",
        "docs/gb/en/emails/suite.md": "# A page of the manual\n",
        f"{MAILS}/taken/guide.pl-pl.md": "---\ntitle: Tutaj\nslug: A-Zone\n---\n\nTekst.\n",
    }
    site = built(tmp_path, {**PAGES, **hostile})
    assert {page for page in untranslated(site) if "suite" in page} == {"ca/fr/emails/suite"}
    assert "A page of the manual" in (site / "gb/en/emails/suite/index.html").read_text("utf-8")
    assert "pl/poczta/a-zone" not in untranslated(site)


def test_a_build_after_a_change_is_that_from_nothing_and_keeps_what_still_counts(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "again"
    pages = {**PAGES, "mkdocs.yml": PAGES["mkdocs.yml"].replace("true}", "true, search: false}")}
    kept = built(folder, pages) / ZONE
    before = kept.stat().st_ino, kept.stat().st_mtime_ns
    text = f"{MAILS}/zone/guide.de-de.md"
    built(folder, {text: PAGES[text] + "Mehr.\n"})
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == before
    changed = {
        f"{MAILS}/suite/guide.de-de.md": "---\ntitle: Weiter\nslug: suite\n---\n\nText.\n",
        f"{MAILS}/zone/guide.en-gb.md": "---\ntitle: Zones\nslug: zones\n---\n\nText.\n",
    }
    again = files(built(folder, changed))
    assert again == files(
        built(tmp_path / "new", {**pages, text: PAGES[text] + "Mehr.\n", **changed})
    )
    assert ZONE not in again
    assert b"untranslated__note" in again["pl/poczta/zones/index.html"]
    assert b"untranslated__note" not in again["de/emails/suite/index.html"]


def test_the_server_shows_it_until_there_is_a_translation(tmp_path: Path) -> None:
    with serving(write_pages(tmp_path, PAGES)) as served:
        assert "untranslated__note" in served.html("pl/poczta/a-zone/")
        assert served.get("pl/poczta/nothing/")[0] == 404
        served.write(
            f"{MAILS}/zone/guide.pl-pl.md", "---\ntitle: Strefa\nslug: a-zone\n---\n\nTekst.\n"
        )
        page = served.after_change("pl/poczta/a-zone/", "Tekst.")
        assert "untranslated__note" not in page
