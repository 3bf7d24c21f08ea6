"""The page of results: what a search finds, at an address of its own."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.helpers.browsing import in_browser
from tests.helpers.built_files import build_site

GUIDES = {
    "web/mails/thunderbird": "Configurer Thunderbird",
    "web/mails/mot-de-passe": "Changer son mot de passe",
    "web/mails/zone": "Modifier une zone",
    "cloud/instances/cle": "Changer sa clé de Thunderbird",
}
PAGES = {
    "mkdocs.yml": "site_name: Trial\ntheme: {name: material, font: false}\nplugins: [balise]\n",
    "docs/index.md": "# The manual\n",
    "docs/start.md": "# Begin here\n\nThe first steps.\n",
    "docs/reference/one.md": "# Settings & more\n\nAll of them.\n",
    "docs/reference/two.md": "# Commands\n\nAll of them.\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    "guides/cloud/universe.fr-fr.md": "---\ntitle: Cloud\nslug: cloud\n---\n",
    "guides/cloud/instances/product.fr-fr.md": "---\ntitle: Instances\nslug: instances\n---\n",
    "guides/home.en-gb.md": "---\ntitle: Guides\n---\n",
    "guides/search/guide.en-gb.md": "---\ntitle: Searching\nslug: search\n---\n\nHow to search.\n",
    **{
        f"guides/{path}/guide.fr-fr.md": (
            f"---\ntitle: {title}\nslug: {Path(path).name}\n---\n\n## Serveur\n\nLe port 993 de {title}.\n"
        )
        for path, title in GUIDES.items()
    },
}
GUIDES_FOUND = ".balise-results ol > li.balise-search__guide"
PHONE: ViewportSize = {"width": 320, "height": 700}


@in_browser
def test_an_address_has_its_results_as_links(page: Page, site: str) -> None:
    page.goto(f"{site}fr/search/?q=thunderbird")
    expect(page.get_by_role("status")).to_have_text("4 documents trouvés")
    expect(page.get_by_role("searchbox")).to_have_value("thunderbird")
    expect(page).to_have_title(re.compile("^thunderbird - "))
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    expect(page.locator(GUIDES_FOUND)).to_have_count(4)
    expect(page.get_by_role("heading", name="Tous les produits")).to_be_hidden()
    page.get_by_role("link", name="Configurer Thunderbird").first.click()
    expect(page).to_have_url(re.compile("/fr/emails/thunderbird/$"))
    page.wait_for_function("CSS.highlights.has('balise-found')")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("thunderbird")
    expect(page.locator(GUIDES_FOUND)).to_have_count(4)


@in_browser
def test_full_texts_and_pages_without_a_word_are_listed_too(page: Page, site: str) -> None:
    page.goto(f"{site}fr/search/?q=993")
    expect(page.get_by_role("status")).to_have_text("4 documents trouvés")
    expect(page.locator(GUIDES_FOUND)).to_have_count(4)
    page.get_by_role("searchbox").fill("gratuitement configurer thunderbird")
    expect(page.locator(f"{GUIDES_FOUND} s")).to_have_text(["gratuitement"])


@in_browser
def test_what_is_typed_and_narrowed_is_in_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}fr/search/")
    page.get_by_role("searchbox").fill("thunderbrid")
    expect(page).to_have_url(f"{site}fr/search/?q=thunderbrid")
    guides = page.locator(GUIDES_FOUND)
    expect(guides).to_have_count(4)
    filters = page.get_by_role("group", name="Chercher seulement dans").get_by_role("button")
    filters.filter(has_text="Cloud").click()
    expect(guides).to_contain_text(["Changer sa clé de Thunderbird", "Instances"])
    expect(page).to_have_url(f"{site}fr/search/?q=thunderbrid&in=Cloud")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("2 documents trouvés")
    expect(guides).to_contain_text(["Changer sa clé de Thunderbird", "Instances"])
    expect(filters.first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("searchbox").fill("")
    expect(page).to_have_url(f"{site}fr/search/")
    expect(page.get_by_role("heading", name="Tous les produits")).to_be_visible()


@in_browser
def test_the_box_leads_to_all_results_of_what_was_asked(page: Page, site: str) -> None:
    page.goto(f"{site}fr/emails/zone/")
    page.keyboard.press("/")
    expect(page.get_by_role("link", name="Tous les résultats")).to_be_hidden()
    page.keyboard.type("thunderbird")
    expect(page.get_by_role("status")).to_have_text("4 documents trouvés")
    page.get_by_role("button", name="Cloud").click()
    expect(page.get_by_role("status")).to_have_text("2 documents trouvés")
    page.get_by_role("link", name="Tous les résultats").press("Enter")
    expect(page).to_have_url(f"{site}fr/search/?q=thunderbird&in=Cloud")
    expect(page.locator(GUIDES_FOUND)).to_have_count(2)


@in_browser
def test_keys_alone_are_enough_on_the_narrowest_screen(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}fr/search/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("mot de passe")
    expect(page.get_by_role("status")).to_have_text("2 documents trouvés")
    page.keyboard.press("ArrowDown")
    hit = page.get_by_role("link", name="Changer son mot de passe").first
    expect(hit).to_be_focused()
    expect(hit).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/emails/mot-de-passe/")


@in_browser
@pytest.mark.parametrize("words", ["xqzzyk", "<img src=x onerror=document.title='eu'>"])
def test_nonsense_finds_nothing_and_leaves_the_products(page: Page, site: str, words: str) -> None:
    page.goto(f"{site}fr/search/")
    page.get_by_role("searchbox").fill(words)
    expect(page.get_by_role("status")).to_have_text("Aucun document trouvé")
    expect(page.locator(".all-products a")).to_have_text(["Cloud", "Instances", "Web", "E-mails"])
    assert page.locator(".balise-results img").count() == 0
    assert page.title().startswith(words)


@in_browser
def test_a_place_that_is_not_there_finds_nothing_until_it_is_left(page: Page, site: str) -> None:
    page.goto(f"{site}fr/search/?q=thunderbird&in=Nowhere")
    expect(page.get_by_role("status")).to_have_text("Aucun document trouvé")
    page.get_by_role("button", name="Nowhere").click()
    expect(page.get_by_role("status")).to_have_text("4 documents trouvés")


@in_browser
def test_without_a_script_the_products_are_there(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}fr/search/?q=thunderbird")
        expect(page.get_by_role("searchbox")).to_be_hidden()
        page.get_by_role("link", name="E-mails").click()
        page.wait_for_url("**/fr/emails/")


@in_browser
def test_from_the_disk_the_page_says_why_it_cannot_search(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "fr/search/index.html").as_uri())
    page.get_by_role("searchbox").fill("thunderbird")
    expect(page.get_by_role("status")).to_contain_text("ne fonctionne que sur un serveur web")
    page.close()


def test_a_guide_at_that_address_is_there_and_nothing_leads_to_results(folder: Path) -> None:
    text = (folder / "gb/en/search/index.html").read_text(encoding="utf-8")
    assert "How to search." in text
    assert "balise-search__all" not in text
    assert "balise-search__all" in (folder / "fr/emails/zone/index.html").read_text(
        encoding="utf-8"
    )
    assert 'action="' not in (folder / "gb/en/404.html").read_text(encoding="utf-8")


def test_a_site_without_a_search_has_no_such_page(tmp_path: Path) -> None:
    quiet = "site_name: Trial\ntheme: {name: material}\nplugins: [balise: {search: false}]\n"
    build_site(tmp_path, {**PAGES, "mkdocs.yml": quiet})
    assert (tmp_path / "site/fr/404.html").exists()
    assert not (tmp_path / "site/fr/search").exists()
    assert 'action="' not in (tmp_path / "site/fr/404.html").read_text(encoding="utf-8")


@in_browser
def test_nonsense_in_the_manual_is_answered_with_its_parts(page: Page, site: str) -> None:
    page.goto(f"{site}start/")
    page.keyboard.press("/")
    page.keyboard.type("xqzzyk")
    parts = page.get_by_role("group", name="Parts of the manual").get_by_role("option")
    expect(parts).to_have_text(["The manual", "Begin here", "Reference"])
    parts.last.click()
    expect(page).to_have_url(f"{site}reference/one/")
