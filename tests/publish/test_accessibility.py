"""What axe says of twenty kinds of pages; `tests/scripts/accessibility.py` looks at each in all views."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.helpers.accessibility import AXE, KINDS, VIEWS, violations
from tests.helpers.browsing import in_browser

pytestmark = [
    in_browser,
    pytest.mark.skipif(
        not AXE.is_file(), reason="there is no axe-core here (AXE may name its script)"
    ),
]

VIEW_OF = {kind: list(VIEWS)[number % len(VIEWS)] for number, kind in enumerate(KINDS)}


@pytest.fixture(scope="module")
def site(own_site: Path, served: Callable[[Path], str]) -> str:
    """The project's own site, served."""
    return served(own_site)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, site: str, kind: str) -> None:
    assert list(violations(browser, site, kind, VIEW_OF[kind])) == []
