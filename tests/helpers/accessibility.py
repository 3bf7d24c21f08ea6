"""Twenty kinds of pages of the project's own site, each in four views, and what axe says of them."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.helpers.support import ROOT

AXE = Path(os.environ.get("AXE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
"""The script of axe-core, which is got by `npm install --no-save axe-core`."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MATERIALS = "nav.md-nav--primary"
"""The navigation of a manual, which is Material's own."""

RUN = "([tags, left]) => axe.run({exclude: [[left]]}, {runOnly: tags})"

VIEWS: Mapping[str, Mapping[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced colours": {"viewport": {"width": 1024, "height": 768}, "forced_colors": "active"},
}
"""Settings of a browser's context."""


_ANSWERED = re.compile("trouvé")


def _as_it_is(page: Page) -> None:
    """Nothing is done."""


def _search(words: str) -> Callable[[Page], None]:
    def search(page: Page) -> None:
        page.keyboard.press("/")
        page.keyboard.type(words)
        expect(page.get_by_role("status").first).to_have_text(_ANSWERED)

    return search


def _await_results(page: Page) -> None:
    expect(page.get_by_role("status").first).to_have_text(_ANSWERED)


def _open_picture(page: Page) -> None:
    page.locator("a.lightbox").first.press("Enter")
    expect(page.locator("dialog.balise-lightbox")).to_be_visible()


def _open_languages(page: Page) -> None:
    page.locator("details.translations > summary").press("Enter")


def _open_menu(page: Page) -> None:
    button = page.locator(".opens-drawer")
    if button.is_visible():
        button.click()


def _open_all(page: Page) -> None:
    page.locator("article details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.get_by_role("tab").last.click()


GUIDE = "fr/emails/configuration-windows-phone-mail-mutu/"
KINDS: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "manual": ("", _as_it_is),
    "page of the manual": ("site/", _as_it_is),
    "long tables": ("configuration/", _as_it_is),
    "rule": ("rules/empty-link/", _as_it_is),
    "all constructs": ("dialect/", _as_it_is),
    "all constructs, opened": ("dialect/", _open_all),
    "home": ("fr/", _as_it_is),
    "home of few guides": ("pl/", _as_it_is),
    "universe": ("gb/en/web/", _as_it_is),
    "product": ("fr/emails/", _as_it_is),
    "guide with pictures": (GUIDE, _as_it_is),
    "guide with tables": ("fr/emails/configurer-thunderbird/", _as_it_is),
    "guide with code": ("gb/en/hosting/ssh-access/", _as_it_is),
    "lost in a locale": ("fr/404.html", _as_it_is),
    "lost": ("404.html", _as_it_is),
    "picture, opened": (GUIDE, _open_picture),
    "languages, opened": (GUIDE, _open_languages),
    "menu, opened": ("fr/web/", _open_menu),
    "search": ("fr/", _search("port")),
    "search, nothing found": ("fr/", _search("zorglub")),
    "results": ("fr/search/?q=port", _await_results),
    "results, nothing found": ("fr/search/?q=zorglub", _await_results),
}
"""The address of each, and what is done there before axe looks."""


def violations(browser: Browser, site: str, kind: str, view: str) -> Iterator[str]:
    """What axe finds on a kind of page: the rule, the element, and why."""
    address, act = KINDS[kind]
    with browser.new_context(reduced_motion="reduce", **VIEWS[view]) as context:
        page = context.new_page()
        page.goto(site + address)
        act(page)
        page.add_script_tag(path=AXE)
        found = page.evaluate(RUN, [TAGS, MATERIALS])
    for violation in found["violations"]:
        for node in violation["nodes"]:
            why = node["failureSummary"].splitlines()[-1].strip()
            yield f"{violation['id']}: {node['target'][0]}: {why}"
