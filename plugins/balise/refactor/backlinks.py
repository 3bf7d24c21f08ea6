"""Where each page, picture and file is named: the links of a collection, the other way round.

Key: the path of a page. Value: what it names, with the trace of how that was found. Where: the values
`backlinks` and `backlinks structure ROOT` of the store. They count for the same scheme of addresses
and roots, each read as it was, and a trace counts as long as the digest of its text and all that it
has read are the same.
"""

import contextlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import field

from balise.base.digests import digest
from balise.base.source import Span
from balise.base.workers import fork_map
from balise.check.snapshot import KeptSnapshot, Snapshot
from balise.check.traces import Trace, changes_of, trace_of
from balise.collection import Collection, Structure, find_picture, resolve
from balise.collection.page import IMG
from balise.collection.pictures import own_picture
from balise.document import Document, Link, LinkKind
from balise.workspace.page_facts import ENCODER
from balise.workspace.reading import PARALLEL_FROM
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

BACKLINKS, STRUCTURE = "backlinks", "backlinks structure"
"""The names of values of the store; behind the second stands the root of the collection."""

PAGES_AT_ONCE = 64
"""Pages that a process reads at once, and whose facts are held at once."""

UseKind = Literal["link", "picture", "include"]
UseForm = Literal["markdown", "autolink", "html", "front-matter"]


FORMS: Mapping[LinkKind, UseForm] = {"link": "markdown", "autolink": "autolink", "html": "html"}


class Use(msgspec.Struct, frozen=True, array_like=True):
    """A place that names a page or file of the collection.

    `span` is of the whole construct; `target` is the path that it leads to, `fragment` the id on
    that page, as of a `Target`, empty for none. `href` is the address, as the parser gives it, and
    `address` where it stands, None where that is elsewhere. `form` says how it is written: in
    Markdown, as `<address>`, in raw HTML, in the front matter. One `is_dead` where the page is
    there, but not the place on it.
    """

    path: str
    span: Span
    kind: UseKind
    target: str
    fragment: str = ""
    href: str = ""
    address: Span | None = None
    form: UseForm = "markdown"
    is_dead: bool = False

    @property
    def html(self) -> bool:
        """Whether it stands in raw HTML."""
        return self.form == "html"


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """A use without the page that it is on; its target by the number that it has there."""

    span: Span
    kind: UseKind
    target: int
    fragment: str
    href: str
    address: Span | None
    form: UseForm
    is_dead: bool


class _Uses(msgspec.Struct, frozen=True, array_like=True):
    """What a page names: the trace of that, the `targets`, each once, and the places, encoded."""

    trace: Trace
    targets: tuple[str, ...]
    encoded: msgspec.Raw


class _Kept(msgspec.Struct, array_like=True):
    """The uses by page, the names of the tables that were read for them, and their snapshot."""

    snapshot: KeptSnapshot = field(default_factory=KeptSnapshot)
    pages: dict[str, _Uses] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)


KEPT = msgspec.msgpack.Decoder(_Kept)
PLACES = msgspec.msgpack.Decoder(list[_Place])


class Backlinks:
    """The uses of all pages and files, by what they name."""

    def __init__(self) -> None:
        self._pages: dict[str, _Uses] = {}
        self._tables: set[str] = set()
        self._naming: dict[str, list[str]] | None = None
        self._snapshot = Snapshot(STRUCTURE)

    @classmethod
    def load(cls, store: Store | None) -> "Backlinks":
        """Those that are kept in a store; `renew` makes them those of a workspace."""
        self = cls()
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            stored = store.blob(BACKLINKS) if store else None
            if store is not None and stored is not None:
                kept = KEPT.decode(stored)
                self._snapshot.load(store, kept.snapshot)
                self._pages, self._tables = kept.pages, kept.tables
        return self

    # Taking

    def renew(self, workspace: Workspace) -> None:
        """Take the links of all pages whose text, or whatever their links went by, is different."""
        stale = self._stale(workspace)
        processes = workspace.options.workers
        if processes < 2 or len(stale) < PARALLEL_FROM:
            for path in stale:
                self._take(path, _uses_of(workspace, path, self._tables))
            return
        workspace.close()  # each process opens the store for itself
        chunks = [stale[at : at + PAGES_AT_ONCE] for at in range(0, len(stale), PAGES_AT_ONCE)]
        for found, tables in fork_map(workspace, _uses_of_many, chunks, processes):
            self._tables |= tables
            for path, uses in found.items():
                self._take(path, uses)

    def renew_steps(self, workspace: Workspace) -> Generator[None]:
        """As `renew`, in this process, for who has other things to do: it stops after each page."""
        for path in self._stale(workspace):
            self._take(path, _uses_of(workspace, path, self._tables))
            workspace.forget(PAGES_AT_ONCE)
            yield

    def _stale(self, workspace: Workspace) -> list[str]:
        """Take the snapshot of a workspace, and the pages that have to be read for it."""
        changes = self._snapshot.renew(workspace, _settings_of(workspace), self._tables)
        if changes is None:
            self._pages, self._naming = {}, None
        else:
            for path in list(self._pages):
                if self._snapshot.first_change(path, self._pages[path].trace, changes):
                    self._drop(path)
        return [path for path in workspace.records if path not in self._pages]

    def _drop(self, path: str) -> None:
        uses = self._pages.pop(path)
        if self._naming is not None:
            for target in uses.targets:
                self._naming[target].remove(path)

    def _take(self, path: str, uses: _Uses) -> None:
        self._pages[path] = uses
        self._snapshot.changed = True
        if self._naming is not None:
            for target in uses.targets:
                self._naming.setdefault(target, []).append(path)

    def save(self, workspace: Workspace) -> None:
        """Keep them in the store of a workspace."""
        if workspace.store is None or not self._snapshot.changed:
            return
        snapshot, values = self._snapshot.to_keep()
        workspace.save(
            {BACKLINKS: ENCODER.encode(_Kept(snapshot, self._pages, self._tables)), **values}
        )

    # Asking

    def of(self, path: str) -> Sequence[Use]:
        """The uses of a page or file, in the order of the pages and the places on them."""
        pages = sorted(self._by_target.get(path, ()))
        return [use for page in pages for use in self.on(page) if use.target == path]

    def on(self, path: str) -> Iterator[Use]:
        """The uses that stand on a page, in the order of the places."""
        uses = self._pages.get(path)
        for p in PLACES.decode(uses.encoded) if uses else ():
            target = uses.targets[p.target] if uses else ""
            where = p.href, p.address, p.form
            yield Use(path, p.span, p.kind, target, p.fragment, *where, p.is_dead)

    def count(self, path: str) -> int:
        """How many pages name a page or file."""
        return len(self._by_target.get(path, ()))

    def concerned(self, before: Structure, after: Structure) -> Iterator[str]:
        """The pages with links, or what may become one, that go by what is different in another structure."""
        changes = changes_of(before.differences(after, self._tables))
        return (path for path, uses in self._pages.items() if any(uses.trace.changed(changes)))

    @property
    def _by_target(self) -> Mapping[str, Sequence[str]]:
        """What is named -> the pages that name it; made when it is first asked for."""
        if self._naming is None:
            self._naming = {}
            for path, uses in self._pages.items():
                for target in uses.targets:
                    self._naming.setdefault(target, []).append(path)
        return self._naming


def backlinks_of(workspace: Workspace) -> Backlinks:
    """Those of a workspace, by its store, where they are kept then."""
    found = Backlinks.load(workspace.store)
    found.renew(workspace)
    found.save(workspace)
    return found


def uses_on(document: Document, collection: Collection) -> Iterator[Use]:
    """The places on a page that name a page or file of its collection; links that lead nowhere are none."""
    page = document.path
    for link in document.links:
        form = FORMS[link.kind]
        yield from _link(link, form, page, collection)
    if document.canonical:
        yield from _link(document.canonical, "front-matter", page, collection)
    for image in document.images:
        picture = find_picture(image.src, page, collection, html=image.html)
        if path := picture.there or (picture.path if picture.kind == "file" else ""):
            form = "html" if image.html else "markdown"
            yield Use(page, image.span, "picture", path, "", image.src, image.address, form)
    img = document.front_matter.get(IMG) if document.front_matter else None
    if img and (path := own_picture(document, collection)):
        at = img.value_span
        quoted = at.end - at.start > len(img.value)
        place = Span(at.start + quoted, at.start + quoted + len(img.value))
        yield Use(page, at, "picture", path, "", img.value, place, "front-matter")
    for include in document.includes:
        path = collection.included(include.path)
        if path in collection.files or path in collection.pages:
            yield Use(page, include.span, "include", path, "", include.path, include.address)


def _link(link: Link, form: UseForm, page: str, collection: Collection) -> Iterator[Use]:
    target = resolve(link.href, page, collection, html=form == "html")
    if target.kind in ("page", "file"):
        place, where = target.fragment, (link.href, link.address, form)
        yield Use(page, link.span, "link", target.path, place, *where, target.dead_anchor)


def _uses_of(workspace: Workspace, path: str, tables: set[str]) -> _Uses:
    """What a page names, as it is kept; the names of the tables that are read are added."""
    document = workspace.facts(path).document
    collection = workspace.collections[workspace.records[path].root]
    workspace.reads.drain()
    uses = sorted(uses_on(document, collection), key=lambda use: use.span)
    reads = workspace.reads.drain()
    tables.update(table for table, _ in reads)
    targets = {
        target: number for number, target in enumerate(dict.fromkeys(u.target for u in uses))
    }
    places = [
        _Place(u.span, u.kind, targets[u.target], u.fragment, u.href, u.address, u.form, u.is_dead)
        for u in uses
    ]
    trace = trace_of(workspace.digest(path), reads)
    return _Uses(trace, tuple(targets), msgspec.Raw(ENCODER.encode(places)))


def _uses_of_many(workspace: Workspace, paths: Sequence[str]) -> tuple[dict[str, _Uses], set[str]]:
    tables: set[str] = set()
    found = {path: _uses_of(workspace, path, tables) for path in paths}
    workspace.forget()
    return found, tables


def _settings_of(workspace: Workspace) -> bytes:
    """Stands for what links go by besides pages."""
    readings = {root: c.structure.reading for root, c in workspace.collections.items()}
    return digest(workspace.urls, sorted(readings.items()))
