"""Names that fit what somebody types: with and without accents, in any order of words, with slips of the pen."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from balise.base.suggestions import most_like
from balise.document.slugs import transliterate

LIMIT = 100
"""Names that are offered at once."""
SPARE = 8
"""Names that fit from which on nobody is helped by those that are only alike."""
ALIKE = 75.0
"""Least similarity (0 to 100) of a word that is typed to one of a name."""
SHORTEST = 4
"""Characters of a word from which on a slip is looked for."""
WIDEST = 3
"""How many times as wide letters may stand as they are typed."""
LONGEST = 200
"""Characters of what is typed that are looked at."""

WORDS = re.compile(r"[a-z0-9]+")


def folded(text: str) -> str:
    """`text` without accents and capitals."""
    return transliterate(text).lower()


def best_matches(typed: str, names: Sequence[str], limit: int) -> list[int]:
    """The indexes of the `folded` names that fit, the best first, equally good ones in their order.

    All words that are typed are in the name: at its beginning, at the beginnings of its words, or
    anywhere. Only if few are such, those count that have the letters in this order, or nearly so.
    """
    words = WORDS.findall(folded(typed[:LONGEST]))
    if not words:
        return list(range(min(limit, len(names))))
    there = [i for i, name in enumerate(names) if all(word in name for word in words)]
    literal = folded(typed)

    def rank(index: int) -> tuple[bool, bool, int]:
        name = names[index]
        its_words = WORDS.findall(name)
        begun = sum(any(its.startswith(word) for its in its_words) for word in words)
        return literal not in name, not name.startswith(literal), -begun

    found = sorted(there, key=rank)[:limit]
    if len(found) < min(SPARE, limit):
        found += _alike(words, names, set(found))[: limit - len(found)]
    return found


def _alike(words: Sequence[str], names: Sequence[str], known: AbstractSet[int]) -> list[int]:
    """Those that have the letters one after another, or else words that are much like these."""
    letters = "".join(words)
    widest = WIDEST * len(letters)
    spreads = {i: s for i, name in enumerate(names) if 0 < (s := _spread(letters, name)) <= widest}
    if not spreads.keys() <= known:
        return sorted(spreads.keys() - known, key=lambda index: (spreads[index], index))
    meant = [_meant(word, names) for word in words]
    return [
        index
        for index, name in enumerate(names)
        if index not in known and all(any(w in name for w in likely) for likely in meant)
    ]


def _meant(word: str, names: Sequence[str]) -> Sequence[str]:
    """A word, or the words of the names that it may be a slip of where none has it."""
    if len(word) < SHORTEST or any(word in name for name in names):
        return [word]
    known = {found for name in names for found in WORDS.findall(name)}
    return most_like(word, sorted(known), limit=SPARE, threshold=ALIKE)


def _spread(letters: str, name: str) -> int:
    """How many characters the letters take, one after another, where they first end; 0 if they are not there."""
    end = -1
    for letter in letters:
        end = name.find(letter, end + 1)
        if end < 0:
            return 0
    start = end + 1
    for letter in reversed(letters):
        start = name.rfind(letter, 0, start)
    return end + 1 - start
