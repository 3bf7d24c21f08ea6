"""What pages say: read from their files, or from texts that are given, kept in the store, and loaded when it is asked for.

Key: the path of a page. Value: its facts, its draft if it was ever published, and its record (see
`balise.workspace.records`). Where: the tables `facts`, `drafts` and `records` of the store. They count for the text of
the page, which its digest stands for. Without a store, what was read stays in memory as it was sent.
"""

from collections.abc import Container, Mapping, Sequence
from copy import copy
from itertools import islice

from msgspec.structs import replace

from balise.base.digests import digest_of
from balise.base.source import SourceFile
from balise.workspace.page_facts import FACTS, Facts
from balise.workspace.reading import (
    Bounds,
    EncodedPage,
    ReadOptions,
    facts_of,
    read_facts,
    read_pages,
    read_texts,
)
from balise.workspace.records import RECORD, UNREAD, PageRecord, Records, record_of
from balise.workspace.store import Artifact, Rows, Store

AT_ONCE = 256
"""Pages whose facts are saved together, and up to which they stay at hand when they are read."""


class PageContents:
    """The contents of pages. Texts that are `given`, by path, take the place of files."""

    def __init__(self, store: Store | None, records: Records | None, options: ReadOptions) -> None:
        self.store = store
        self.options = options
        self.given: Mapping[str, SourceFile] = {}
        self._records = records
        self._facts: dict[str, Facts] = {}
        self._unstored: dict[str, bytes] = {}

    def but(
        self, paths: Container[str], given: Mapping[str, SourceFile] | None = None
    ) -> "PageContents":
        """These contents with nothing at hand of the pages at some paths; other texts may be given."""
        found = copy(self)
        found._facts = {path: facts for path, facts in self._facts.items() if path not in paths}
        found._unstored = {p: facts for p, facts in self._unstored.items() if p not in paths}
        if given is not None:
            found.given = given
        return found

    def read(self, roots: Mapping[str, str], bounds: Bounds) -> dict[str, PageRecord]:
        """Read pages anew, and keep what is read: their records. `roots` are of their collections, by path."""
        records: dict[str, PageRecord] = {}
        given = [self.given[path] for path in roots if path in self.given]
        for source, facts in zip(given, read_texts(given, self.options.workers), strict=True):
            path, text = source.path, source.text.encode("utf-8", "replace")
            self._facts[path] = facts
            records[path] = record_of(facts, roots[path], replace(UNREAD, digest=digest_of(text)))
        files = {path: root for path, root in roots.items() if path not in self.given}
        read = read_pages(files, bounds, self.options)
        while pages := list(islice(read, AT_ONCE)):
            records |= {page.path: RECORD.decode(page.record) for page in pages}
            self._keep(pages, records, at_hand=len(files) <= AT_ONCE)
        return records

    def _keep(
        self, pages: Sequence[EncodedPage], records: Mapping[str, PageRecord], *, at_hand: bool
    ) -> None:
        """Keep what was read in pages: in the store, or else as it was sent."""
        if at_hand:
            self._facts |= {page.path: FACTS.decode(page.facts) for page in pages}
        digests = {page.path: records[page.path].state.digest for page in pages}
        readable = [page for page in pages if digests[page.path]]
        found: dict[Artifact, Rows] = {
            "facts": {page.path: (digests[page.path], page.facts) for page in readable},
            "drafts": {p.path: (digests[p.path], p.draft) for p in readable if p.draft},
        }
        if self._records:
            found["records"] = self._records.rows({page.path: page.record for page in readable})
        stored = self.store is not None and self.store.save({}, found)
        if not at_hand:
            kept = found["facts"] if stored else {}
            self._unstored |= {page.path: page.facts for page in pages if page.path not in kept}

    def facts(self, path: str, digest: bytes, bounds: Bounds) -> Facts:
        """All that is read in a page whose text has this digest."""
        found = self._facts.get(path)
        if found is None:
            found = self._facts[path] = self._load(path, digest, bounds)
        return found

    def _load(self, path: str, digest: bytes, bounds: Bounds) -> Facts:
        if path in self.given:
            return facts_of(self.given[path])
        stored = self._unstored.get(path) or self._stored("facts", path, digest)
        return FACTS.decode(stored) if stored else read_facts(path, bounds.get(path))

    def _stored(self, table: Artifact, path: str, digest: bytes) -> bytes | None:
        return self.store.of_page(table, path, digest) if self.store else None

    def draft(self, path: str, digest: bytes) -> bytes | None:
        """The draft that was kept of a page whose text has this digest; None if there is none."""
        return self._stored("drafts", path, digest)

    def keep_drafts(self, drafts: Mapping[str, bytes], digests: Mapping[str, bytes]) -> None:
        """Keep drafts of pages that had none, by path, beside the digests of their texts."""
        if self.store is not None and drafts:
            found = {path: (digests[path], draft) for path, draft in drafts.items()}
            self.store.save({}, {"drafts": found})

    def forget(self, at_most: int) -> bool:
        """Let go of all facts that can be loaded again, if they are of more pages than this; whether so.

        Texts that are given would have to be parsed again.
        """
        loaded = self._facts.keys() - self.given.keys()
        if len(loaded) <= at_most:
            return False
        for path in loaded:
            del self._facts[path]
        return True
