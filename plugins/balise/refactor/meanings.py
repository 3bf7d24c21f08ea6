"""What a use means before and after a move, and how else it could be written."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Set
from posixpath import dirname
from urllib.parse import quote, unquote, urljoin

from msgspec.structs import replace

from balise.collection import Collection, address_like, find_picture, own_picture, resolve
from balise.collection.forms import IN_BRACES, SOURCE_PREFIXES, read_address
from balise.collection.github_links import site_base
from balise.collection.page import IMG
from balise.collection.resolve import SLASHES
from balise.refactor.backlinks import Use
from balise.refactor.outcome import Outcome
from balise.refactor.spelling import SAFE, absolute_like, path_like, relative_like

IMAGES = "images/"
"""What may be left away in front of the picture that stands for a page."""


class Meaning(ABC):
    """What a use means, and where its page is after the moves.

    `bare` is its address up to `?` or `#`, `rest` what follows; `fragment` is the id that it leads
    to, ready to be written.
    """

    fragment = ""

    def __init__(self, use: Use, outcome: Outcome) -> None:
        self.use = use
        self.outcome = outcome
        self.before, self.after = outcome.before, outcome.after
        self.page = outcome.where(use.path)
        ends = [end for mark in "?#" if (end := use.href.find(mark)) >= 0]
        self.bare = use.href[: min(ends)] if ends else use.href
        self.rest = use.href[len(self.bare) :]

    @abstractmethod
    def is_met(self, address: str) -> bool:
        """Whether an address means the same after the moves."""

    @abstractmethod
    def own_forms(self) -> Iterator[str]:
        """What may be written in the place of `bare`, in the form that it has."""

    def other_forms(self) -> Iterator[str]:
        """What may be written where that is not possible."""
        return iter(())

    def is_roundabout(self) -> bool:
        """Whether the page moves, and a relative address is to be written as from its new place."""
        if self.page == self.use.path or self.bare.startswith("/") or ":" in self.bare:
            return False
        own = next(filter(None, self.own_forms()), self.bare)
        return own != self.bare and self.is_met(own + self.rest)

    def _by_path(self, old: str, new: str, *, exactly: bool = False) -> Iterator[str]:
        """Paths to the file at `new`, as the address is one to that at `old`; or `exactly` to it."""
        braces = IN_BRACES.match(self.bare)
        prefix = braces[0] if braces and braces[1] in SOURCE_PREFIXES else ""
        bare = self.bare.removeprefix(prefix)
        before, after = self.before.relative, self.after.relative
        for base in (lambda page: page, site_base) if self.use.html else (lambda page: page,):
            written = self.before.joined(unquote(bare), base(self.use.path))
            if not _is_like(written, old):
                continue
            folders = dirname(before(base(self.use.path))), dirname(after(base(self.page)))
            named = before(written), after(new if exactly else path_like(written, old, new))
            if bare.startswith("/"):
                yield prefix + absolute_like(bare, *named)
            else:
                yield prefix + relative_like(bare, *zip(folders, named, strict=True))


class LinkMeaning(Meaning):
    """What a link means; `redirected` are the addresses that lead to their pages by a redirect."""

    def __init__(self, use: Use, outcome: Outcome, redirected: Set[str] = frozenset()) -> None:
        super().__init__(use, outcome)
        self.redirected = redirected
        self.target = resolve(use.href, use.path, self.before, html=use.html)
        self.path = outcome.where(self.target.path)
        self.fragment = quote(self.target.fragment, safe=SAFE)

    def is_met(self, address: str) -> bool:
        """Whether it leads to the same place, and that no longer way round.

        A place that is not on the page may come to be one: that is for its author to say.
        """
        found = resolve(address, self.page, self.after, html=self.use.html)
        target = self.target
        if target.found_by == "redirect" and found.kind == "missing":
            return self._url(address, self.page, self.after) in self.redirected
        if (found.kind, found.path) != (target.kind, self.path):
            return False
        if found.found_by not in ("direct", target.found_by):
            return False
        same_place = found.fragment == target.fragment and not found.dead_anchor
        return same_place or target.dead_anchor

    def own_forms(self) -> Iterator[str]:
        """From the root, or from the page, by paths or by published addresses."""
        form, old, new = self.target.form, self.target.path, self.path
        if form in ("folder", "product"):
            yield absolute_like(self.bare, self.before.folder(old), self.after.folder(new))
        if form in ("relative", "rooted", "malformed", "folder"):
            yield from self._by_path(old, new)
        if form in ("relative", "rooted", "published", "variable"):
            yield from self._by_url()

    def other_forms(self) -> Iterator[str]:
        """In the form of the collection, or the published address."""
        form, new = self.target.form, self.path
        if new in self.after.names:
            yield address_like(form, self.page, new, "", self.after)
            yield self.after.scheme.site + quote(self.after.urls[new], safe=SAFE)

    def _by_url(self) -> Iterator[str]:
        urls = self._urls()
        if urls is None:
            return
        old, new = urls
        if self.target.form == "relative":
            own = self.before.urls[self.use.path], self.after.urls[self.page]
            yield relative_like(self.bare, (own[0], old), (own[1], new))
        else:
            yield absolute_like(self.bare, old, new)

    def _urls(self) -> tuple[str, str] | None:
        """The published address that the link names, and the one to be named in its place."""
        old, new = self.target.path, self.path
        url = self._url(self.use.href, self.use.path, self.before)
        if old not in self.before.urls or new not in self.after.urls:
            return None
        if self.target.found_by == "redirect":
            return url, url
        if self.target.found_by != "other-slug":
            return self.before.urls[old], self.after.urls[new]
        prefix = next((p for p in self.before.locales if url.startswith(p)), "")
        bare = url.removeprefix(prefix)
        named = self.before.by_slugs.get(bare if bare.endswith("/") else f"{bare}/", ())
        if not named:
            return None
        there = self.outcome.where(named[0])
        own = self.after.structure.addresses.prefix(self.after.names[there])
        return url, prefix + self.after.urls[there].removeprefix(own)

    @staticmethod
    def _url(href: str, page: str, collection: Collection) -> str:
        """The published address that a link names, from the site's root; empty if it names none."""
        base = collection.scheme.site + collection.urls.get(page, "")
        found = read_address(urljoin(base, href.partition("#")[0]), collection.scheme)
        url = SLASHES.sub("/", found.rest.partition("?")[0])
        return url if found.form == "published" else ""


class PictureMeaning(Meaning):
    """Which file the address of a picture leads to, be it by its very name or not."""

    def __init__(self, use: Use, outcome: Outcome) -> None:
        super().__init__(use, outcome)
        self.kind = find_picture(use.href, use.path, self.before, html=use.html).kind
        self.path = outcome.where(use.target)

    def is_met(self, address: str) -> bool:
        """Whether it leads to the same file, by its name or with the slip that there was."""
        found = find_picture(address, self.page, self.after, html=self.use.html)
        return found.kind in ("file", self.kind) and self.path == (found.there or found.path)

    def own_forms(self) -> Iterator[str]:
        """The path, with the slip that it has, or else without."""
        yield from self._by_path(self.use.target, self.path)
        yield from self._by_path(self.use.target, self.path, exactly=True)


class OwnPictureMeaning(Meaning):
    """The picture that stands for a page in lists."""

    def is_met(self, address: str) -> bool:
        """Whether it is the same one."""
        page = self.after.pages[self.page]
        named = replace(page, values={**page.values, IMG: address})
        return own_picture(named, self.after) == self.outcome.where(self.use.target)

    def own_forms(self) -> Iterator[str]:
        """Its name, or its path from the page."""
        old, new = self.use.target, self.outcome.where(self.use.target)
        yield new.rpartition("/")[2]
        yield from self._by_path(old, new)


class IncludeMeaning(Meaning):
    """The file that is included, named from the root of the collection."""

    def is_met(self, address: str) -> bool:
        """Whether it is the same one."""
        return self.after.included(address) == self.outcome.where(self.use.target)

    def own_forms(self) -> Iterator[str]:
        """Its path."""
        yield self.after.relative(self.outcome.where(self.use.target))


def stays(use: Use, outcome: Outcome) -> bool:
    """Whether a use means the same as nothing between it and what it names is different.

    So it is with a picture that moves with its page, and with an id of the page itself.
    """
    if use.href.startswith("#"):
        return unquote(use.href[1:]) == use.fragment
    folder, new_folder = dirname(use.path), dirname(outcome.where(use.path))
    below = use.target[len(folder) :] if use.target.startswith(f"{folder}/") else ""
    plain = use.kind == "picture" and use.form != "front-matter" and not use.href.startswith("/")
    return plain and bool(below) and outcome.where(use.target) == new_folder + below


def _is_like(written: str, path: str) -> bool:
    """Whether a path as it is written means the file at another one, whose end it may lack."""
    written, path = written.casefold(), path.casefold()
    return path.startswith(written) or path.rpartition(".")[0] == written.rpartition(".")[0]


def meaning_of(use: Use, outcome: Outcome, redirected: Set[str]) -> Meaning:
    """What a use means."""
    if use.kind == "link":
        return LinkMeaning(use, outcome, redirected)
    if use.kind == "include":
        return IncludeMeaning(use, outcome)
    return (
        OwnPictureMeaning(use, outcome)
        if use.form == "front-matter"
        else PictureMeaning(use, outcome)
    )
