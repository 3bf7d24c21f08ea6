"""From paths to findings: discover pages, read them on all cores, run the rules over the facts."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname

import msgspec

from balise.claims import PortClaim, read_claims
from balise.collection import Collection
from balise.document import Document, read_document, unreadable
from balise.errors import UserError
from balise.findings import Finding, Severity, in_order
from balise.rules import ALL_RULES, PageFacts, Rule
from balise.source import SourceFile
from balise.suggestions import did_you_mean

PARALLEL_FROM = 64
"""Pages from which on starting more processes costs less than it saves."""
CHUNK = 32


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page to be read: its path as it is shown, and the folder that its links may not leave."""

    path: str
    root: str


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised: a bug of balise, not of the page."""

    rule: str
    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in order, the rules that failed, the pages, and their collections by root."""

    findings: Sequence[Finding]
    crashes: Sequence[Crash]
    documents: Mapping[str, Document]
    collections: Mapping[str, Collection]

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)


class _Facts(msgspec.Struct, array_like=True):
    document: Document
    claims: tuple[PortClaim, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Facts])


def discover(paths: Iterable[Path], guides: Path) -> list[PageFile]:
    """The pages at `paths`: files as they are, folders with every `*.md` below them.

    Raises UserError with a line for every path that is not there.
    """
    missing = [f"{path}: there is no such file or folder" for path in paths if not _there(path)]
    if missing:
        raise UserError(*missing)
    pages: dict[str, PageFile] = {}
    for path in paths:
        root = _root_of(path, guides)
        for page in _pages_below(path) if path.is_dir() else [path]:
            shown = page.as_posix()
            pages.setdefault(shown, PageFile(shown, root))
    return list(pages.values())


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _root_of(path: Path, guides: Path) -> str:
    """The collection's folder if `path` is in it, the folder itself, or the one of the file."""
    if path.absolute().is_relative_to(guides.absolute()):
        return (
            Path(os.path.relpath(guides, Path.cwd())).as_posix()
            if not path.is_absolute()
            else (guides.absolute().as_posix())
        )
    return (path if path.is_dir() else path.parent).as_posix()


def _pages_below(folder: Path) -> Iterator[Path]:
    """Every page of a folder, in order: no hidden folders, no `default.*`, which is no page."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        pages = [
            n for n in (*names, *folders) if n.endswith(".md") and not n.startswith("default.")
        ]
        yield from (Path(where, name) for name in sorted(pages))


def read_source(path: str) -> SourceFile:
    """The text of the page at `path`. Raises OSError where it cannot be read."""
    # Looked at before it is opened: opening a pipe would wait for its other end.
    mode = os.stat(path).st_mode  # noqa: PTH116 - a thousandth of a second a page matters here
    if not stat.S_ISREG(mode):
        raise OSError(0, "it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return SourceFile.from_bytes(path, file.read())


def read_facts(path: str) -> tuple[Document, tuple[PortClaim, ...]]:
    """The facts and claims of the page at `path`; of an unreadable one, that it is so."""
    try:
        return facts_of(read_source(path))
    except OSError as error:
        return unreadable(path, _reason(error, path)), ()
    except Exception as error:  # a page that balise cannot take must not hide the others
        reason = f"balise itself failed on it ({type(error).__name__}: {error}); please report this"
        return unreadable(path, reason), ()


def facts_of(source: SourceFile) -> tuple[Document, tuple[PortClaim, ...]]:
    """The facts and claims of a text."""
    document = read_document(source)
    return document, read_claims(document)


def _reason(error: OSError, path: str) -> str:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "it is a symbolic link to nothing"
    return (error.strerror or str(error)).lower()


def _read_chunk(paths: Sequence[str]) -> bytes:
    return _ENCODER.encode([_Facts(*read_facts(path)) for path in paths])


def read_pages(
    paths: Sequence[str], processes: int
) -> Iterator[tuple[Document, tuple[PortClaim, ...]]]:
    """Facts and claims of all pages, in the order of `paths`."""
    if len(paths) < PARALLEL_FROM or processes < 2:
        yield from map(read_facts, paths)
        return
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    with ProcessPoolExecutor(processes) as pool:
        for encoded in pool.map(_read_chunk, chunks):
            for facts in _DECODER.decode(encoded):
                yield facts.document, facts.claims


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    """The rules named by `select` (those on by default if empty) without those named by `ignore`.

    A name is that of a rule or of a group. Raises UserError for any other.
    """
    names = {rule.name for rule in ALL_RULES} | {rule.group for rule in ALL_RULES}
    unknown = [
        f"there is no rule or group `{name}`{did_you_mean(name, sorted(names))} (`balise rules` lists them)"
        for name in (*select, *ignore)
        if name not in names
    ]
    if unknown:
        raise UserError(*unknown)

    def named(rule: type[Rule], wanted: Sequence[str]) -> bool:
        return rule.name in wanted or rule.group in wanted

    rules = [
        rule()
        for rule in ALL_RULES
        if (named(rule, select) if select else rule.on_by_default) and not named(rule, ignore)
    ]
    if not rules:
        raise UserError("no rule is left to check: each one selected is ignored as well")
    return rules


def check(
    pages: Sequence[PageFile], rules: Sequence[Rule], *, processes: int | None = None
) -> Report:
    """Read all pages and run the rules over them; a collection for every root among them."""
    count = processes if processes is not None else os.cpu_count() or 1
    facts = list(read_pages([page.path for page in pages], count))
    return check_facts(
        [(page.root, *found) for page, found in zip(pages, facts, strict=True)], rules
    )


def check_facts(
    facts: Sequence[tuple[str, Document, tuple[PortClaim, ...]]], rules: Sequence[Rule]
) -> Report:
    """Run the rules over facts that have been read: (root, document, claims) of every page."""
    collections = {
        root: make_collection(root, [document for r, document, _ in facts if r == root])
        for root in dict.fromkeys(root for root, _, _ in facts)
    }
    findings: list[Finding] = []
    crashes: list[Crash] = []
    for root, document, claims in facts:
        page = PageFacts(document, claims, collections[root])
        for rule in rules:
            try:
                findings.extend(rule.check(page))
            except Exception as error:  # a rule's bug must not hide the other findings
                message = f"{type(error).__name__}: {error}"
                crashes.append(Crash(rule.name, document.path, message))
    documents = {document.path: document for _, document, _ in facts}
    return Report(in_order(findings), crashes, documents, collections)


def make_collection(root: str, documents: Sequence[Document]) -> Collection:
    """The collection of these pages and of the files beside those that pages show or include."""
    bare = Collection(root, documents)
    folders: set[str] = set()
    for document in documents:
        paths = [bare.path_of(image.src, document) for image in document.images]
        paths += [bare.included(include.path) for include in document.includes]
        folders.update(dirname(path) for path in paths if path is not None and bare.contains(path))
    return Collection(root, documents, (file for folder in folders for file in _files_in(folder)))


def _files_in(folder: str) -> Iterator[str]:
    prefix = f"{folder}/" if folder else ""
    try:
        with os.scandir(folder or ".") as entries:
            yield from (prefix + entry.name for entry in entries if entry.is_file())
    except OSError:
        return
