"""Pages from files to facts, one by one or on all cores."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec

from balise.base.file_state import FileState, read_bytes, state_of_bytes
from balise.base.paths import is_display_path
from balise.base.source import SourceFile
from balise.base.workers import process_map
from balise.claims import Claims, read_claims
from balise.config import Translations
from balise.document import (
    Document,
    ParsedPage,
    page_name,
    read_document,
    read_page,
    unreadable,
)
from balise.workspace.page_facts import ENCODER, FACTS_OF_MANY, Facts
from balise.workspace.records import UNREAD, record_of
from balise.workspace.sources import keep_within

PARALLEL_FROM = 64
"""Pages from which on starting more processes costs less than it saves."""
PAGES_AT_ONCE = 32
ALIKE = 32
"""Texts that are remembered: guides of one language for several countries are often copies, read one after the other."""

Bounds = Mapping[str, str]
"""Path of a page -> the folder that it may not lie outside of."""


class EncodedPage(msgspec.Struct, frozen=True):
    """A page as a worker gives it back: its `record`, its `facts` and the `draft` that the options ask for, encoded."""

    path: str
    record: bytes
    facts: bytes
    draft: bytes = b""


def no_progress(done: int, total: int) -> None:
    """Tell no one."""


def no_draft(page: ParsedPage) -> bytes:
    """Print nothing."""
    return b""


class ReadOptions(msgspec.Struct, frozen=True):
    """How pages are read: on `processes` cores, all of them by default.

    `progress` is told how many of how many pages have been read; `draft` prints each page that has
    just been parsed, in a form to be kept. What translations were made from is looked up in the
    history only where it is said how, in `translations`.
    """

    processes: int = 0
    progress: Callable[[int, int], None] = no_progress
    draft: Callable[[ParsedPage], bytes] = no_draft
    translations: Translations | None = None

    @property
    def workers(self) -> int:
        """The number of processes."""
        return self.processes or os.cpu_count() or 1


# One page


def read_facts(path: str, folder: str | None = None) -> Facts:
    """The facts of a page, as `read_source`; of an unreadable one, that it is so."""
    return _read(path, folder, no_draft)[1]


def facts_of(source: SourceFile) -> Facts:
    """The facts of a text."""
    document = read_document(source)
    return Facts(document, read_claims(document))


def _read(
    path: str, folder: str | None, draft: Callable[[ParsedPage], bytes]
) -> tuple[FileState | None, Facts, bytes]:
    try:
        keep_within(path, folder)
        status, data = read_bytes(path)
        return state_of_bytes(status, data), *_read_bytes(path, data, draft)
    except OSError as error:
        return None, Facts(unreadable(path, _reason(error, path)), Claims()), b""
    except Exception as error:  # a page that balise cannot take must not hide the others
        return None, Facts(_failed(path, error), Claims()), b""


_alike: dict[tuple[bytes, str, object], tuple[Facts, bytes]] = {}
"""What was read of the last texts, by text, language and what prints it."""


def _read_bytes(
    path: str, data: bytes, draft: Callable[[ParsedPage], bytes]
) -> tuple[Facts, bytes]:
    name = page_name(path)
    key = (data, name.language if name else "", draft)
    known = _alike.get(key)
    if known is None:
        page = read_page(SourceFile.from_bytes(path, data))
        known = Facts(page.document, read_claims(page.document)), draft(page)
        if len(_alike) >= ALIKE:
            _alike.clear()
        _alike[key] = known
    facts, drafted = known
    if facts.document.path == path:
        return known
    return Facts(replace(facts.document, path=path), facts.claims), drafted


def _reason(error: OSError, path: str) -> str:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "it is a symbolic link to nothing"
    if isinstance(error, FileNotFoundError) and is_display_path(path):
        return "its name or that of a folder above is not UTF-8; rename it"
    return (error.strerror or str(error)).lower()


def _failed(path: str, error: Exception) -> Document:
    reason = f"balise itself failed on it ({type(error).__name__}: {error}); please report this"
    return unreadable(path, reason)


# Many pages


def read_pages(
    roots: Mapping[str, str], bounds: Bounds, options: ReadOptions
) -> Iterator[EncodedPage]:
    """All pages, in the order of `roots`, which are the folders of their collections by path."""
    pages = [(path, root, bounds.get(path)) for path, root in roots.items()]
    if len(pages) < PARALLEL_FROM or options.workers < 2:
        yield from map(partial(_read_page, options.draft), pages)
        return
    chunks = [pages[start : start + PAGES_AT_ONCE] for start in range(0, len(pages), PAGES_AT_ONCE)]
    read = process_map(partial(_read_chunk, options.draft), chunks, options.workers)
    for number, chunk in enumerate(read):
        options.progress(number * PAGES_AT_ONCE, len(pages))
        yield from chunk


def read_texts(texts: Sequence[SourceFile], processes: int) -> Iterator[Facts]:
    """The facts of texts that take the place of files, in their order."""
    if len(texts) < PARALLEL_FROM or processes < 2:
        yield from map(_read_text, texts)
        return
    chunks = [texts[start : start + PAGES_AT_ONCE] for start in range(0, len(texts), PAGES_AT_ONCE)]
    for encoded in process_map(_read_texts, chunks, processes):
        yield from FACTS_OF_MANY.decode(encoded)


def _read_chunk(
    draft: Callable[[ParsedPage], bytes], pages: Sequence[tuple[str, str, str | None]]
) -> list[EncodedPage]:
    return [_read_page(draft, page) for page in pages]


def _read_page(
    draft: Callable[[ParsedPage], bytes], page: tuple[str, str, str | None]
) -> EncodedPage:
    path, root, folder = page
    state, facts, drafted = _read(path, folder, draft)
    record = record_of(facts, root, state or UNREAD)
    return EncodedPage(path, ENCODER.encode(record), ENCODER.encode(facts), drafted)


def _read_texts(texts: Sequence[SourceFile]) -> bytes:
    return ENCODER.encode([_read_text(source) for source in texts])


def _read_text(source: SourceFile) -> Facts:
    try:
        return facts_of(source)
    except Exception as error:  # as of a page that is read from its file
        return Facts(_failed(source.path, error), Claims())
