"""What a reader loads for a guide at a first visit, pictures aside."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.helpers.browsing import in_browser
from tests.scripts.page_weight import KINDS, weigh


@in_browser
@pytest.mark.parametrize(
    "guide", ["fr/emails/configurer-thunderbird/", "pl/emails/konfiguracja-e-mail-windows-phone/"]
)
def test_a_guide_weighs_at_most_120_kilobytes_of_which_45_are_scripts(
    browser: Browser, own_site: Path, served: Callable[[Path], str], guide: str
) -> None:
    weight = weigh(browser, f"{served(own_site)}{guide}")
    assert weight["font"] > 0
    assert 0 < weight["script"] <= 45
    assert sum(weight[kind] for kind in KINDS) <= 120
