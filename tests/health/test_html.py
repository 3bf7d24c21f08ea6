"""The page about the health of a collection: by itself, without its script, and in a browser."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from balise.health import html
from balise.health.model import Cell, Counts, Guide, Health, Month, State
from tests.helpers.browsing import in_browser
from tests.helpers.elements import elements

TITLE = "A <b>title</b> </script><script>alert(1)</script> &amp;"
LOCALES = ("fr-fr", "de-de", "pl-pl")
MANY = 250


def cell(name: str, locale: str, *states: State, errors: int = 0) -> Cell:
    said = {state: "told <b>so</b>" if state is State.STALE else "" for state in states}
    rules = {"unresolved-link": errors} if errors else {}
    return Cell(f"guides/{name}/guide.{locale}.md", TITLE, said, Counts(errors), rules)


def guide(name: str, title: str = TITLE, **cells: Cell) -> Guide:
    there = {locale.replace("_", "-"): cell for locale, cell in cells.items()}
    missing = tuple(locale for locale in LOCALES if locale not in there)
    source = f"guides/{name}/guide.fr-fr.md"
    return Guide(name, "guide", title, (name.partition("/")[0],), source, there, missing)


def health() -> Health:
    mail = guide(
        "web/mail",
        fr_fr=cell("web/mail", "fr-fr", State.HEALTHY),
        de_de=cell("web/mail", "de-de", State.ERRORS, State.STALE, errors=2),
    )
    ports = guide(
        "cloud/ports",
        "Ports",
        fr_fr=cell("cloud/ports", "fr-fr", State.HEALTHY),
        pl_pl=cell("cloud/ports", "pl-pl", State.UNTRANSLATED),
    )
    others = [
        guide(f"cloud/{n}", f"Guide {n:03}", fr_fr=cell(f"cloud/{n}", "fr-fr", State.HEALTHY))
        for n in range(MANY)
    ]
    months = (Month("2024-01", 2, {"fr-fr": 2}),)
    titles = {"web": "Web & <i>mail</i>", "cloud": "Cloud"}
    return Health(LOCALES, (mail, ports, *others), titles, (State.DIFFERENT,), Counts(1), months)


@pytest.fixture(scope="module")
def text() -> str:
    return html.render(health())


def test_each_guide_is_a_row_with_a_cell_for_each_locale(text: str) -> None:
    rows = [row for row in elements(text, "tr") if "data-n" in row.attributes]
    assert len(rows) == MANY + 2
    assert rows[0].text.endswith("web/mail/guide1✓S ✕2–")
    cells = [cell for cell in elements(text, "td") if cell.classes & {"e", "u"}]
    assert [(c.text, c.attributes["title"]) for c in cells] == [
        ("S ✕2", "errors, stale"),
        ("U", "untranslated"),
    ]


def test_a_title_with_markup_is_text_everywhere(text: str) -> None:
    assert "<b>title" not in text
    assert len(elements(text, "script")) == 2
    (data,) = (e.text for e in elements(text, "script") if e.attributes.get("id") == "data")
    assert json.loads(data)["guides"][0][0][2] == ["told <b>so</b>"]
    assert "Web &amp; &lt;i&gt;mail" in text


def test_the_page_asks_for_nothing_else(text: str) -> None:
    assert [e.tag for e in elements(text) if {"src", "srcset"} & e.attributes.keys()] == []
    assert {e.attributes["href"] for e in elements(text, "a")} == {
        "#matrix-title", "#locales-title", "#areas-title", "#history-title",
    }  # fmt: skip
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")
    (policy,) = (
        str(e.attributes["content"])
        for e in elements(text, "meta")
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (script,) = (e for e in elements(text, "script") if not e.attributes)
    mark = b64encode(sha256("".join(script.parts).encode()).digest()).decode()
    assert f"script-src 'sha256-{mark}'" in policy
    assert policy.startswith("default-src 'none';")


def test_every_table_says_what_its_cells_are_about(text: str) -> None:
    assert len(elements(text, "table")) == len(elements(text, "caption")) == 4
    assert {e.attributes.get("scope") for e in elements(text, "th")} == {"col", "row"}


def test_a_state_that_is_not_known_has_no_column_but_a_note(text: str) -> None:
    assert "structure-differs-between-locales" in text
    assert "Structure differs" not in [e.text for e in elements(text, "th")]


def test_the_page_is_kept_from_search_engines(text: str) -> None:
    (robots,) = (e for e in elements(text, "meta") if e.attributes.get("name") == "robots")
    assert robots.attributes["content"] == "noindex"


def _luminance(color: str) -> float:
    digits = color.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_signs_and_texts_are_well_read_in_light_and_dark() -> None:
    styles = (files("balise.health") / "page.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{([^}]*--page[^}]*--panel[^}]*)\}", styles):
        colors = dict(re.findall(r"--([\w-]+): (#\w+)", block))
        pairs = [
            (colors[name.removeprefix("on-")], colors[name]) for name in colors if name[:3] == "on-"
        ]
        pairs += [
            (colors["panel"], colors[name]) for name in ("text", "soft", "blue", "on-missing")
        ]
        assert len(pairs) == 11
        assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


@pytest.fixture(scope="module")
def address(
    text: str, tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], str]
) -> str:
    folder = tmp_path_factory.mktemp("page")
    (folder / "health.html").write_text(text, encoding="utf-8")
    return f"{served(folder)}health.html"


def _titles(page: Page) -> list[str]:
    return page.locator("#matrix tbody th button").all_inner_texts()


@in_browser
def test_filters_leave_what_is_asked_for(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#shown")).to_have_text(f"{MANY + 2} of {MANY + 2} guides")
    page.fill("#text", "PORTS")
    assert _titles(page) == ["Ports"]
    page.fill("#text", "")
    page.select_option("#state", "s")
    assert _titles(page) == [TITLE]
    page.select_option("#state", "ill")
    page.select_option("#locale", "pl-pl")
    assert _titles(page) == ["Ports"]
    expect(page.locator("#matrix thead th", has_text="de-de")).to_be_hidden()
    page.click("#reset")
    page.select_option("#area", "web")
    assert _titles(page) == [TITLE]


@in_browser
def test_an_address_keeps_the_filters(page: Page, address: str) -> None:
    page.goto(address)
    page.select_option("#state", "u")
    assert page.url == f"{address}#state=u"
    page.reload()
    assert _titles(page) == ["Ports"]


@in_browser
def test_more_rows_are_shown_when_they_are_asked_for(page: Page, address: str) -> None:
    page.goto(address)
    assert len(_titles(page)) == 200
    page.click("#more")
    assert len(_titles(page)) == MANY + 2
    expect(page.locator("#more")).to_be_hidden()
    expect(page.locator("#matrix tbody tr").nth(200).locator("button")).to_be_focused()


@in_browser
def test_all_that_the_filters_leave_is_printed(page: Page, address: str) -> None:
    page.goto(address)
    page.pdf()
    assert len(_titles(page)) == MANY + 2


@in_browser
def test_a_column_sorts_and_says_so(page: Page, address: str) -> None:
    page.goto(address)
    header = page.locator("#matrix thead th").first
    header.locator("button").press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert all(a.casefold() <= b.casefold() for a, b in pairwise(_titles(page)))
    header.locator("button").press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert _titles(page)[0] == "Ports"
    page.locator("#matrix thead th", has_text="pl-pl").locator("button").click()
    assert header.get_attribute("aria-sort") is None
    assert _titles(page)[0] == "Ports"


@in_browser
def test_a_guide_tells_what_is_wrong_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    button = page.locator("#matrix tbody th button").first
    button.press("Enter")
    dialog = page.locator("#details")
    expect(dialog).to_be_visible()
    expect(dialog.locator("li")).to_have_count(1)
    expect(dialog.locator("li")).to_contain_text("told <b>so</b>")
    expect(dialog.locator("li")).to_contain_text("unresolved-link: 2")
    expect(dialog.locator("li code")).to_have_text("guides/web/mail/guide.de-de.md")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


@in_browser
def test_without_its_script_the_page_is_a_table_with_all_rows(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert page.locator("#matrix tbody tr >> visible=true").count() == MANY + 2
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator("#more")).to_be_hidden()


@in_browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_as_wide_as_the_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".scroll").evaluate("e => e.scrollTo(400, 2000)")
    box = page.locator("#matrix thead th").first.bounding_box()
    region = page.locator(".scroll").bounding_box()
    assert box is not None
    assert region is not None
    assert abs(box["x"] - region["x"]) <= 2
    assert abs(box["y"] - region["y"]) <= 2
