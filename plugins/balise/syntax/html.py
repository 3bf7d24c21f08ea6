"""Raw HTML: its tags as a browser reads them, its comments, and the addresses of its links and pictures."""

import re
from collections.abc import Iterator
from html import unescape

import msgspec
from markdown_it.common.utils import escapeHtml

from balise.syntax.context import Resolver

COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
ADDRESSED = re.compile(
    r"<(?P<name>a|img)(?=[\s/>])(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"(?:^|(?<=[\s\"'/]))(?P<key>[a-zA-Z-]+)\s*=\s*(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<b>[^\s\"'>]+))"
)
BROWSER_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|$))", re.DOTALL)
"""What a browser takes for a comment (HTML Living Standard, 13.2.5.41 to 13.2.5.52)."""
RAW_TEXT = re.compile(
    r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript)\b", re.IGNORECASE
)
"""What may hold `<!--` that begins no comment."""
START = re.compile(r"<([a-zA-Z][^\s/>]*+)")
PART = re.compile(
    r"[\s/]*+(?:([^\s/>=]++|=[^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+)"
)
IGNORED_IN_ADDRESS = re.compile(r"[\t\n\r]")
CONTROL_OR_SPACE = "".join(map(chr, range(0x21)))
KEYS = {"a": "href", "img": "src"}


class HtmlAddress(msgspec.Struct, frozen=True):
    """The address of an `a` or `img` tag: `tag` and `address` are `[start, end)` in the HTML.

    `width` and `height` are those that a picture is given.
    """

    name: str
    value: str
    tag: tuple[int, int]
    address: tuple[int, int]
    alt: str = ""
    width: str | None = None
    height: str | None = None


class StartTag(msgspec.Struct, frozen=True):
    """A tag that opens an element, as a browser reads it: `place` is `[start, end)` in the HTML."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    place: tuple[int, int]


def start_tags(html: str) -> Iterator[StartTag]:
    """Every tag that opens an element, however it is written (HTML Living Standard, 13.2.5).

    One that is not closed goes up to the end: what follows on the page would be read as part of it.
    """
    bare = BROWSER_COMMENT.sub(lambda comment: " " * len(comment[0]), html)
    if not RAW_TEXT.search(bare):
        html = bare
    cursor = 0
    while tag := START.search(html, cursor):
        attributes: dict[str, str] = {}
        cursor = tag.end()
        while part := PART.match(html, cursor):
            cursor = part.end()
            attributes.setdefault(part[1].lower(), unescape(part[2] or part[3] or part[4] or ""))
        end = html.find(">", cursor)
        cursor = end + 1 if end >= 0 else len(html)
        yield StartTag(tag[1].lower(), tuple(attributes.items()), (tag.start(), cursor))


def address_as_read(value: str) -> str:
    """An address as a browser reads it (URL Standard, 4.4): tabs, line ends and blanks around it do not count."""
    return IGNORED_IN_ADDRESS.sub("", value.strip(CONTROL_OR_SPACE))


def blank_comments(html: str) -> str:
    """`html` with blanks for its comments, so that all else stays in its place."""
    return COMMENT.sub(lambda comment: " " * len(comment[0]), html)


def addresses(html: str) -> Iterator[HtmlAddress]:
    """Every `<a href>` and `<img src>` of `html`, comments aside."""
    if "<a" not in html and "<A" not in html and "img" not in html.lower():
        return
    bare = blank_comments(html)
    for tag in ADDRESSED.finditer(bare):
        name = tag["name"].lower()
        found: dict[str, tuple[str, tuple[int, int]]] = {}
        for attribute in ATTRIBUTE.finditer(bare, tag.start("rest"), tag.end("rest")):
            group = next(g for g in ("d", "s", "b") if attribute[g] is not None)
            value = address_as_read(unescape(attribute[group]))
            found.setdefault(attribute["key"].lower(), (value, attribute.span(group)))
        if address := found.get(KEYS[name]):
            alt, width, height = (found.get(key, (None,))[0] for key in ("alt", "width", "height"))
            yield HtmlAddress(name, address[0], tag.span(), address[1], alt or "", width, height)


class AddressSlot(msgspec.Struct, array_like=True, frozen=True, tag=3):
    """The address of a link, or else of a picture, as it is `written` in HTML and as it reads."""

    written: str
    value: str
    link: bool

    def html(self, resolver: Resolver) -> str:
        """The address on the site."""
        if self.link:
            address = resolver.link(self.value).href or "#"
        else:
            address = resolver.image(self.value).src
        return self.written if address == self.value else escapeHtml(address)
