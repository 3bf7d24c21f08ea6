"""Addresses that pages had once: where each leads today, and which lead nowhere.

They come from a page's `aliases`, from its number in an older system, and from `_redirects`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

import msgspec

from balise.base.source import Span
from balise.collection.lookups import Watch
from balise.document import Document, FrontMatterEntry

if TYPE_CHECKING:
    from balise.collection.collection import Collection

REDIRECTS = "_redirects"
"""The collection's table of moved addresses."""

ALIASES, NUMBER = "aliases", "legacy_guide_number"
"""Keys of the front matter: old slugs or addresses, and the number in an older system."""

ITEM = re.compile(r"[^,\s][^,]*")


class Redirect(msgspec.Struct, frozen=True):
    """`source`, a URL from the site's root, leads to `target`: such a URL too, or an absolute one.

    `document` and `span` are where it is written. One that only a number makes is `implied`.
    """

    source: str
    target: str
    document: Document
    span: Span
    fragment: str = ""
    implied: bool = False

    @property
    def external(self) -> bool:
        """Whether it leads to another site."""
        return self.target.startswith(("https://", "http://"))


TroubleKind = Literal["nowhere", "loop", "hides-page", "repeated", "malformed"]


class Trouble(msgspec.Struct, frozen=True):
    """A redirect that does not do what it says; `steps` is the length of a loop."""

    kind: TroubleKind
    redirect: Redirect
    steps: int = 0


class Redirects:
    """All redirects of a collection: the first of a source counts. A `watch` notes who asks."""

    def __init__(self, collection: "Collection", watch: Watch | None = None) -> None:
        self.collection = collection
        self._watch = watch
        self.all: list[Redirect] = [*_table(collection), *_aliases(collection)]
        self.by_source: dict[str, Redirect] = {}
        for redirect in (*self.all, *_numbers(collection)):
            if _valid(redirect) and redirect.source not in collection.by_url:
                self.by_source.setdefault(redirect.source, redirect)
        self._ends: dict[str, Redirect | None] = {}

    def end(self, source: str) -> Redirect | None:
        """The last redirect on the way from `source`, which leads to a page or another site.

        None where there is no such redirect, or where it leads nowhere or in a circle.
        """
        if self._watch:
            self._watch.note("redirects", source)
        way: list[str] = []
        at = source
        end: Redirect | None = None
        seen: set[str] = set()
        while at not in self._ends and at not in seen and (step := self.by_source.get(at)):
            way.append(at)
            seen.add(at)
            if step.external or step.target in self.collection.by_url:
                end = step
                break
            at = step.target
        else:
            end = self._ends.get(at)
        self._ends.update(dict.fromkeys(way, end))
        return end

    def working(self) -> Mapping[str, Redirect]:
        """Old URL -> the last redirect on its way, for all that lead somewhere."""
        ends = {source: self.end(source) for source in self.by_source}
        return {source: end for source, end in ends.items() if end is not None}

    def troubles(self) -> Iterator[Trouble]:
        """What is wrong with the redirects that people wrote, in their order.

        Of a chain that ends nowhere only the last step is wrong, of a circle its first.
        """
        seen: set[str] = set()
        walked: dict[str, int] = {}
        for number, redirect in enumerate(self.all):
            source = redirect.source
            if not _valid(redirect):
                yield Trouble("malformed", redirect)
            elif source in self.collection.by_url:
                yield Trouble("hides-page", redirect)
            elif source in seen:
                yield Trouble("repeated", redirect)
            elif self._leads_nowhere(redirect):
                yield Trouble("nowhere", redirect)
            elif circle := self._circle(source, number, walked):
                yield Trouble("loop", self.by_source[circle[0]], len(circle))
            seen.add(source)

    def _leads_nowhere(self, redirect: Redirect) -> bool:
        known = redirect.target in self.by_source or redirect.target in self.collection.by_url
        return self.collection.whole and not known and not redirect.external

    def _circle(self, source: str, number: int, walked: dict[str, int]) -> list[str]:
        """The circle that walking from `source` finds; empty if none is new."""
        way: list[str] = []
        at = source
        while at not in walked:
            walked[at] = number
            way.append(at)
            step = self.by_source.get(at)
            if step is None or step.external:
                return []
            at = step.target
        return way[way.index(at) :] if walked[at] == number else []


def _valid(redirect: Redirect) -> bool:
    """Whether it is from an address of this site, as it is and not upwards, to an address."""
    source = redirect.source
    upwards = ".." in source.split("/") or source.startswith("/")
    return bool(source and redirect.target) and not upwards and not set("*:\0") & set(source)


def _table(collection: "Collection") -> Iterator[Redirect]:
    document = collection.data.get(REDIRECTS)
    for entry in document.data if document else ():
        source, _ = _from_root(entry.keys[0], collection)
        target, fragment = _from_root(entry.value, collection)
        yield Redirect(source, target, document, entry.key_span, fragment)  # type: ignore[arg-type]


def _aliases(collection: "Collection") -> Iterator[Redirect]:
    for path in sorted(collection.names):
        document = collection.documents[path]
        if document.value(ALIASES) is None:
            continue
        entry = document.front_matter.get(ALIASES) if document.front_matter else None
        for alias, span in _items(entry) if entry else ():
            if "/" in alias.strip("/") or alias.startswith("/"):
                source, _ = _from_root(alias, collection)
            else:
                folder, name = collection.folder(path), collection.names[path]
                source = collection.addresses.with_slug(alias.strip("/"), folder, name)
            yield Redirect(source, collection.urls[path], document, span)


def _items(entry: FrontMatterEntry) -> Iterator[tuple[str, Span]]:
    if entry.kind == "list":
        yield from entry.items
        return
    quoted = entry.value_span.end - entry.value_span.start > len(entry.value)
    for item in ITEM.finditer(entry.value):
        start = entry.value_span.start + quoted + item.start()
        yield item[0].rstrip(), Span(start, start + len(item[0].rstrip()))


def _numbers(collection: "Collection") -> Iterator[Redirect]:
    """For each number and locale; a translation without the number has that of its original."""
    for number, pages in collection.numbers.items():
        also = (other for page in pages for other in collection.siblings(page))
        for page in {page.path: page for page in (*pages, *also)}.values():
            prefix = collection.addresses.prefix(collection.names[page.path])
            source = collection.scheme.numbered.format(locale=prefix, number=number)
            yield Redirect(source, collection.urls[page.path], page, Span(0, 0), implied=True)


def number_of(document: Document) -> str | None:
    """The page's number in an older system, without the `g` that some are written with."""
    value = (document.value(NUMBER) or "").strip().lower().removeprefix("g")
    return value if value.isascii() and value.isdigit() else None


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _from_root(address: str, collection: "Collection") -> tuple[str, str]:
    """An address as a URL from the site's root, and its fragment, decoded; another site's is whole."""
    site = collection.scheme.site
    if address.startswith("//"):
        address = f"https:{address}"
    if address.startswith(("https://", "http://")):
        bare = address.partition("://")[2]
        if not bare.startswith(site.partition("://")[2]):
            return (address, "") if _has_host(address) else ("", "")
        address = bare.removeprefix(site.partition("://")[2])
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    url = unquote(parts.path).lstrip("/")
    if url and not url.endswith("/") and "." not in url.rpartition("/")[2]:
        url += "/"
    return url, unquote(parts.fragment)
