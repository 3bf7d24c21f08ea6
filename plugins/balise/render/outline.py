"""What a reader sees of a rendered page: its words, the blocks around them, its links and pictures."""

import re
from html.parser import HTMLParser

import msgspec

WORD = re.compile(r"\w+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
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


class Outline(msgspec.Struct, frozen=True):
    """What a page shows.

    `html` is all that is printed, but for comments and the width of blanks. `words` and `blocks` are in
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
    reader = _Reader()
    reader.feed(html)
    reader.close()
    printed = " ".join(COMMENT.sub(" ", html).split())
    return Outline(
        printed, tuple(reader.words), tuple(reader.blocks), reader.marks, frozenset(reader.anchors)
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.blocks: list[str] = []
        self.marks = 0
        self.anchors: set[str] = set()
        self._filled = 0
        """How many words and marks there were when a block was last opened or closed."""

    def handle_data(self, data: str) -> None:
        self.words += words_in(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.blocks.append(tag)
            self._filled = self._seen()
        names = dict(attrs)
        if tag == "img" or (tag == "a" and "href" in names):
            self.marks += 1
        if name := names.get("id") or (names.get("name") if tag == "a" else None):
            self.anchors.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag not in BLOCKS:
            return
        if self.blocks and self.blocks[-1] == tag and self._filled == self._seen():
            self.blocks.pop()
        else:
            self.blocks.append(f"/{tag}")
            self._filled = self._seen()

    def _seen(self) -> int:
        return len(self.words) + self.marks
