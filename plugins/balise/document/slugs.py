"""Heading text -> anchor id, as the published site has always made them.

The rules are those of Python-Markdown's `toc` extension behind a transliteration to ASCII, which
is what the guides' first renderer used; links in old guides depend on every detail of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# What Unicode does not decompose into ASCII letters. Punctuation is not listed: it is dropped.
TRANSLITERATION = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
        "ı": "i", "ł": "l", "Ł": "L", "ŋ": "ng", "Ŋ": "NG", "ŧ": "t", "Ŧ": "T",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "--", "―": "--", "−": "-",
        "×": "x", "°": "deg", "€": "EUR", "£": "PS", "©": "(c)", "®": "(r)", "™": "(tm)",
        "№": "No", "…": "...", "→": "-", "←": "-",
    }
)  # fmt: skip

DROPPED = re.compile(r"[^A-Za-z0-9_\s-]")
SEPARATORS = re.compile(r"[-\s]+")
COUNTER = re.compile(r"^(.*)_([0-9]{1,9})$", re.DOTALL)


def transliterate(text: str) -> str:
    """`text` in ASCII: letters lose their accents, ligatures open, other characters vanish."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(TRANSLITERATION))
    return decomposed.encode("ascii", "ignore").decode("ascii")


def slugify(text: str) -> str:
    """The id of a heading that reads `text`, before other headings are looked at.

    Empty when nothing of the text is a letter or a digit of some Latin script.
    """
    return SEPARATORS.sub("-", DROPPED.sub("", transliterate(text)).strip().lower())


class IdPool:
    """The ids of a page that are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._next: dict[tuple[str, int], int] = {}

    def add(self, id_: str) -> None:
        """Take `id_` as it is."""
        self.taken.add(id_)

    def unique(self, slug: str) -> str:
        """Take `slug`, or `slug_1`, `slug_2` ... if it is taken or empty, and say which."""
        if slug in self.taken or not slug:
            match = COUNTER.match(slug)
            base, first = (match[1], int(match[2]) + 1) if match else (slug, 1)
            # All numbers from the one where a search began are taken up to where it ended.
            number = max(self._next.get((base, start), first) for start in (1, first))
            number = max(number, first)
            while f"{base}_{number}" in self.taken:
                number += 1
            self._next[base, first] = number + 1
            slug = f"{base}_{number}"
        self.taken.add(slug)
        return slug


def published_ids(headings: Sequence[tuple[int, str, str | None]]) -> list[str]:
    """The ids that the guides' first renderer gave to a page's headings.

    Each heading is its level, its text, and its explicit id or None. That renderer made the id of
    a heading anew for every level it climbed: an h2 behind an h3 became `slug_1`, behind an h4
    `slug_2`. Links to those ids are still about.
    """
    pool = IdPool()
    ids: list[str] = []
    above: list[int] = []
    for level, text, explicit in headings:
        climbed = 0
        while above and above[-1] > level:
            above.pop()
            climbed += 1
        if not above or above[-1] < level:
            above.append(level)
        if explicit is not None:
            pool.add(explicit)
            ids.append(explicit)
            continue
        slug = slugify(text)
        for _ in range(climbed + 1):
            slug = pool.unique(slug)
        ids.append(slug)
    return ids
