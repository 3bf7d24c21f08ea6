"""What a reader sees of a rendered page: its words, the blocks around them, its links and pictures."""

import re
from html import unescape

import msgspec

from balise.syntax.html import COMMENT

WORD = re.compile(r"\w+")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)([^<>]*+)>")
OWN = re.compile(r"\s*+<a class=\"headerlink\"[^<>]*+>#</a>")
"""The mark behind a heading, which is the site's and not the page's."""
NAMING = re.compile(r"(?<![\w-])(id|name|href)=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "iframe",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that stand in lines of their own."""
BESIDE_BLOCKS = re.compile(rf" ?+(</?(?:{'|'.join(sorted(BLOCKS))})(?=[ />])[^<>]*+>) ?+")
"""Their tags, with a blank that nobody sees."""


class Outline(msgspec.Struct, frozen=True):
    """What a page shows.

    `html` is all that is printed, but for comments, the width of blanks and those beside blocks. `words` and `blocks` are in
    their order, the latter by the tags that open and close them; an empty block is none. `marks` is
    how many links and pictures there are, `anchors` are the places that links can name.
    """

    html: str
    words: tuple[str, ...]
    blocks: tuple[str, ...]
    marks: int
    anchors: frozenset[str]


def words_in(text: str) -> list[str]:
    """The words of a text, in their order."""
    return WORD.findall(text)


def outline(html: str) -> Outline:
    """The outline of a rendered page."""
    bare = OWN.sub("", COMMENT.sub(" ", html))
    words: list[str] = []
    blocks: list[str] = []
    anchors: set[str] = set()
    marks = 0
    filled = 0
    cursor = 0
    text = ""
    in_code = False
    for tag in TAG.finditer(bare):
        text += bare[cursor : tag.start()]
        cursor = tag.end()
        closes, name = bool(tag[1]), tag[2].lower()
        if name == "pre":
            in_code = not closes
        if not in_code or name != "span":  # which colours a part of a word in code
            words += words_in(unescape(text))
            text = ""
        if not closes:
            names = {
                key.lower(): double or single for key, double, single in NAMING.findall(tag[3])
            }
            marks += name == "img" or (name == "a" and "href" in names)
            if anchor := names.get("id") or (names.get("name") if name == "a" else None):
                anchors.add(unescape(anchor))
        if name in BLOCKS:
            if closes and blocks and blocks[-1] == name and filled == len(words) + marks:
                blocks.pop()
            else:
                blocks.append(f"/{name}" if closes else name)
                filled = len(words) + marks
    words += words_in(unescape(text + bare[cursor:]))
    printed = BESIDE_BLOCKS.sub(r"\1", " ".join(bare.split()))
    return Outline(printed, tuple(words), tuple(blocks), marks, frozenset(anchors))
