"""Pages from files to facts, one by one or on all cores."""

import contextlib
import gc
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from balise.base.file_state import FileState, read_bytes, state_of_bytes
from balise.base.paths import is_display_path, is_within
from balise.base.source import SourceFile
from balise.claims import Claims, read_claims
from balise.document import Document, ParsedPage, read_document, read_page, unreadable

PARALLEL_FROM = 64
"""Pages from which on starting more processes costs less than it saves."""
CHUNK = 32

ASTRAY = (
    "it is a symbolic link to a file outside of the collection; put the file itself here, "
    "or lead the link to one in the collection"
)

Bounds = Mapping[str, str]
"""Path of a page -> the folder that it may not lie outside of."""
Progress = Callable[[int, int], None]
"""Is told how many of how many pages have been read."""

Drafter = Callable[[ParsedPage], bytes]
"""Prints a page that has just been parsed, in a form to be kept."""


class Facts(msgspec.Struct, array_like=True):
    """All that is read in one page."""

    document: Document
    claims: Claims


ENCODER = msgspec.msgpack.Encoder()
PAGE_FACTS = msgspec.msgpack.Decoder(Facts)
DOCUMENTS = msgspec.msgpack.Decoder(list[Document])


def nobody(done: int, total: int) -> None:
    """Tell no one."""


def no_draft(page: ParsedPage) -> bytes:
    """Print nothing."""
    return b""


def read_source(path: str, folder: str | None = None) -> SourceFile:
    """The text of the page at `path`.

    Raises OSError where it cannot be read, or lies outside of the `folder` that is given.
    """
    _keep_in(path, folder)
    return SourceFile.from_bytes(path, read_bytes(path)[1])


def source_of(path: str) -> SourceFile | None:
    """The text of the page at `path`; None where it cannot be read."""
    try:
        return read_source(path)
    except OSError:
        return None


def _keep_in(path: str, folder: str | None) -> None:
    # One that is not there leads nowhere.
    if folder is not None and not is_within(path, folder) and Path(path).exists():
        raise OSError(0, ASTRAY)


def read_facts(path: str, folder: str | None = None) -> tuple[Document, Claims]:
    """The facts and claims of a page, as `read_source`; of an unreadable one, that it is so."""
    facts = _read(path, folder)[1]
    return facts.document, facts.claims


def _read(
    path: str, folder: str | None, draft: Drafter = no_draft
) -> tuple[FileState | None, Facts, bytes]:
    try:
        _keep_in(path, folder)
        status, data = read_bytes(path)
        page = read_page(SourceFile.from_bytes(path, data))
        facts = Facts(page.document, read_claims(page.document))
        return state_of_bytes(status, data), facts, draft(page)
    except OSError as error:
        return None, Facts(unreadable(path, _reason(error, path)), Claims()), b""
    except Exception as error:  # a page that balise cannot take must not hide the others
        reason = f"balise itself failed on it ({type(error).__name__}: {error}); please report this"
        return None, Facts(unreadable(path, reason), Claims()), b""


def facts_of(source: SourceFile) -> tuple[Document, Claims]:
    """The facts and claims of a text."""
    document = read_document(source)
    return document, read_claims(document)


def _reason(error: OSError, path: str) -> str:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "it is a symbolic link to nothing"
    if isinstance(error, FileNotFoundError) and is_display_path(path):
        return "its name or that of a folder above is not UTF-8; rename it"
    return (error.strerror or str(error)).lower()


@dataclass(frozen=True, slots=True)
class Read:
    """One page as a worker gives it back: what it was like, its facts, encoded, and its draft.

    One that could not be read has no state: it is read again the next time.
    """

    path: str
    state: FileState | None
    facts: bytes
    draft: bytes = b""


def _begin() -> None:
    """In a process of the pool, before its first page."""
    gc.disable()
    # An interrupt reaches all processes: these have nothing to tell, and nothing to finish.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_chunk(draft: Drafter, pages: Sequence[tuple[str, str | None]]) -> list[Read]:
    return [_read_page(draft, page) for page in pages]


def _read_page(draft: Drafter, page: tuple[str, str | None]) -> Read:
    path, folder = page
    found, facts, drafted = _read(path, folder, draft)
    return Read(path, found, ENCODER.encode(facts), drafted)


def read_pages(
    paths: Sequence[str], processes: int, bounds: Bounds, progress: Progress = nobody
) -> Iterator[tuple[Document, Claims]]:
    """Facts and claims of all pages, in the order of `paths`."""
    if len(paths) < PARALLEL_FROM or processes < 2:
        yield from (read_facts(path, bounds.get(path)) for path in paths)
        return
    for read in read_in_parallel(paths, processes, bounds, progress):
        facts = PAGE_FACTS.decode(read.facts)
        yield facts.document, facts.claims


def read_in_parallel(
    paths: Sequence[str],
    processes: int,
    bounds: Bounds,
    progress: Progress = nobody,
    draft: Drafter = no_draft,
) -> Iterator[Read]:
    """All pages in the order of `paths`; `draft` prints each beside."""
    pages = [(path, bounds.get(path)) for path in paths]
    if len(paths) < PARALLEL_FROM or processes < 2:
        yield from map(partial(_read_page, draft), pages)
        return
    chunks = [pages[start : start + CHUNK] for start in range(0, len(pages), CHUNK)]
    from concurrent.futures import ProcessPoolExecutor  # a single page needs no processes

    with ProcessPoolExecutor(processes, initializer=_begin) as pool:
        for number, read in enumerate(pool.map(partial(_read_chunk, draft), chunks)):
            progress(number * CHUNK, len(paths))
            yield from read


def read_texts(texts: Sequence[tuple[str, bytes]], processes: int) -> Iterator[Document]:
    """The facts of texts that are no files of today, given as (path, bytes), in their order."""
    if len(texts) < PARALLEL_FROM or processes < 2:
        yield from (_read_text(path, text) for path, text in texts)
        return
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    from concurrent.futures import ProcessPoolExecutor  # a single page needs no processes

    with ProcessPoolExecutor(processes, initializer=_begin) as pool:
        for encoded in pool.map(_read_texts, chunks):
            yield from DOCUMENTS.decode(encoded)


def _read_texts(texts: Sequence[tuple[str, bytes]]) -> bytes:
    return ENCODER.encode([_read_text(path, text) for path, text in texts])


def _read_text(path: str, text: bytes) -> Document:
    try:
        return read_document(SourceFile.from_bytes(path, text))
    except Exception as error:  # as in `read_facts`
        return unreadable(path, f"balise itself failed on it ({type(error).__name__}: {error})")


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Facts are many and refer to no one in a circle: looking for circles costs a seventh."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
