"""What readers do on a page, in a real browser: what is beside the text, and what is in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browsing import in_browser
from tests.helpers.constructs_site import GUIDE, OTHER, build
from tests.helpers.once import Once

pytestmark = in_browser


@pytest.fixture(scope="module")
def site(once: Once, served: Callable[[Path], str]) -> str:
    """A site with a guide that has everything, served."""
    return served(once("constructs", build) / "site")


def chosen(page: Page) -> list[str]:
    """The titles of the chosen tabs, in the order of their blocks."""
    return page.locator('[role="tab"][aria-selected="true"]').all_inner_texts()


def test_a_choice_of_tabs_is_one_for_all_blocks_and_on_the_next_page(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    assert chosen(page)[:2] == ["Windows", "Linux"]
    page.get_by_role("tab", name="Windows").last.click()
    assert chosen(page)[:2] == ["Windows", "Windows"]
    page.get_by_role("tab", name="Linux").first.click()
    assert chosen(page)[:2] == ["Linux", "Linux"]
    page.goto(f"{site}{OTHER}")
    assert chosen(page) == ["Linux"]
    page.reload()
    assert chosen(page) == ["Linux"]


def test_a_chosen_tab_stays_where_it_is_on_the_screen(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    tab = page.get_by_role("tab", name="Linux").last
    tab.scroll_into_view_if_needed()
    before = tab.bounding_box()
    tab.click()
    after = tab.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) <= 1


def test_a_browser_that_keeps_nothing_has_tabs_all_the_same(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })"
        )
        page = context.new_page()
        page.goto(f"{site}{OTHER}")
        page.get_by_role("tab", name="Linux").click()
        assert chosen(page) == ["Linux"]


def test_a_strip_of_tabs_scrolls_to_the_chosen_one_and_fades_where_there_is_more(
    page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{site}{GUIDE}")
    strip = page.locator(".tab-strip").last
    fade = "strip => getComputedStyle(strip).maskImage"
    assert "gradient" in strip.evaluate(fade)
    assert "gradient" not in page.locator(".tab-strip").nth(1).evaluate(fade)
    tab = strip.get_by_role("tab").last
    strip.get_by_role("tab").first.focus()
    page.keyboard.press("End")
    expect(tab).to_be_in_viewport(ratio=0.99)
