"""All pages of a scope, read through the cache: only those that have changed are parsed.

Opening a library takes no rules, and no more of a page than its entry. Rules, the publisher and
whoever else gets documents that load the rest when it is asked for.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, refreshed
from balise.claims import Claims
from balise.collection import Collection, data_path
from balise.collection.collection import Kept
from balise.collection.lookups import Watch
from balise.collection.redirects import ALIASES
from balise.config import Urls
from balise.document import Document
from balise.workspace.discovery import Scope
from balise.workspace.gathering import ABSOLUTE, DATA_FILES, collection_of, folders_of
from balise.workspace.reading import (
    ENCODER,
    PAGE_FACTS,
    Drafter,
    Facts,
    Progress,
    no_draft,
    nobody,
    read_facts,
    read_in_parallel,
)
from balise.workspace.stand_ins import ClaimsOf, Entry, StandIn, packed
from balise.workspace.store import Cache, Table
from balise.workspace.tables import kept_table

PAGES = "pages"
"""Begins the name of the value of the cache that has the rows of all pages."""


AT_ONCE = 256
"""Pages whose facts are stored together: those of all would take as much memory as the pages do."""


class Row(msgspec.Struct, array_like=True):
    """A page in the cache: the root that it was read for, what its file was like, its entry.

    One that could not be read has no state, and is not kept.
    """

    root: str
    state: FileState | None
    entry: Entry


ROWS = msgspec.msgpack.Decoder(dict[str, Row])


def rows_key(urls: Urls) -> str:
    """The name of the value of the cache that has the rows of all pages by path."""
    return f"{PAGES} {digest(urls).hex()}"


class Library:
    """The pages of a scope and their collections.

    `pages` are by path: first those asked for, then those around them, each as found. `stale` are
    the paths of those that were read anew, `collections` by root; `claims` of a page are loaded
    when they are asked for. `watch` notes what of a collection is looked at. `kept` are the
    hashes of the tables in the cache that are as they would be made now, by key. `close` it when
    nothing is left to load.
    """

    def __init__(
        self,
        scope: Scope,
        urls: Urls,
        cache: Cache | None,
        processes: int,
        progress: Progress,
        draft: Drafter,
    ) -> None:
        self.scope = scope
        self.urls = urls
        self.cache = cache
        self.watch = Watch()
        self.roots = {page.path: page.root for page in (*scope.pages, *scope.around)}
        self._key = rows_key(urls)
        self.rows = _rows(cache, self._key)
        self._changed = False
        self.kept: Mapping[str, bytes] = {}
        self.stale = frozenset(path for path in self.roots if not self._is_same(path))
        read = self._read_anew(processes, progress, draft)
        self.pages: Mapping[str, StandIn] = {p: self._page(p, read.get(p)) for p in self.roots}
        self.claims: Mapping[str, Claims] = ClaimsOf(self.pages, self.watch)
        self.collections: Mapping[str, Collection] = {
            root: self._collection(root) for root in dict.fromkeys(self.roots.values())
        }

    def hash(self, path: str) -> bytes:
        """Stands for the bytes of a page; empty for one that cannot be read."""
        state = self.rows[path].state
        return state.digest if state else b""

    @property
    def looked_at(self) -> set[str]:
        """The folders and data files that were looked for beside the pages."""
        found = {folder for page in self.pages.values() for folder in page.entry.folders}
        found |= {folder.rpartition("/")[0] for folder in found if not os.path.isdir(folder)}  # noqa: PTH112 - thousands
        roots = self.collections
        return {f or "." for f in found} | {
            data_path(r, name) for r in roots for name in DATA_FILES
        }

    def _is_same(self, path: str) -> bool:
        row = self.rows.get(path)
        today = refreshed(path, row.state) if row and row.state else None
        if row is None or today is None or row.root != self.roots[path]:
            return False
        if today is not row.state:
            row.state = today
            self._changed = True
        return True

    def _read_anew(self, processes: int, progress: Progress, draft: Drafter) -> dict[str, Facts]:
        found: dict[str, Facts] = {}
        unsaved: dict[Table, dict[str, tuple[bytes, bytes]]] = {"facts": {}, "drafts": {}}
        stale = [path for path in self.roots if path in self.stale]
        bounds = self.scope.bounds
        for read in read_in_parallel(stale, processes, bounds, progress, draft):
            facts = found[read.path] = PAGE_FACTS.decode(read.facts)
            root = self.roots[read.path]
            entry = entry_of(facts.document, root, self.urls)
            self.rows[read.path] = Row(root, read.state, entry)
            if read.state is not None and self.cache is not None:
                unsaved["facts"][read.path] = (read.state.digest, read.facts)
                if read.draft:
                    unsaved["drafts"][read.path] = (read.state.digest, read.draft)
            if self.cache is not None and len(unsaved["facts"]) >= AT_ONCE:
                self.cache.store({}, unsaved)
                unsaved = {"facts": {}, "drafts": {}}
        if self.cache is not None and unsaved["facts"]:
            self.cache.store({}, unsaved)
        return found

    def _page(self, path: str, facts: Facts | None) -> StandIn:
        page = StandIn(path, self.rows[path].entry, self._load, self.watch)
        if facts is not None:
            page.keep(facts)
        return page

    def _load(self, path: str) -> Facts:
        stored = self._stored("facts", path)
        if stored:
            return PAGE_FACTS.decode(stored)
        return Facts(*read_facts(path, self.scope.bounds.get(path)))

    def _stored(self, table: Table, path: str) -> bytes | None:
        return self.cache.of_page(table, path, self.hash(path)) if self.cache else None

    def draft(self, path: str) -> bytes | None:
        """The draft of a page that was kept; None if there is none of the page as it is."""
        return self._stored("drafts", path)

    def keep_drafts(self, drafts: Mapping[str, bytes]) -> None:
        """Keep drafts of pages that had none, by path."""
        if self.cache is not None and drafts:
            found = {path: (self.hash(path), draft) for path, draft in drafts.items()}
            self.cache.store({}, {"drafts": found})

    def _collection(self, root: str) -> Collection:
        pages = [page for path, page in self.pages.items() if self.roots[path] == root]
        folders = {folder for page in pages for folder in page.entry.folders}
        whole = root in self.scope.whole
        return collection_of(root, pages, folders, self.urls, whole, self.watch, self._kept(root))

    def _kept(self, root: str) -> Kept:
        def kept(name: str) -> Mapping[Any, Any] | None:
            return kept_table(self.cache, root, name, self.kept, self.pages.__getitem__)

        return kept

    @cached_property
    def structure(self) -> bytes:
        """Stands for all that a rule can know of the pages without opening one."""
        return self.structure_with(())

    def structure_with(self, besides: Iterable[Collection]) -> bytes:
        """The same of these collections and the library's own."""
        parts: list[object] = []
        for collection in (*self.collections.values(), *besides):
            pages = (page for p, page in self.pages.items() if self.roots[p] == collection.root)
            parts.append([(page.path, page.entry.shape) for page in pages])
            parts.append(sorted(collection.files))
            parts += sorted(collection.data.items())
        return digest(*parts)

    def empty_collection(self, root: str) -> Collection:
        """The collection of a root without pages."""
        return collection_of(root, (), (), self.urls, root in self.scope.whole, self.watch)

    def forget(self, kept: int = 0) -> bool:
        """Let go of all facts that were loaded if they are of more than `kept` pages; whether so."""
        loaded = [page for page in self.pages.values() if page.loaded]
        if len(loaded) > kept:
            for page in loaded:
                page.forget()
        return len(loaded) > kept

    def store(self, values: Mapping[str, bytes] | None = None) -> None:
        """Keep what was read anew, and `values` besides; forget the pages that are gone."""
        if self.cache is None:
            return
        gone = [path for path in self.rows if path not in self.pages and not os.path.lexists(path)]
        blobs = dict(values or {})
        if self.stale or gone or self._changed:
            left = {p: row for p, row in self.rows.items() if row.state is not None}
            blobs[self._key] = ENCODER.encode({p: row for p, row in left.items() if p not in gone})
        if blobs:
            self.cache.store(blobs, gone=gone)
        self._changed = False

    def close(self) -> None:
        """Let go of the cache; what is not loaded yet opens it again."""
        if self.cache is not None:
            self.cache.close()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_library(
    scope: Scope,
    urls: Urls,
    cache: Cache | None = None,
    processes: int | None = None,
    progress: Progress = nobody,
    draft: Drafter = no_draft,
) -> Library:
    """The pages of a scope. Without a `cache` all are read; `processes` are all cores by default.

    `draft` prints those that are read, to be kept as well.
    """
    return Library(scope, urls, cache, processes or os.cpu_count() or 1, progress, draft)


def _rows(cache: Cache | None, key: str) -> dict[str, Row]:
    stored = cache.blob(key) if cache else None
    try:
        return ROWS.decode(stored) if stored else {}
    except (msgspec.MsgspecError, ValueError):
        return {}


def entry_of(document: Document, root: str, urls: Urls) -> Entry:
    """What of a page is at hand in every run."""
    front_matter = document.front_matter
    values: dict[str, str] = {}
    for entry in front_matter.entries if front_matter else ():
        values.setdefault(entry.key, entry.value)
    aliases = front_matter.get(ALIASES) if front_matter else None
    links = [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    return Entry(
        values,
        digest(values, aliases),
        sorted(folders_of(document, Collection(root, (), urls=urls))),
        packed(document.line_starts),
        document.length,
        digest([image.src for image in document.images], links),
        bool(document.suppressions),
    )
