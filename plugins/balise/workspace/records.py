"""What is at hand of a page in every run, without reading it or loading its facts.

Key: the path of a page. Value: its record. Where: the table `records` of the store. It counts for the scheme of
addresses that it was made by, as long as the file is what its state says.
"""

import contextlib
from collections.abc import Iterator, Mapping

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState
from balise.base.source import Lines, packed_starts
from balise.collection import Page, References, page_of, references_of
from balise.collection.folder import Folder
from balise.config import Urls
from balise.workspace.files import folders_of
from balise.workspace.page_facts import Facts
from balise.workspace.store import Rows, Store

UNREAD = FileState((0, 0, 0, 0), True, b"")
"""The state of a page that could not be read; it has no digest, and is read again the next time."""


class PageRecord(msgspec.Struct, array_like=True):
    """What is at hand of a page in every run, without its other facts.

    `root` is the folder of the collection that it was read for, `folders` those in which it may
    name files, `lines` the offsets where its lines start, packed (see `Lines`), `length` that of
    its text in characters; `text_digest` is that of its document.
    """

    root: str
    state: FileState
    page: Page
    references: References
    folders: list[str]
    lines: bytes
    length: int
    has_suppressions: bool
    text_digest: bytes = b""

    @property
    def source_lines(self) -> Lines:
        """Where the lines of the page start."""
        return Lines.unpacked(self.page.path, self.lines, self.length)


def record_of(facts: Facts, root: str, state: FileState) -> PageRecord:
    """The record of a page that has just been read."""
    document = facts.document
    return PageRecord(
        root,
        state,
        page_of(document),
        references_of(document),
        sorted(folders_of(document, Folder(root))),
        packed_starts(document.line_starts),
        document.length,
        bool(document.suppressions),
        document.text_digest,
    )


RECORD = msgspec.msgpack.Decoder(PageRecord)


class Records:
    """The records that a store has of pages, as they are by a scheme of addresses."""

    def __init__(self, store: Store, urls: Urls) -> None:
        self.store = store
        self._key = digest(urls)

    def all(self) -> dict[str, PageRecord]:
        """Those of all pages, by path; of one that cannot be read there is none."""
        found: dict[str, PageRecord] = {}
        for path, encoded in self.store.of_pages("records", self._key):
            with contextlib.suppress(msgspec.MsgspecError, ValueError):
                found[path] = RECORD.decode(encoded or b"")
        return found

    def one(self, path: str) -> PageRecord | None:
        """That of a page; None if there is none, or none that can be read."""
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            if encoded := self.store.of_page("records", path, self._key):
                return RECORD.decode(encoded)
        return None

    def rows(self, encoded: Mapping[str, bytes]) -> Rows:
        """What is to be kept of records, which are encoded, by path."""
        return {path: (self._key, record) for path, record in encoded.items()}


class StaleError(Exception):
    """What is kept of a page is not of the text that it has."""


class KeptRecords(Mapping[str, PageRecord]):
    """The records of pages whose texts are known to be those with some digests, loaded when they are asked for.

    Raises StaleError where what is kept of a page is of another text. `newer` take the place of those that are kept.
    """

    def __init__(
        self,
        records: Records,
        digests: Mapping[str, bytes],
        newer: Mapping[str, PageRecord] | None = None,
    ) -> None:
        self._records = records
        self._digests = digests
        self._newer = newer or {}
        self._loaded: dict[str, PageRecord] = {}

    def __getitem__(self, path: str) -> PageRecord:
        found = self._newer.get(path) or self._loaded.get(path)
        if found is None:
            digest = self._digests[path]
            found = self._records.one(path)
            if found is None or found.state.digest != digest:
                raise StaleError(path)
            self._loaded[path] = found
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._digests

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def __or__(self, newer: Mapping[str, PageRecord]) -> "KeptRecords":
        """With other records of some of the pages."""
        return KeptRecords(self._records, self._digests, {**self._newer, **newer})
