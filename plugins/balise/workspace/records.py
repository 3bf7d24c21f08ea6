"""What is at hand of a page in every run, without reading it or loading its facts."""

from array import array

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState
from balise.base.source import Lines
from balise.collection import Page, References, page_of, references_of
from balise.collection.folder import Folder
from balise.config import Urls
from balise.workspace.files import folders_of
from balise.workspace.page_facts import Facts

PAGES = "pages"
"""Begins the name of the value of the store that has the records of all pages."""

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


def records_key(urls: Urls) -> str:
    """The name of the value of the store that has the records of all pages, as they are by a scheme of URLs."""
    return f"{PAGES} {digest(urls).hex()}"


RECORD = msgspec.msgpack.Decoder(PageRecord)
RECORDS = msgspec.msgpack.Decoder(dict[str, PageRecord])


def read_records(encoded: bytes | None) -> dict[str, PageRecord]:
    """The records of pages by path, as they are kept; none where they cannot be read."""
    try:
        return RECORDS.decode(encoded) if encoded else {}
    except (msgspec.MsgspecError, ValueError):
        return {}
