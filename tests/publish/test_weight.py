"""What a reader loads for a guide at a first visit, pictures aside."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from balise.mkdocs_plugin.renderer import THEME
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


def test_styles_and_scripts_are_published_without_what_only_their_authors_read(
    own_site: Path,
) -> None:
    published = own_site / "assets" / "balise"
    for style in published.glob("*.css"):
        text = style.read_text(encoding="utf-8")
        written = (THEME / "assets" / "balise" / style.name).read_text(encoding="utf-8")
        rules = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
        assert "/*" not in text
        assert "".join(text.split()) == "".join(rules.split())
    for script in published.glob("*.js"):
        lines = script.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.lstrip().startswith("//")] == []
