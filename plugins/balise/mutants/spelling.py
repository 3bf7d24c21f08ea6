"""Other words and numbers that look like the ones that they take the place of."""

import random
import re
from collections.abc import Container

from balise.base.source import Edit, Span

LETTERS = "abcdefghiklmnoprstuvw"
DIGITS = re.compile(r"[0-9]+")
PARAMETER = re.compile(r"\{[^{}]*+\}")
NAME = re.compile(r"[a-z]{4,}")
"""Part of a path or address that is no placeholder, number or locale."""


def misspelled(word: str, chance: random.Random) -> str:
    """A word with two neighbouring characters swapped, or the only one another; it is never the same."""
    pairs = [n for n in range(len(word) - 1) if word[n] != word[n + 1]]
    if pairs:
        at = chance.choice(pairs)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    others = "123456789" if word[:1].isdigit() else LETTERS
    return chance.choice([c for c in others if c != word[0]]) + word[1:]


def other_number(text: str, taken: Container[str], chance: random.Random) -> str | None:
    """A number that differs in its first digit alone; None where all such are taken."""
    others = [f"{digit}{text[1:]}" for digit in range(1, 10) if str(digit) != text[0]]
    free = [number for number in others if number not in taken]
    return chance.choice(free) if free else None


def last_name(text: str) -> re.Match[str] | None:
    """The last part of a path or address that has a name; None where it has none.

    Its scheme is none, and neither are parameters, which each author names as he likes.
    """
    fixed = PARAMETER.sub(lambda found: " " * len(found[0]), text)
    return next(reversed([*NAME.finditer(fixed, text.find("://") + 1)]), None)


def replaced(text: str, span: Span, now: str) -> Edit:
    """The edit that puts other text at a place."""
    return Edit(span, now, text[span.start : span.end])
