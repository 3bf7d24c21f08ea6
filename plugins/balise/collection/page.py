"""What a collection knows of a page without its text: where it is, and what its front matter says."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Protocol

import msgspec

from balise.base.source import Span
from balise.document import Document, ForeignKind, FrontMatterEntry

ALIASES, NUMBER, IMG = "aliases", "legacy_guide_number", "img"
"""Keys of the front matter: old slugs or addresses, the number in an older system, the picture."""

ABSOLUTE = ("https://", "http://", "#", "mailto:")
"""How most links begin that lead to no file."""

ITEM = re.compile(r"[^,\s][^,]*")

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
"""An entity or numeric character reference (CommonMark 0.31, section 2.5)."""


class Described(Protocol):
    """A page of which at least its path and the values of its front matter are known."""

    @property
    def path(self) -> str:
        """The path of its file."""

    def value(self, key: str) -> str | None:
        """The first value of a key of its front matter, as written; None without one."""


class Alias(msgspec.Struct, frozen=True, array_like=True):
    """An old slug or address of a page, as written, and its place in the page."""

    text: str
    span: Span


class Page(msgspec.Struct, frozen=True, array_like=True):
    """A page without its text. `values` are the first ones of each key of the front matter, `nested`
    those in its mappings, by `key.name`.

    `foreign` tells how often each kind of markup of another system is on it. One that is `made` has
    no file: it follows from the data files of the collection. `canonical` is the address of the page
    that it is a copy of, as written.
    """

    path: str
    values: dict[str, str]
    aliases: tuple[Alias, ...] = ()
    foreign: dict[ForeignKind, int] = {}
    made: bool = False
    canonical: str = ""
    nested: dict[str, str] = {}

    def value(self, key: str) -> str | None:
        """The value of a key of the front matter, or of `key.name`, as written; None without one."""
        return self.values.get(key, self.nested.get(key))


def page_of(document: Document) -> Page:
    """The page that a document is the text of."""
    front_matter = document.front_matter
    values: dict[str, str] = {}
    nested: dict[str, str] = {}
    for entry in front_matter.entries if front_matter else ():
        values.setdefault(entry.key, entry.value)
        if entry.kind == "mapping":
            pairs = zip(entry.items[::2], entry.items[1::2], strict=False)
            nested |= {f"{entry.key}.{name}": value for (name, _), (value, _) in pairs}
    aliases = front_matter.get(ALIASES) if front_matter else None
    foreign = dict(Counter(found.kind for found in document.foreign))
    canonical = document.canonical
    return Page(
        document.path,
        values,
        tuple(_aliases(aliases)) if aliases else (),
        foreign,
        canonical=canonical.href if canonical else "",
        nested=nested,
    )


class References(msgspec.Struct, frozen=True, array_like=True):
    """The addresses on a page that may name files, as written: of its pictures, and of its links.

    Links without a scheme, that is, and without what stands behind `#`.
    """

    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def references_of(document: Document) -> References:
    """The addresses on a page that may name files."""
    hrefs = (link.href for link in document.links if not link.href.startswith(ABSOLUTE))
    return References(
        tuple(dict.fromkeys(image.src for image in document.images)),
        tuple(dict.fromkeys(href.partition("#")[0] for href in hrefs)),
    )


def decoded(text: str) -> str:
    """A text of the front matter as readers see it: older systems wrote `&#58;` and `&quot;` there."""
    return ENTITY.sub(lambda found: unescape(found.group()), text) if "&" in text else text


def shown(page: Described, key: str) -> str:
    """The value of a key of the front matter as readers see it; empty without one."""
    return decoded(page.value(key) or "")


def hidden(page: Described) -> bool:
    """Whether the page is published, but in no list."""
    return (page.value("hidden") or "").casefold() in ("true", "yes", "on")


def number_of(page: Described) -> str | None:
    """The page's number in an older system, without the `g` that some are written with."""
    value = (page.value(NUMBER) or "").strip().lower().removeprefix("g")
    return value if value.isascii() and value.isdigit() else None


def _aliases(entry: FrontMatterEntry) -> Iterator[Alias]:
    if entry.kind == "list":
        yield from (Alias(text, span) for text, span in entry.items)
        return
    quoted = entry.value_span.end - entry.value_span.start > len(entry.value)
    for item in ITEM.finditer(entry.value):
        start = entry.value_span.start + quoted + item.start()
        yield Alias(item[0].rstrip(), Span(start, start + len(item[0].rstrip())))
