"""Pages that a reader is about to open are there before, where the site's owner wants that."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browsing import in_browser
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.once import Once
from tests.publish.test_build import PAGES

GUIDE = "fr/emails/configurer/"
DELIVERED = 'performance.getEntriesByType("navigation")[0].deliveryType'


def build(folder: Path, feature: str) -> None:
    theme = f"{{name: material, font: false, features: [{feature}]}}"
    settings = PAGES["mkdocs.yml"].replace("{name: material, font: false}", theme)
    ran = mkdocs("build", "--quiet", cwd=write_pages(folder, {**PAGES, "mkdocs.yml": settings}))
    assert ran.status == 0, ran.err


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("prefetch", lambda folder: build(folder, "navigation.instant.prefetch")) / "site"


@in_browser
def test_a_link_to_a_guide_is_fetched_before_it_is_opened(
    page: Page, site: Path, served: Callable[[Path], str]
) -> None:
    page.goto(served(site) + GUIDE)
    assert page.evaluate(DELIVERED) == ""
    page.locator("article").get_by_role("link", name="l'autre").click()
    expect(page.locator("h1")).to_have_text("Autre")
    assert page.evaluate(DELIVERED) == "navigational-prefetch"


@in_browser
def test_pictures_and_other_sites_are_never_fetched_before(
    page: Page, site: Path, served: Callable[[Path], str]
) -> None:
    address = served(site)
    page.goto(address + GUIDE)
    rules = page.locator("script[type=speculationrules]").text_content()
    selector = json.loads(rules or "")["prefetch"][0]["where"]["selector_matches"]
    found = page.eval_on_selector_all(selector, "links => links.map((link) => link.href)")
    assert f"{address}fr/emails/autre/#debut" in found
    assert all(url.startswith(address) and not url.endswith(".png") for url in found)


def test_without_the_setting_nothing_is_fetched_before(tmp_path: Path) -> None:
    build(tmp_path, "navigation.top")
    html = (tmp_path / "site" / GUIDE / "index.html").read_text(encoding="utf-8")
    assert "speculationrules" not in html
