"""Whether a name may have been written for another one, going by the words in them.

Letters alone do not tell: `enable-ssl` and `disable-ssl` are almost the same.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

from balise.base.suggestions import nearest
from balise.document.language import WORDS
from balise.document.slugs import transliterate

ALIKE = 75.0
"""Least similarity (0 to 100) of two forms or spellings of a word."""

LONGEST = 300
"""Characters of a name that somebody writes; a longer one is like nothing."""

SHORTEST = 3
"""Characters of a word from which on it says something."""

WORD = re.compile(r"[a-z]+|[0-9]+")


def may_mean(written: str, name: str) -> bool:
    """Whether somebody who wrote the one may have meant the other.

    Not so if they do opposite things, have other numbers, or each has a word that the other lacks.
    """
    if max(len(written), len(name)) > LONGEST:
        return False
    ours, theirs = _words(written), _words(name)
    if _are_apart(_numbers(ours), _numbers(theirs)):
        return False
    if any(_are_apart(*sides) for sides in zip(_sides(ours), _sides(theirs), strict=True)):
        return False
    return not (_lacks(ours, theirs) and _lacks(theirs, ours))


def _words(name: str) -> Sequence[str]:
    return WORD.findall(transliterate(name).lower())


def _lacks(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one of the words, but for such as "the" and "your", is in no form among the others."""
    together = "".join(others)
    return any(
        len(word) >= SHORTEST
        and word.isalpha()
        and word not in together
        and word not in _function_words()
        and nearest(word, others, threshold=ALIKE) is None
        for word in words
    )


def _are_apart(ours: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
    """Whether both have something of a kind, and nothing in common."""
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _numbers(words: Sequence[str]) -> AbstractSet[str]:
    return {word for word in words if word.isdigit()}


def _sides(words: Sequence[str]) -> Sequence[AbstractSet[str]]:
    """For each pair of opposites, on which sides of it the words are."""
    ended = [f"{word} " for word in words]
    return [
        {side for side, stems in pair.items() if any(word.startswith(stems) for word in ended)}
        for pair in _opposites()
    ]


@cache
def _opposites() -> Sequence[Mapping[str, tuple[str, ...]]]:
    """For each pair of all languages, how the words of its two sides begin."""
    text = (files("balise.collection") / "opposites.toml").read_text(encoding="utf-8")
    pairs = [pair for pairs in tomllib.loads(text).values() for pair in pairs]
    return [{"one": tuple(one), "other": tuple(other)} for one, other in pairs]


@cache
def _function_words() -> AbstractSet[str]:
    """The commonest words of all languages, without accents."""
    return {transliterate(word) for words in WORDS.values() for word in words}
