"""Heading text -> anchor id, as the published site has always made them.

The rules are those of Python-Markdown's `toc` extension behind a transliteration to ASCII, which
is what the guides' first renderer used; links in old guides depend on every detail of it.
"""

import re
import unicodedata
from collections.abc import Sequence

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
COUNTER = re.compile(r"^(.*)_([0-9]+)$", re.DOTALL)


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


def unique(slug: str, taken: set[str]) -> str:
    """`slug`, or `slug_1`, `slug_2` ... if it is taken or empty; adds the answer to `taken`."""
    while slug in taken or not slug:
        match = COUNTER.match(slug)
        slug = f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"
    taken.add(slug)
    return slug


def published_ids(headings: Sequence[tuple[int, str, str | None]]) -> list[str]:
    """The ids that the guides' first renderer gave to a page's headings.

    Each heading is its level, its text, and its explicit id or None. That renderer made the id of
    a heading anew for every level it climbed: an h2 behind an h3 became `slug_1`, behind an h4
    `slug_2`. Links to those ids are still about.
    """
    taken: set[str] = set()
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
            taken.add(explicit)
            ids.append(explicit)
            continue
        slug = slugify(text)
        for _ in range(climbed + 1):
            slug = unique(slug, taken)
        ids.append(slug)
    return ids
