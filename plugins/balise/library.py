"""All pages of a scope, read through the cache: only those that have changed are parsed.

Opening a library takes no rules, and no more of a page than its entry. Rules, the publisher and
whoever else gets documents that load the rest when it is asked for.
"""

import os
from collections.abc import Mapping
from types import TracebackType

from balise.cache import Cache, Entry, Row, digest
from balise.claims import Claims
from balise.collection import Collection
from balise.config import Urls
from balise.discovery import Scope
from balise.document import Document
from balise.gathering import ABSOLUTE, collection_of, folders_of
from balise.reading import (
    PAGE_FACTS,
    Facts,
    Progress,
    hash_of,
    nobody,
    read_facts,
    read_in_parallel,
)
from balise.stand_ins import ClaimsOf, StandIn, Watch


class Library:
    """The pages of a scope and their collections.

    `pages` are by path: first those asked for, then those around them, each as found. `stale` are
    the paths of those that were read anew, `collections` by root; `claims` of a page are loaded
    when they are asked for. `watch` notes which pages are looked at. `close` it when nothing is
    left to load.
    """

    def __init__(
        self, scope: Scope, urls: Urls, cache: Cache | None, processes: int, progress: Progress
    ) -> None:
        self.scope = scope
        self.urls = urls
        self.watch = Watch()
        self.changed: dict[str, Row] = {}
        self._cache = cache
        self.rows: dict[str, Row] = cache.load() if cache else {}
        self.roots = {page.path: page.root for page in (*scope.pages, *scope.around)}
        self.stale = frozenset(p for p in self.roots if not self._is_same(p))
        self._read = self._read_anew(processes, progress)
        self.pages: Mapping[str, StandIn] = {path: self._page(path) for path in self.roots}
        self.claims: Mapping[str, Claims] = ClaimsOf(self.pages, self.watch)
        self.collections: Mapping[str, Collection] = {
            root: self._collection(root) for root in dict.fromkeys(self.roots.values())
        }
        self._forget_what_looked_at_stale_pages()

    def _is_same(self, path: str) -> bool:
        row = self.rows.get(path)
        try:
            return row is not None and hash_of(path) == row.hash
        except OSError:
            return False

    def _read_anew(self, processes: int, progress: Progress) -> dict[str, Facts]:
        found: dict[str, Facts] = {}
        stale = [path for path in self.roots if path in self.stale]
        for read in read_in_parallel(stale, processes, progress):
            facts = found[read.path] = PAGE_FACTS.decode(read.facts)
            entry = entry_of(facts.document, self.roots[read.path], self.urls)
            self.rows[read.path] = self.changed[read.path] = Row(read.hash, entry, read.facts)
        return found

    def _page(self, path: str) -> StandIn:
        page = StandIn(path, self.rows[path].entry, self._load, self.watch)
        if facts := self._read.get(path):
            page.keep(facts)
        return page

    def _load(self, path: str) -> Facts:
        stored = self._cache.facts(path) if self._cache else None
        return stored or Facts(*read_facts(path))

    def _collection(self, root: str) -> Collection:
        pages = [page for path, page in self.pages.items() if self.roots[path] == root]
        folders = {folder for page in pages for folder in page.entry.folders}
        return collection_of(root, pages, folders, self.urls, root in self.scope.whole)

    def _forget_what_looked_at_stale_pages(self) -> None:
        """What was found with the help of a page that has changed counts no longer."""
        for path in self.pages:
            row = self.rows[path]
            if row.found is not None and not self.stale.isdisjoint(row.found.seen):
                row.found = None
                self.changed[path] = row

    def empty_collection(self, root: str) -> Collection:
        """The collection of a root without pages."""
        return collection_of(root, (), (), self.urls, root in self.scope.whole)

    def meta(self, key: str) -> bytes | None:
        """A value that was kept beside the pages."""
        return self._cache.meta(key) if self._cache else None

    def store(self, meta: Mapping[str, bytes] | None = None) -> None:
        """Keep what was read anew, and `meta` beside it; forget the pages that are gone."""
        if self._cache is None:
            return
        unreadable = {path for path, row in self.changed.items() if not row.hash}
        changed = {path: row for path, row in self.changed.items() if path not in unreadable}
        gone = [path for path in self.rows if path not in self.pages and not os.path.lexists(path)]
        self._cache.store(changed, [*gone, *unreadable], meta or {})
        self.changed.clear()

    def close(self) -> None:
        """Let go of the cache; what is not loaded yet is read from the pages from now on."""
        if self._cache is not None:
            self._cache.close()

    def reopen(self) -> None:
        """Load from the cache again, after `close`; in another process as well."""
        if self._cache is not None:
            self._cache.reopen()

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
) -> Library:
    """The pages of a scope. Without a `cache` all are read; `processes` are all cores by default."""
    return Library(scope, urls, cache, processes or os.cpu_count() or 1, progress)


def entry_of(document: Document, root: str, urls: Urls) -> Entry:
    """What of a page is needed in every run."""
    entries = document.front_matter.entries if document.front_matter else ()
    values: dict[str, str] = {}
    for entry in entries:
        values.setdefault(entry.key, entry.value)
    links = [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    uses = digest([image.src for image in document.images], links)
    folders = sorted(folders_of(document, Collection(root, (), urls=urls)))
    silences = bool(document.suppressions)
    return Entry(values, folders, document.line_starts, document.length, uses, silences)
