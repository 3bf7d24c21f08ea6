"""Every language leads somewhere: what readers find at an address with nothing, and where their own is missing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.helpers.browsing import in_browser
from tests.helpers.built_files import build_site
from tests.helpers.once import Once

pytestmark = in_browser

MAILS = "guides/web/mails"
FRENCH = {
    "reglages": "Réglages de Thunderbird",
    "mot-de-passe": "Changer son mot de passe",
    "zone": "Modifier une zone DNS",
}
PAGES = {
    "mkdocs.yml": "site_name: Trial\ntheme: {name: material, font: false}\nplugins: [balise]\n",
    "docs/index.md": "# The manual\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    f"{MAILS}/zone/guide.en-gb.md": "---\ntitle: Change a zone\nslug: zone\n---\n\nText.\n",
    "guides/home.pl-pl.md": "---\ntitle: Przewodniki\n---\n",
    **{
        f"{MAILS}/{slug}/guide.fr-fr.md": f"---\ntitle: {title}\nslug: {slug}\n---\n\nTexte.\n"
        for slug, title in FRENCH.items()
    },
}
PHONE: ViewportSize = {"width": 320, "height": 700}


def lost(page: Page, site: str, folder: Path, address: str) -> None:
    """Go to an address with nothing, as a server answers that has the page of its locale."""
    text = (folder / "fr/404.html").read_text(encoding="utf-8")
    page.route(f"**/{address}", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(f"{site}{address}")


# An address with nothing


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("fr/emails/reglage-thunderbrid", "reglage thunderbrid"),
        ("fr/emails/r%C3%A9glages_thunderbird.html", "réglages thunderbird"),
    ],
)
def test_the_words_of_a_lost_address_lead_to_the_nearest_guides(
    page: Page, site: str, folder: Path, address: str, words: str
) -> None:
    page.set_viewport_size(PHONE)
    lost(page, site, folder, address)
    expect(page.get_by_role("searchbox")).to_have_value(words)
    nearest = page.locator(".lost__nearest a")
    expect(nearest).to_have_text(["Réglages de Thunderbird"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    nearest.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/emails/reglages/")


def test_typing_finds_other_guides_and_enter_searches_all_texts(
    page: Page, site: str, folder: Path
) -> None:
    lost(page, site, folder, "fr/nothing-like-it/xqzzyk/")
    expect(page.locator(".lost__nearest")).to_be_hidden()
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("mot de passe")
    expect(page.locator(".lost__nearest a")).to_have_text(["Changer son mot de passe"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/?q=mot+de+passe")
    expect(page.get_by_role("searchbox")).to_have_value("mot de passe")
    expect(page.locator(".balise-search__hit").first).to_contain_text("Changer son mot de passe")


def test_the_page_of_the_whole_site_shows_that_of_the_locale(
    page: Page, site: str, folder: Path
) -> None:
    text = (folder / "404.html").read_text(encoding="utf-8")
    for address in ("fr/emails/zones/", "de/nowhere/"):
        page.route(
            f"**/{address}", lambda route: route.fulfill(body=text, content_type="text/html")
        )
    page.goto(f"{site}fr/emails/zones/")
    expect(page.get_by_role("searchbox").first).to_have_value("zones")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(".lost__nearest a").first).to_have_text("Modifier une zone DNS")
    page.goto(f"{site}de/nowhere/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_markup_in_an_address_is_text(page: Page, site: str, folder: Path) -> None:
    lost(page, site, folder, "fr/%3Cimg%20src=x%20onerror=alert(1)%3E-zone")
    expect(page.get_by_role("searchbox")).to_have_value("img src x onerror alert 1 zone")


def test_a_lost_page_has_the_homes_of_all_locales_and_the_products_without_a_script(
    browser: Browser, site: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}fr/404.html")
        expect(page.get_by_role("searchbox")).to_be_hidden()
        expect(page.locator(".all-products a")).to_have_text(["Web", "E-mails"])
        page.locator(".translations summary").click()
        links = page.locator(".translations a")
        expect(links).to_have_text(["English", "Français", "Polski"])
        links.last.click()
        expect(page.locator("h1")).to_have_text("Przewodniki")


def test_a_site_of_one_locale_has_no_list_of_locales(tmp_path: Path) -> None:
    one = {name: text for name, text in PAGES.items() if ".en-" not in name and ".pl-" not in name}
    build_site(tmp_path, one)
    assert not (tmp_path / "site/locales.json").exists()
    assert "languages.js" not in (tmp_path / "site/fr/404.html").read_text(encoding="utf-8")
    assert len(json.loads((tmp_path / "site/fr/404.json").read_text(encoding="utf-8"))) == 5


# A page without a translation into the reader's language


@pytest.mark.parametrize(
    ("language", "told"),
    [
        pytest.param(
            "pl-PL", ["English", "Français", "Polskijeszcze nieprzetłumaczone"], id="missing"
        ),
        pytest.param("en-US", ["English", "Français"], id="there"),
        pytest.param("de-DE", ["English", "Français"], id="not of the site"),
    ],
)
def test_readers_see_that_their_language_is_missing_and_where_it_is(
    browser: Browser, site: str, language: str, told: list[str]
) -> None:
    with browser.new_context(locale=language, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{site}fr/emails/zone/")
        page.locator(".translations summary").focus()
        with page.expect_response("**/locales.json"):
            page.keyboard.press("Enter")
        links = page.locator(".translations a")
        expect(links).to_have_text(told)
        if language == "pl-PL":
            links.last.focus()
            page.keyboard.press("Enter")
            page.wait_for_url("**/pl/")


# The entrance


def with_entrance(pages: dict[str, str]) -> dict[str, str]:
    """The same with an entrance for all locales."""
    mkdocs_yml = PAGES["mkdocs.yml"].replace("[balise]", "[{balise: {entrance: true}}]")
    return {**pages, "mkdocs.yml": mkdocs_yml}


@pytest.fixture(scope="module")
def entrance(once: Once, served: Callable[[Path], str]) -> str:
    """A site without a page of the manual at its root."""
    pages = {**with_entrance(PAGES), "docs/about.md": PAGES["docs/index.md"]}
    del pages["docs/index.md"]
    return served(once("entrance", lambda folder: build_site(folder, pages)) / "site")


def test_the_entrance_suggests_the_readers_locale_and_remembers_the_one_that_was_chosen(
    browser: Browser, entrance: str
) -> None:
    with browser.new_context(locale="pl-PL", viewport=PHONE) as context:
        page = context.new_page()
        page.goto(entrance)
        expect(page.locator(".entrance a")).to_have_count(3)
        expect(page.locator('.entrance a[lang="fr"]')).to_contain_text("Guides : 3")
        suggestion = page.locator(".entrance__suggestion")
        expect(suggestion).to_have_text("Kontynuuj: Polski")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.locator('.entrance a[lang="fr"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/fr/")
        page.goto(entrance)
        expect(suggestion).to_have_text("Continuer en Français")
        suggestion.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/fr/")


def test_without_a_script_the_entrance_has_all_locales(browser: Browser, entrance: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(entrance)
        expect(page.locator(".entrance__suggestion")).to_be_hidden()
        page.locator('.entrance a[lang="pl"]').click()
        expect(page.locator("h1")).to_have_text("Przewodniki")


def test_beside_a_manual_the_entrance_has_an_address_of_its_own(tmp_path: Path) -> None:
    build_site(tmp_path, with_entrance(PAGES))
    assert 'class="cards entrance"' in (tmp_path / "site/languages/index.html").read_text("utf-8")
    assert "The manual" in (tmp_path / "site/index.html").read_text("utf-8")
