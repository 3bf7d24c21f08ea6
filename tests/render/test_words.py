"""The words of the interface: every language says all that the site has to say."""

import re
import tomllib
from pathlib import Path

import pytest

from balise.render.words import FALLBACK, interface_words
from tests.helpers.support import ROOT

PACKAGE = ROOT / "plugins" / "balise"
FILES = sorted((PACKAGE / "render" / "languages").glob("*.toml"))
ENGLISH = interface_words(FALLBACK)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_every_word_and_no_other(file: Path) -> None:
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    assert words.keys() == ENGLISH.keys()
    assert [key for key, word in words.items() if not word.strip()] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_is_translated(file: Path) -> None:
    words = interface_words(file.stem)
    sentences = [key for key, word in ENGLISH.items() if len(word.split()) > 3]
    assert file.stem == FALLBACK or [k for k in sentences if words[k] == ENGLISH[k]] == []


def test_templates_use_words_that_exist_and_can_be_reached() -> None:
    used = {
        word
        for file in (PACKAGE / "mkdocs_plugin" / "theme").rglob("*.html")
        for word in re.findall(r"\bwords\.(\w+)", file.read_text(encoding="utf-8"))
    }
    assert used
    assert used - ENGLISH.keys() == set()
    # To a template `words.copy` is the method of the mapping, not the word.
    assert [word for word in used if hasattr(ENGLISH, word)] == []
