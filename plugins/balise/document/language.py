"""The language of a text, told by its commonest words, and what is told of each language."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from balise.document.model import Document

ZONES = {"cs": "cz", "en": "gb"}
"""The zone of a language where it is not called like it: `en-gb`, but `fr-fr`."""

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>", re.DOTALL)
"""What is in no language: code, addresses, attribute lists and tags."""

FEWEST = 5
"""Different common words of a language that a text must have to be surely in it."""
MARGIN = 1.4
"""How many times as many as of any other language, counted as often as they occur."""


class Language(msgspec.Struct, frozen=True):
    """What is told of a language: its name in English, and words of it, in lower case.

    `common` words are in every longer text, `doubles` may stand twice in a row, `endings` directly
    behind code or a link.
    """

    name: str
    common: frozenset[str]
    doubles: frozenset[str]
    endings: frozenset[str]


@cache
def languages() -> Mapping[str, Language]:
    """Every language that has a file, `languages/fr.toml`, by its code."""
    folder = files("balise.document") / "languages"
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return {
        entry.name.removesuffix(".toml"): msgspec.convert(
            tomllib.loads(entry.read_text(encoding="utf-8")), Language
        )
        for entry in entries
    }


def words_of(document: Document) -> list[str]:
    """The words of a page's paragraphs and tables, in lower case, as they stand between blanks."""
    texts = [prose.text.text for prose in document.prose]
    texts += [c.text.text for table in document.tables for row in table.rows for c in row.cells]
    return " ".join(texts).lower().split()


def counts_by_language(words: Sequence[str]) -> Mapping[str, int]:
    """How many of the words, which are in lower case, are common in each language."""
    return {code: common_words(words, language) for code, language in languages().items()}


def common_words(words: Sequence[str], language: Language) -> int:
    """How many of the words, which are in lower case, are common in a language."""
    return sum(map(language.common.__contains__, words))


def language_of_words(words: Sequence[str]) -> str | None:
    """The language of words in lower case, as `fr`; None where that is not sure."""
    counts = counts_by_language(words)
    second, best = sorted(counts, key=lambda code: (counts[code], code))[-2:]
    different = len(languages()[best].common.intersection(words))
    return best if different >= FEWEST and counts[best] >= MARGIN * counts[second] else None


def language_of(text: str) -> str | None:
    """The language of a text in Markdown, as `fr`; None where that is not sure."""
    return language_of_words([word.lower() for word in WORD.findall(CODE.sub(" ", text))])
