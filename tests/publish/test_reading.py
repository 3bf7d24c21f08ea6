"""What readers do on a page, in a real browser: what is beside the text, and what is in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

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


@pytest.mark.parametrize("width", [1240, 1440, 1920])
def test_the_universes_begin_where_the_bar_above_them_does(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}gb/en/")
    left = "element => element.getBoundingClientRect().left"
    bar, universes = page.locator(".md-header__inner"), page.locator(".md-tabs__list")
    assert universes.evaluate(left) == pytest.approx(bar.evaluate(left), abs=1)


def contrast(page: Page, selector: str) -> float:
    """The contrast between the colour of an element and that of the code below it (WCAG 2.2)."""
    found = page.locator(selector).first.evaluate("""element => {
        const canvas = document.createElement("canvas").getContext("2d");
        const light = (...colours) => {
          for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
          }
          const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = getComputedStyle(element.closest("pre").querySelector("code")).backgroundColor;
        const [low, high] = [light(ground), light(ground, getComputedStyle(element).color)].sort();
        return (high + 0.05) / (low + 0.05);
    }""")
    return float(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_that_copies_can_be_seen_before_one_is_at_it(
    browser: Browser, site: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{site}{GUIDE}")
        assert contrast(page, ".md-code__button") >= 3


def test_nothing_that_can_only_be_clicked_is_printed(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    page.emulate_media(media="print")
    for selector in (".md-code__button", ".carousel-steps", ".tab-strip", ".md-top"):
        expect(page.locator(selector).first).to_be_hidden()
    for slide in page.locator(".slide").all():
        expect(slide).to_be_visible()


def test_all_columns_of_a_wide_table_are_printed(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(f"{site}{GUIDE}")
    page.emulate_media(media="print")
    for cell in ("column_13", "value_13"):
        box = page.get_by_role("cell", name=cell).bounding_box()
        assert box
        assert box["x"] + box["width"] <= 700


def test_the_title_of_the_contents_lies_on_none_of_its_entries(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    title = page.locator(".md-nav--secondary .md-nav__title")
    entry = page.locator(".md-nav--secondary .md-nav__link").first
    assert title.evaluate("element => getComputedStyle(element).boxShadow") == "none"
    above, below = title.bounding_box(), entry.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"] + 1


def test_the_way_back_to_the_top_covers_no_heading_that_one_goes_to(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}#all-systems")
    page.locator('.md-nav--secondary a[href$="#compare"]').click()
    button = page.locator(".md-top")
    expect(button).to_be_visible()
    heading, pill = page.locator("#compare").bounding_box(), button.bounding_box()
    assert heading
    assert pill
    assert pill["y"] > heading["y"] + heading["height"]


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_makes_a_guide_wider_than_the_screen(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}{GUIDE}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for label in page.locator(".action").all():
        box = label.bounding_box()
        assert box
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("table", [".md-typeset__scrollwrap", "table.prices"])
def test_a_wide_table_scrolls_by_keyboard_and_fades_where_there_is_more(
    page: Page, site: str, table: str
) -> None:
    page.goto(f"{site}{GUIDE}")
    frame = page.locator(table).first
    expect(frame).to_have_attribute("tabindex", "0")
    assert "gradient" in frame.evaluate("element => getComputedStyle(element).maskImage")
    cell = frame.locator("td").last
    expect(cell).not_to_be_in_viewport()
    frame.focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    expect(cell).to_be_in_viewport()


def test_a_carousel_has_buttons_and_dots_and_is_of_even_height(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    carousel = page.locator(".carousel-ready").first
    slides, dots = carousel.locator(".slide"), carousel.locator(".carousel-dot")
    previous = carousel.get_by_role("button", name="Previous picture")
    next_one = carousel.get_by_role("button", name="Next picture")
    expect(dots).to_have_count(4)
    heights = slides.evaluate_all("slides => slides.map((slide) => slide.offsetHeight)")
    assert len(set(heights)) == 1
    next_one.click()
    expect(slides.nth(1)).to_be_in_viewport(ratio=0.9)
    expect(dots.nth(1)).to_have_attribute("aria-current", "true")
    dots.last.focus()
    page.keyboard.press("Enter")
    expect(slides.last).to_be_in_viewport(ratio=0.9)
    expect(next_one).to_have_attribute("aria-disabled", "true")
    previous.click()
    expect(dots.nth(2)).to_have_attribute("aria-current", "true")


def test_a_carousel_of_many_pictures_has_a_count_in_place_of_dots(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    carousel = page.locator(".carousel-ready").last
    expect(carousel.locator(".carousel-dot")).to_have_count(0)
    count = carousel.locator(".carousel-count")
    expect(count).to_have_text("1 / 9")
    carousel.get_by_role("button", name="Next picture").click()
    expect(count).to_have_text("2 / 9")


def test_a_footnote_has_one_arrow_back(page: Page, site: str) -> None:
    page.goto(f"{site}{GUIDE}")
    back = page.locator(".footnote-backref")
    assert back.inner_text().strip("\ufe0e") == "↩"
    assert back.evaluate("element => getComputedStyle(element, '::before').content") == "none"


def test_icons_are_there_with_forced_colours(browser: Browser, site: str) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site}{GUIDE}")
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for selector, part in (
            (".admonition-title", "::before"),
            (".md-code__button", "::after"),
            ("article a.external", "::after"),
            (".faq summary", "::after"),
        ):
            colour = page.locator(selector).first.evaluate(
                f"element => getComputedStyle(element, '{part}').backgroundColor"
            )
            assert colour not in (canvas, "rgba(0, 0, 0, 0)"), selector


def test_entities_in_front_matter_are_read_wherever_a_page_is_named(
    page: Page, site: str, once: Once
) -> None:
    title, universe, section = "Set up: everything & more", 'Web "and" mail', "First steps: all"
    page.goto(f"{site}{GUIDE}")
    expect(page).to_have_title(f"{title} - Guides")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".guide-excerpt")).to_have_text('"All" in one')
    expect(page.locator('meta[name="description"]')).to_have_attribute("content", '"All" in one')
    expect(page.locator('meta[property="og:title"]')).to_have_attribute("content", title)
    expect(page.locator(".md-tabs__item--active")).to_contain_text(universe)
    expect(page.locator(".breadcrumbs li").nth(1)).to_have_text(universe)
    expect(page.locator(".place-section > summary")).to_have_text(section)
    expect(page.locator('.place-navigation [aria-current="page"]')).to_have_text(title)
    page.goto(f"{site}{OTHER}")
    expect(page.locator(".guide-related .card__title")).to_have_text(title)
    expect(page.locator('[rel="next"], [rel="prev"]').last).to_contain_text(title)
    page.goto(f"{site}gb/en/mail/")
    expect(page.locator(".listing h2")).to_have_text(section)
    expect(page.locator(".card__excerpt").last).to_have_text('"All" in one')
    for file in (once("constructs", build) / "site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "&amp;quot;" not in text, file
        assert "&amp;#58;" not in text, file
        assert "&amp;amp;" not in text, file


def test_the_search_names_pages_without_entities(page: Page, site: str) -> None:
    page.goto(f"{site}gb/en/")
    page.keyboard.press("/")
    page.keyboard.type("everything")
    expect(page.locator(".balise-search")).to_contain_text("Set up: everything & more")


@pytest.mark.parametrize("path", [GUIDE, "gb/en/", "gb/en/mail/", "gb/en/404.html"])
def test_the_first_key_leads_past_the_bar_to_the_title(page: Page, site: str, path: str) -> None:
    page.goto(f"{site}{path}")
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("h1:target")).to_be_in_viewport()


def test_the_search_shows_that_it_has_the_focus(page: Page, site: str) -> None:
    page.goto(f"{site}gb/en/")
    form = page.locator(".balise-search .md-search__form")
    outline = "element => getComputedStyle(element).outlineStyle"
    assert form.evaluate(outline) == "none"
    page.keyboard.press("/")
    expect(page.locator(".balise-search input")).to_be_focused()
    assert form.evaluate(outline) == "solid"


@pytest.mark.parametrize("width", [320, 1440])
def test_without_javascript_one_finds_a_guide_and_reads_all_of_it(
    browser: Browser, site: str, width: int
) -> None:
    with browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        page.goto(f"{site}gb/en/")
        page.get_by_role("link", name='Web "and" mail').last.click()
        page.locator(".cards").get_by_role("link", name="Mail").click()
        page.locator(".cards").get_by_role("link", name="everything").click()
        expect(page.locator("h1")).to_contain_text("everything")
        for part in (".tab", ".slide", ".faq summary", ".api-call"):
            for element in page.locator(part).all():
                expect(element).to_be_visible()
        question = page.locator(".faq-entry").first
        question.locator("summary").click()
        expect(question.locator(".faq-answer")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width < 1000:
            page.locator('label[for="__drawer"]').last.click()
        page.locator(".place-navigation").get_by_role("link", name="Another guide").click()
        expect(page.locator("h1")).to_have_text("Another guide")
        page.locator(".breadcrumbs").get_by_role("link", name="Mail", exact=True).click()
        expect(page.locator(".listing .card")).to_have_count(2)
