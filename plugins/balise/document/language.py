"""The language of a text, told by its commonest words, and what is told of each language."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

import msgspec

from balise.document.model import Document

ZONES = {"cs": "cz", "en": "gb"}
"""The zone of a language where it is not called like it: `en-gb`, but `fr-fr`."""

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>", re.DOTALL)
"""What is in no language: code, addresses, attribute lists and tags."""

SIGNS = ".,:()"
"""The signs that stand most often directly beside a word."""

FEWEST = 5
"""Different common words of a language that a text must have to be surely in it."""
MARGIN = 1.4
"""How many times as many as of any other language, counted as often as they occur."""
ENOUGH = 200
"""Words of a text that tell its language."""


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
    entries = sorted(
        (e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name
    )
    return {
        entry.name.removesuffix(".toml"): msgspec.convert(
            tomllib.loads(entry.read_text(encoding="utf-8")), Language
        )
        for entry in entries
    }


def words_of(document: Document) -> list[str]:
    """The words of a page's paragraphs and tables, in lower case."""
    texts = [prose.text.text for prose in document.prose]
    texts += [c.text.text for table in document.tables for row in table.rows for c in row.cells]
    return words_in(" ".join(texts))


def words_in(text: str) -> list[str]:
    """The words of a text without markup, in lower case: what is between blanks and signs."""
    text = text.lower()
    for sign in SIGNS:
        text = text.replace(sign, " ")
    return text.split()


def spread(words: Sequence[str]) -> Sequence[str]:
    """All words of a text, or so many of a long one as tell its language, spread over all of it."""
    return words[:: len(words) // ENOUGH + 1]


def count_words(words: Iterable[str], known: AbstractSet[str]) -> int:
    """How many of the words are known ones, each as often as it is there."""
    return sum(map(known.__contains__, words))


@cache
def languages_by_word() -> Mapping[str, Sequence[str]]:
    """Common word -> the languages that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, language in languages().items():
        for word in language.common:
            found[word].append(code)
    return dict(found)


def language_of_words(words: Sequence[str]) -> str | None:
    """The language of words in lower case, as `fr`; None where that is not sure."""
    known = languages_by_word()
    counts = Counter(code for word in words if word in known for code in known[word])
    best = max(counts, key=counts.__getitem__, default=None)
    second = max((count for code, count in counts.items() if code != best), default=0)
    if best is None or counts[best] < MARGIN * second:
        return None
    different = len(languages()[best].common.intersection(words))
    return best if different >= FEWEST else None


def language_of(text: str) -> str | None:
    """The language of a text in Markdown, as `fr`; None where that is not sure."""
    return language_of_words([word.lower() for word in WORD.findall(CODE.sub(" ", text))])
