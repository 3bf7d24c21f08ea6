"""What tests of all packages share: processes that keep what Python has compiled, and a browser.

Its pages tell what fails on them.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browsing import CHROMIUM, OPTIONS, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

# Where it is set, each of some thousand commands that tests run compiles the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_collection_finish() -> None:
    """Leave some hundred thousand objects, which stay to the end, out of the rounds of the collector."""
    gc.freeze()


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[[Path], str]]:
    """Serves folders, each at its own address, for the tests of a module."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serving(folder))


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, one for all tests of a process; what a test opens in it, it closes."""
    from playwright.sync_api import sync_playwright  # most packages have no test in a browser

    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page that fails the test if anything on it fails, or is warned of."""
    trouble: list[str] = []

    def note(message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def note_lost(request: "Request") -> None:
        if request.failure != "net::ERR_ABORTED":  # given up, because the test went on
            trouble.append(f"{request.url}: {request.failure}")

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("requestfailed", note_lost)
        yield page
    assert trouble == []
