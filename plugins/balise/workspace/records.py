"""What is at hand of a page in every run, without reading it or loading its facts.

Key: the path of a page. Value: its record. Where: the table `records` of the store. It counts for the scheme of
addresses that it was made by, as long as the file is what its state says.
"""

import contextlib
from array import array
from collections.abc import Mapping

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState
from balise.base.source import Lines
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
        return Lines(self.page.path, array("I", self.lines), self.length)


def record_of(facts: Facts, root: str, state: FileState) -> PageRecord:
    """The record of a page that has just been read."""
    document = facts.document
    return PageRecord(
        root,
        state,
        page_of(document),
        references_of(document),
        sorted(folders_of(document, Folder(root))),
        array("I", document.line_starts).tobytes(),
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
                found[path] = RECORD.decode(encoded)
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
