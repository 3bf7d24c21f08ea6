"""What several modules share: a browser, pages that tell what fails on them, sites that are built once."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.helpers.browsing import CHROMIUM, OPTIONS, serving
from tests.helpers.command import mkdocs
from tests.helpers.once import Once, filled
from tests.helpers.support import ROOT


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fills folders that all tests of a run share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return lambda name, filling: filled(shared / name, filling)


@pytest.fixture(scope="session")
def own_site(once: Once) -> Path:
    """The site of the project itself, built strictly."""

    def build(folder: Path) -> None:
        ran = mkdocs("build", "--strict", "--quiet", "--site-dir", str(folder / "site"), cwd=ROOT)
        assert ran.status == 0, ran.err

    return once("own", build) / "site"


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Path], str]]:
    """Serves folders, each at its own address, until no page is open any more."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serving(folder))


@pytest.fixture(scope="module")
def browser(served: object) -> Iterator[Browser]:
    """Chromium; it is closed before what is `served` goes away."""
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if anything on it fails, or is warned of."""
    trouble: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def note_lost(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # given up, because the test went on
            trouble.append(f"{request.url}: {request.failure}")

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("requestfailed", note_lost)
        yield page
    assert trouble == []
