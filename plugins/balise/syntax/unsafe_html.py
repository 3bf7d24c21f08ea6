"""What raw HTML does beyond showing text and pictures, and what of it is allowed."""

from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from balise.syntax.html import StartTag, address_as_read, start_tags
from balise.syntax.link import SCRIPT

ELEMENTS = frozenset(
    [
        "script",
        "object",
        "embed",
        "applet",
        "frame",
        "frameset",
        "portal",
        "base",
        "link",
        "meta",
        "form",
    ]
)
"""Elements that run something, load or show other files, speak for the whole page, or send what is written."""
ADDRESSES = frozenset(
    ["href", "src", "action", "formaction", "data", "poster", "background", "xlink:href"]
)
RESOLVED = frozenset({("a", "href"), ("img", "src")})
"""Addresses that the site resolves, and leaves out where they are scripts."""

DangerKind = Literal["element", "frame", "event", "document", "script", "open"]


class Danger(msgspec.Struct, array_like=True, frozen=True):
    """One thing that a tag of `element` does.

    `name` is the server of a `frame` (empty if there is none), and the attribute of an `event`, of a
    whole `document`, or of a `script` in place of an address. An `open` tag never ends: what follows
    on the page would be part of it.
    """

    kind: DangerKind
    element: str
    name: str = ""


class AllowedHtml(msgspec.Struct, frozen=True):
    """Elements and servers that pages may use in raw HTML all the same."""

    elements: Sequence[str] = ()
    hosts: Sequence[str] = ()

    def allows(self, danger: Danger) -> bool:
        """Whether a page may do this."""
        if danger.kind == "element":
            return danger.element in self.elements
        if danger.kind == "frame":
            return danger.name in self.hosts or "iframe" in self.elements
        return False


def dangers(name: str, attributes: Sequence[tuple[str, str]]) -> Iterator[Danger]:
    """What a tag does that opens an element."""
    if name in ELEMENTS:
        yield Danger("element", name)
    for key, value in attributes:
        if key.startswith("on"):
            yield Danger("event", name, key)
        elif key == "srcdoc":
            yield Danger("document", name, key)
        elif key in ADDRESSES and (name, key) not in RESOLVED and _is_script(value):
            yield Danger("script", name, key)
    if name == "iframe":
        yield Danger("frame", name, _host(dict(attributes).get("src", "")))


def dangers_in(html: str) -> tuple[Danger, ...]:
    """What all tags of a piece of raw HTML do."""
    found: list[Danger] = []
    for tag in start_tags(html):
        found += dangers(tag.name, tag.attributes)
        if _is_open(tag, html):
            found.append(Danger("open", tag.name))
    return tuple(found)


def _is_script(address: str) -> bool:
    return SCRIPT.match(address_as_read(address)) is not None


def _is_open(tag: StartTag, html: str) -> bool:
    return html[tag.place[1] - 1] != ">"


def _host(src: str) -> str:
    try:
        return urlsplit(address_as_read(src).replace("\\", "/")).hostname or ""
    except ValueError:
        return ""
