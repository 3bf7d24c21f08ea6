"""`click_to_load: true`: nothing of another site is loaded before the reader asks for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.helpers.browsing import in_browser
from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import PAGES

VIDEO = "https://www.youtube.com/embed/abc"
GUIDE = f"""---
title: Autre
slug: autre
---

<iframe title="Film &quot;1&quot;" width="560" height="315" src="{VIDEO}"></iframe>

![Un logo](https://images.example.com/a.png){{.thumbnail}}

[![Insigne](https://images.example.com/b.png)](https://example.com)

`<img src="https://images.example.com/c.png">`
"""
OPTION = PAGES["mkdocs.yml"].replace("balise]", "balise: {click_to_load: true}]")


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    def build(folder: Path) -> None:
        pages = {**PAGES, "mkdocs.yml": OPTION, "guides/web/mails/autre/guide.fr-fr.md": GUIDE}
        ran = mkdocs("build", cwd=write_pages(folder, pages))
        assert ran.status == 0, ran.err

    return once("click-to-load", build) / "site"


def test_what_other_sites_show_is_a_link_without_a_script(site: Path) -> None:
    html = (site / "fr/emails/autre/index.html").read_text("utf-8")
    assert not elements(html, "iframe")
    sources = [str(tag.attributes.get("src")) for tag in elements(html, "img")]
    assert not [src for src in sources if "images.example.com" in src]
    links = [tag.attributes.get("href") for tag in elements(html, "a")]
    assert VIDEO in links
    assert "https://images.example.com/a.png" in links
    assert "Film &quot;1&quot;" in html
    assert "Afficher depuis www.youtube.com</a>" in html
    assert ">Insigne</a>" in html
    assert "&lt;img src=&quot;https://images.example.com/c.png&quot;&gt;" in html


def test_pages_without_such_things_have_no_script_for_them(site: Path) -> None:
    assert "click-to-load" not in (site / "fr/emails/blocs/index.html").read_text("utf-8")


@in_browser
def test_a_click_shows_it_in_its_place(
    page: Page, site: Path, served: Callable[[Path], str]
) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<p>film</p>")

    page.route("https://www.youtube.com/**", answer)
    page.goto(f"{served(site)}fr/emails/autre/")
    link = page.get_by_role("link", name="www.youtube.com")
    expect(link).to_be_visible()
    assert asked == []
    link.focus()
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").get_by_text("film")).to_be_visible()
    assert asked == [VIDEO]
