"""Addresses that pages had once: where each leads today, and which lead nowhere.

They come from a page's `aliases`, from its number in an older system, and from `_redirects`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

import msgspec

from balise.base.source import Span
from balise.collection.page import Page
from balise.collection.site_names import INDEX, is_own_file
from balise.collection.urls import Addresses
from balise.config import Urls
from balise.document import Document, PageName

REDIRECTS = "_redirects"
"""The collection's table of moved addresses."""

MAX_KNOWN = 1 << 15
"""Addresses that are taken apart once: a table of thousands is read again after each change."""


UNUSABLE = re.compile(r"[*:\0]")
"""What no address of a page has in it."""
PLAIN = re.compile(r"/?[\w.-]+(?:/[\w.-]+)*/?", re.ASCII)
"""An address in which nothing has a meaning but its slashes, as nearly all are."""


class Published(Protocol):
    """What has to be known of pages and data files to tell where redirects lead."""

    scheme: Urls
    whole: bool

    @property
    def pages(self) -> Mapping[str, Page]: ...
    @property
    def names(self) -> Mapping[str, PageName]: ...
    @property
    def urls(self) -> Mapping[str, str]: ...
    @property
    def by_url(self) -> Mapping[str, str]: ...
    @property
    def numbers(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def data(self) -> Mapping[str, Document]: ...
    @property
    def addresses(self) -> Addresses: ...
    def folder(self, path: str) -> str: ...
    def siblings(self, path: str) -> list[str]: ...


class Destination(msgspec.Struct, frozen=True):
    """Where a way of redirects ends: a URL from the site's root, or an absolute one.

    It is the same wherever the redirects are written, so nothing depends on that.
    """

    target: str
    fragment: str = ""

    @property
    def external(self) -> bool:
        """Whether it is on another site."""
        return _is_external(self.target)


class Redirect(msgspec.Struct, frozen=True):
    """`source`, a URL from the site's root, leads to `target`: such a URL too, or an absolute one.

    `path` and `span` are where it is written. One that only a number makes is `implied`.
    """

    source: str
    target: str
    path: str
    span: Span
    fragment: str = ""
    implied: bool = False

    @property
    def external(self) -> bool:
        """Whether it leads to another site."""
        return _is_external(self.target)


TroubleKind = Literal["nowhere", "loop", "hides-page", "own-file", "repeated", "malformed"]


class Trouble(msgspec.Struct, frozen=True):
    """A redirect that does not do what it says; `steps` is the length of a loop."""

    kind: TroubleKind
    redirect: Redirect
    steps: int = 0


class Redirects:
    """All redirects of a collection, as they are written: the first of a source counts."""

    def __init__(self, structure: Published) -> None:
        self.structure = structure
        self.all: list[Redirect] = [*_table(structure), *_aliases(structure)]
        self._misfits = [self._misfit(redirect) for redirect in self.all]
        self.by_source: dict[str, Redirect] = {}
        written = zip(self.all, self._misfits, strict=True)
        implied = ((redirect, self._misfit(redirect)) for redirect in _numbers(structure))
        for redirect, misfit in chain(written, implied):
            if misfit is None:
                self.by_source.setdefault(redirect.source, redirect)
        self._ends: dict[str, Redirect | None] = {}

    def _misfit(self, redirect: Redirect) -> TroubleKind | None:
        """Why there can be no such redirect, whatever others there are."""
        if not _valid(redirect):
            return "malformed"
        if redirect.source in self.structure.by_url:
            return "hides-page"
        return "own-file" if is_own_file(redirect.source) else None

    def _end(self, source: str) -> Redirect | None:
        """The last redirect on the way from `source`, which leads to a page or another site.

        None where there is no such redirect, or where it leads nowhere or in a circle.
        """
        way: list[str] = []
        at = source
        end: Redirect | None = None
        seen: set[str] = set()
        while at not in self._ends and at not in seen and (step := self.by_source.get(at)):
            way.append(at)
            seen.add(at)
            if step.external or step.target in self.structure.by_url:
                end = step
                break
            at = step.target
        else:
            end = self._ends.get(at)
        self._ends.update(dict.fromkeys(way, end))
        return end

    def ends(self) -> Mapping[str, Destination]:
        """Old URL -> where its way ends, for all that lead to a page or another site."""
        ends = ((source, self._end(source)) for source in self.by_source)
        return {source: Destination(end.target, end.fragment) for source, end in ends if end}

    def troubles(self) -> Iterator[Trouble]:
        """What is wrong with the redirects that people wrote, in their order.

        Of a chain that ends nowhere only the last step is wrong, of a circle its first.
        """
        seen: set[str] = set()
        walked: dict[str, int] = {}
        for number, (redirect, misfit) in enumerate(zip(self.all, self._misfits, strict=True)):
            source = redirect.source
            if misfit is not None:
                yield Trouble(misfit, redirect)
            elif source in seen:
                yield Trouble("repeated", redirect)
            elif self._leads_nowhere(redirect):
                yield Trouble("nowhere", redirect)
            elif circle := self._circle(source, number, walked):
                yield Trouble("loop", self.by_source[circle[0]], len(circle))
            seen.add(source)

    def _leads_nowhere(self, redirect: Redirect) -> bool:
        known = redirect.target in self.by_source or redirect.target in self.structure.by_url
        return self.structure.whole and not known and not redirect.external

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


def _is_external(target: str) -> bool:
    return target.startswith(("https://", "http://"))


def _valid(redirect: Redirect) -> bool:
    """Whether it is from an address of this site, as it is and not upwards, to an address."""
    source = redirect.source
    upwards = source.startswith("/") or (".." in source and ".." in source.split("/"))
    return bool(source and redirect.target) and not upwards and not UNUSABLE.search(source)


def _table(structure: Published) -> Iterator[Redirect]:
    document = structure.data.get(REDIRECTS)
    if document is None:
        return
    site = structure.scheme.site
    for entry in document.data:
        source, _ = _from_root(entry.keys[0], site)
        target, fragment = _from_root(entry.value, site)
        yield Redirect(source, target, document.path, entry.key_span, fragment)


def _aliases(structure: Published) -> Iterator[Redirect]:
    for path in sorted(structure.names):
        for alias in structure.pages[path].aliases:
            if "/" in alias.text.strip("/") or alias.text.startswith("/"):
                source, _ = _from_root(alias.text, structure.scheme.site)
            else:
                folder, name = structure.folder(path), structure.names[path]
                source = structure.addresses.with_slug(alias.text.strip("/"), folder, name)
            yield Redirect(source, structure.urls[path], path, alias.span)


def _numbers(structure: Published) -> Iterator[Redirect]:
    """For each number and locale; a translation without the number has that of its original."""
    for number, paths in structure.numbers.items():
        also = (other for path in paths for other in structure.siblings(path))
        for path in dict.fromkeys((*paths, *also)):
            prefix = structure.addresses.prefix(structure.names[path])
            source = structure.scheme.numbered.format(locale=prefix, number=number)
            yield Redirect(source, structure.urls[path], path, Span(0, 0), implied=True)


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


@lru_cache(MAX_KNOWN)
def _from_root(address: str, site: str) -> tuple[str, str]:
    """An address as a URL from the site's root, and its fragment, decoded; another site's is whole."""
    if address.startswith("//"):
        address = f"https:{address}"
    if address.startswith(("https://", "http://")):
        bare = address.partition("://")[2]
        if not bare.startswith(site.partition("://")[2]):
            return (address, "") if _has_host(address) else ("", "")
        address = bare.removeprefix(site.partition("://")[2])
    if PLAIN.fullmatch(address):
        url, fragment = address.removeprefix("/"), ""
    else:
        try:
            parts = urlsplit(address)
        except ValueError:
            return "", ""
        url, fragment = unquote(parts.path).lstrip("/"), unquote(parts.fragment)
    if f"/{url}".endswith(f"/{INDEX}"):
        url = url.removesuffix(INDEX)
    if url and not url.endswith("/") and "." not in url.rpartition("/")[2]:
        url += "/"
    return url, fragment
