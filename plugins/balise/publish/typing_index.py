"""What can be found of a locale while a reader types: titles, products, headings and keywords, in one file.

The browser makes its index of it when the search is opened. Full texts are not in it: see `search.py`.
"""

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

import msgspec

from balise.base.errors import UserError
from balise.document.language import languages
from balise.publish.search import SearchPage

NAME = "typing.pack"
"""The file, JSON compressed by gzip: no server has to do it, and none takes it for encoded."""

HEADING = re.compile(r'<h([23]) id="([^"]*)"[^>]*>(.*?)</h[23]>', re.DOTALL)
"""A heading as `render/` writes it; those below the third level are left to the full text."""
NO_TEXT = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>', re.DOTALL)
DROPPED = re.compile(r"[^A-Za-z0-9_\s-]")
SEPARATORS = re.compile(r"[-\s]+")
COMMON = 10
"""Pages that may share a heading; one on more of them, such as *Requirements*, tells nothing."""


class Heading(NamedTuple):
    """A heading; its `id` is empty where a browser makes it of the text itself."""

    text: str
    id: str = ""


def write_typing_index(
    pages: Sequence[SearchPage], language: str, synonyms: Iterable[Sequence[str]], output: Path
) -> None:
    """Write what is found by typing into the folder `output`: the same bytes for the same pages.

    Each of `synonyms` are phrases that mean the same. Without pages there is no file. Raises UserError.
    """
    if not pages:
        return
    content = msgspec.json.encode(_content(pages, language, synonyms))
    try:
        output.mkdir(parents=True, exist_ok=True)
        (output / NAME).write_bytes(gzip.compress(content, 9, mtime=0))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"the search index {output} cannot be written: {reason}") from error


def _content(
    pages: Sequence[SearchPage], language: str, synonyms: Iterable[Sequence[str]]
) -> dict[str, object]:
    """`trails` are the names above pages; a page is its URL, title, number of its trail, whether it
    is a product, its keywords and its headings, each a text or a text and an id. `common` are words
    that say little, `sections` the numbers of the pages that begin one, with its name."""
    found = [(page, list(headings(page.html))) for page in pages]
    often = Counter(text for _, inside in found for text in {heading.text for heading in inside})
    trails = {
        trail: number for number, trail in enumerate(dict.fromkeys(p.breadcrumbs for p in pages))
    }
    listed: list[list[object]] = []
    for page, inside in found:
        told = [h if h.id else h.text for h in inside if often[h.text] <= COMMON]
        number = trails[page.breadcrumbs]
        listed.append([page.url, page.title, number, int(page.is_product), page.keywords, told])
    known = languages().get(language.partition("-")[0])
    common = sorted(known.common) if known else []
    sections = [(number, page.section) for number, page in enumerate(pages) if page.section]
    return {
        "trails": list(trails),
        "pages": listed,
        "synonyms": list(synonyms),
        "common": common,
    } | ({"sections": sections} if sections else {})


def headings_alone(html: str) -> str:
    """Of the HTML of a page what this index takes of it."""
    return "".join(match[0] for match in HEADING.finditer(html))


def headings(html: str) -> Iterator[Heading]:
    """The headings of a page as plain text, of the second and third level."""
    for _, anchor, inside in HEADING.findall(html):
        text = " ".join(unescape(NO_TEXT.sub("", inside)).split())
        known = unescape(anchor)
        if text:
            yield Heading(text, "" if _by_browser(text) == known else known)


def _by_browser(text: str) -> str:
    """The id that a browser makes of a heading; it knows no more of letters than Unicode says."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return SEPARATORS.sub("-", DROPPED.sub("", plain).strip().lower())
