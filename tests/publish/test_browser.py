"""The site in a real browser: keyboard, anchors, errors."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browsing import in_browser

pytestmark = in_browser

EXAMPLE = "fr/emails/configuration-windows-phone-mail-mutu/"


@pytest.fixture(scope="module")
def site(own_site: Path, served: Callable[[Path], str]) -> str:
    """The project's own site, served."""
    return served(own_site)


def test_a_thumbnail_opens_and_closes_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}{EXAMPLE}")
    link = page.locator("a.lightbox").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.balise-lightbox")
    expect(dialog).to_be_visible()
    alt = page.locator("a.lightbox img").first.get_attribute("alt")
    expect(dialog.locator("figcaption")).to_have_text(str(alt))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_arrows_leaf_through_the_pictures_of_a_page(page: Page, site: str) -> None:
    page.goto(f"{site}{EXAMPLE}")
    links = page.locator("a.lightbox")
    links.first.focus()
    page.keyboard.press("Enter")
    caption = page.locator("dialog.balise-lightbox figcaption")
    alts = [str(link.locator("img").get_attribute("alt")) for link in links.all()]
    for key, shown in (("ArrowRight", 1), ("ArrowLeft", 0), ("ArrowLeft", len(alts) - 1)):
        page.keyboard.press(key)
        expect(caption).to_have_text(alts[shown])
    page.keyboard.press("Escape")
    expect(links.last).to_be_focused()


def test_an_old_anchor_lands_on_its_heading_below_the_header(page: Page, site: str) -> None:
    page.goto(f"{site}{EXAMPLE}")
    page.get_by_role("link", name="l'authentification").first.click()
    heading = page.locator("h3#parametres-du-compte-e-mail")
    expect(heading).to_be_in_viewport()
    box, header = heading.bounding_box(), page.locator(".md-header").bounding_box()
    assert box
    assert header
    assert box["y"] >= header["y"] + header["height"] - 1


def test_a_wide_page_does_not_scroll_sideways_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (EXAMPLE, "fr/emails/configurer-thunderbird/", "", "dialect/"):
        page.goto(f"{site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


TABS = "dialect/"


def test_tabs_are_chosen_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}{TABS}")
    block = page.locator(".tabs").first
    tabs, panels = block.get_by_role("tab"), block.locator(":scope > .tab")
    expect(tabs).to_have_text(["Windows", "macOS", "Linux"])
    tabs.first.focus()
    steps = [
        ("ArrowRight", 1), ("End", 2), ("ArrowRight", 0), ("ArrowLeft", 2), ("Home", 0),
    ]  # fmt: skip
    for key, chosen in steps:
        page.keyboard.press(key)
        expect(tabs.nth(chosen)).to_be_focused()
        for index in range(3):
            selected = index == chosen
            expect(tabs.nth(index)).to_have_attribute("aria-selected", str(selected).lower())
            expect(panels.nth(index)).to_be_visible(visible=selected)
            assert tabs.nth(index).get_attribute("tabindex") == ("0" if selected else "-1")


def test_each_tab_names_its_panel_and_each_panel_its_tab(page: Page, site: str) -> None:
    page.goto(f"{site}{TABS}")
    tabs = page.locator(".tabs").first.get_by_role("tab")
    for index in range(3):
        tab = tabs.nth(index)
        panel = page.locator(f"#{tab.get_attribute('aria-controls')}")
        expect(panel).to_have_attribute("role", "tabpanel")
        assert panel.get_attribute("aria-labelledby") == tab.get_attribute("id")


@pytest.mark.parametrize("way", ["in its address", "by a link"])
def test_an_anchor_in_the_title_of_a_closed_tab_opens_it(page: Page, site: str, way: str) -> None:
    if way == "by a link":
        page.goto(f"{site}{TABS}")
        page.locator('article a[href$="#linux"]').first.click()
    else:
        page.goto(f"{site}{TABS}#linux")
    block = page.locator(".tabs").first
    expect(block.get_by_role("tab", name="Linux")).to_have_attribute("aria-selected", "true")
    expect(block.locator(":scope > .tab").nth(2)).to_be_visible()


def test_an_anchor_in_the_panel_of_a_closed_tab_opens_it(page: Page, site: str) -> None:
    page.goto(f"{site}{TABS}")
    target = page.locator(".tabs .tab").nth(1).locator(".admonition")
    expect(target).to_be_hidden()
    target.evaluate("element => { element.id = 'trial'; location.hash = '#trial'; }")
    expect(target).to_be_visible()
    expect(target).to_be_in_viewport()


@pytest.mark.parametrize("inside", [".faq-answer", ".details > p"])
def test_an_anchor_in_a_closed_answer_opens_it(page: Page, site: str, inside: str) -> None:
    page.goto(f"{site}{TABS}")
    target = page.locator(inside).first
    expect(target).to_be_hidden()
    target.evaluate("element => { element.id = 'trial'; location.hash = '#trial'; }")
    expect(target).to_be_visible()
    expect(target).to_be_in_viewport()


def test_without_javascript_every_panel_is_shown_below_its_title(
    browser: Browser, site: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}{TABS}")
        block = page.locator(".tabs").first
        expect(block.get_by_role("tab")).to_have_count(0)
        for index in range(3):
            expect(block.locator(":scope > .tab").nth(index)).to_be_visible()
            expect(block.locator(".tab-title").nth(index)).to_be_visible()


def test_in_print_every_panel_is_shown_below_its_title(page: Page, site: str) -> None:
    page.goto(f"{site}{TABS}")
    page.emulate_media(media="print")
    block = page.locator(".tabs").first
    expect(block.locator(".tab-strip")).to_be_hidden()
    for index in range(3):
        expect(block.locator(":scope > .tab").nth(index)).to_be_visible()
        expect(block.locator(".tab-title").nth(index)).to_be_visible()
