"""From paths to findings: discover pages, read them on all cores, run the rules over the facts."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import dirname

import msgspec

from balise.claims import Claims, read_claims
from balise.collection import Collection
from balise.collection.collection import LINKS
from balise.collection.facts import FACTS
from balise.collection.redirects import REDIRECTS
from balise.config import OVH_URLS, Configuration, Urls
from balise.document import (
    Document,
    page_name,
    read_data,
    read_document,
    read_redirects,
    unreadable,
)
from balise.errors import UserError
from balise.findings import Finding, Severity, in_order
from balise.patterns import Patterns
from balise.rules import ALL_RULES, CollectionRule, PageFacts, Rule
from balise.rules.suppressions.unused_suppression import UnusedSuppression
from balise.source import SourceFile
from balise.suggestions import did_you_mean
from balise.suppress import LOOKING_AROUND, silence

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
    """The findings in order, the rules that failed, the pages, and their collections by root.

    `documents` are all that were read, `checked` is how many of them were asked for, `whole` the
    roots whose collections were judged as a whole.
    """

    findings: Sequence[Finding]
    crashes: Sequence[Crash]
    documents: Mapping[str, Document]
    collections: Mapping[str, Collection]
    checked: int
    whole: frozenset[str] = frozenset()

    def worst_at_least(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity.rank >= severity.rank for finding in self.findings)


class _Facts(msgspec.Struct, array_like=True):
    document: Document
    claims: Claims


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Facts])


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be checked: the pages asked for, and what they are judged by.

    `around` are the other pages of their collections, `whole` the roots that hold a collection
    from its home down, as far as one can see.
    """

    pages: Sequence[PageFile]
    around: Sequence[PageFile] = ()
    whole: frozenset[str] = frozenset()


def discover(paths: Iterable[Path], configuration: Configuration) -> Scope:
    """The pages at `paths`: files as they are, folders with every page below them.

    Raises UserError with a line for every path that is not there.
    """
    paths = list(paths)
    missing = [f"{path}: there is no such file or folder" for path in paths if not _there(path)]
    if missing:
        raise UserError(*missing)
    pages: dict[str, PageFile] = {}
    roots: dict[str, Path] = {}
    for path in paths:
        root, whole = _root_of(path, configuration.guides)
        if whole:
            roots[root.as_posix()] = root
        for page in pages_below(path, configuration) if path.is_dir() else [path]:
            shown = page.as_posix()
            pages.setdefault(shown, PageFile(shown, root.as_posix()))
    around: dict[str, PageFile] = {}
    for shown, root in roots.items():
        for page in pages_below(root, configuration):
            if page.as_posix() not in pages:
                around[page.as_posix()] = PageFile(page.as_posix(), shown)
    return Scope(list(pages.values()), list(around.values()), frozenset(roots))


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _root_of(path: Path, guides: Path) -> tuple[Path, bool]:
    """The collection's folder, and whether it is a whole one.

    That is the configured folder if `path` is in it, or the nearest folder upwards with a home
    page. Elsewhere it is the folder itself, or the one of the file: a part of a collection.
    """
    if path.absolute().is_relative_to(guides.absolute()):
        return _as_given(guides, path), True
    folder = path if path.is_dir() else path.parent
    for above in (folder.absolute(), *folder.absolute().parents):
        if any(_is_home(file) for file in above.glob("home.*.md")):
            return _as_given(above, path), True
    return folder, False


def _is_home(file: Path) -> bool:
    name = page_name(file.name)
    return name is not None and name.type == "home"


def _as_given(folder: Path, path: Path) -> Path:
    """`folder` from the current one, unless the user gave an absolute path."""
    return folder.absolute() if path.is_absolute() else Path(os.path.relpath(folder))


def pages_below(folder: Path, configuration: Configuration) -> Iterator[Path]:
    """Every page of a folder, in order: no hidden folders, no `default.*`, which is no page.

    `.gitignore` files on the way count, and the configuration's `include` and `exclude`.
    """
    settings = configuration.config
    base = configuration.root.absolute()
    patterns = Patterns.of(base, settings.include, settings.exclude)
    above = tuple(p for file in _gitignores_above(folder) for p in Patterns.of_gitignore(file))
    ignored: dict[str, tuple[Patterns, ...]] = {}
    for where, folders, names in os.walk(folder):
        ignoring = ignored.get(dirname(where), above)
        if ".gitignore" in names:
            ignoring = (*ignoring, *Patterns.of_gitignore(Path(where, ".gitignore")))
        ignored[where] = ignoring
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not any(p.excludes(f"{where}/{name}/") for p in (patterns, *ignoring))
        )
        pages = [
            n for n in (*names, *folders) if n.endswith(".md") and not n.startswith("default.")
        ]
        for name in sorted(pages):
            if not any(p.excludes(f"{where}/{name}") for p in (patterns, *ignoring)):
                yield Path(where, name)


def _gitignores_above(folder: Path) -> Iterator[Path]:
    """The `.gitignore` files between a folder and the root of its repository."""
    above = folder.absolute().parents
    root = next((p for p in (folder.absolute(), *above) if (p / ".git").exists()), None)
    for parent in above:
        if root is not None and parent.is_relative_to(root) and (parent / ".gitignore").is_file():
            yield parent / ".gitignore"


def read_source(path: str) -> SourceFile:
    """The text of the page at `path`. Raises OSError where it cannot be read."""
    # Looked at before it is opened: opening a pipe would wait for its other end.
    mode = os.stat(path).st_mode  # noqa: PTH116 - a thousandth of a second a page matters here
    if not stat.S_ISREG(mode):
        raise OSError(0, "it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file")
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return SourceFile.from_bytes(path, file.read())


def read_facts(path: str) -> tuple[Document, Claims]:
    """The facts and claims of the page at `path`; of an unreadable one, that it is so."""
    try:
        return facts_of(read_source(path))
    except OSError as error:
        return unreadable(path, _reason(error, path)), Claims()
    except Exception as error:  # a page that balise cannot take must not hide the others
        reason = f"balise itself failed on it ({type(error).__name__}: {error}); please report this"
        return unreadable(path, reason), Claims()


def facts_of(source: SourceFile) -> tuple[Document, Claims]:
    """The facts and claims of a text."""
    document = read_document(source)
    return document, read_claims(document)


def _reason(error: OSError, path: str) -> str:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "it is a symbolic link to nothing"
    return (error.strerror or str(error)).lower()


def _read_chunk(paths: Sequence[str]) -> bytes:
    return _ENCODER.encode([_Facts(*read_facts(path)) for path in paths])


def read_pages(paths: Sequence[str], processes: int) -> Iterator[tuple[Document, Claims]]:
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
    scope: Scope, rules: Sequence[Rule], urls: Urls = OVH_URLS, *, processes: int | None = None
) -> Report:
    """Read all pages and run the rules over those asked for; a collection for every root."""
    count = processes if processes is not None else os.cpu_count() or 1
    pages = [*scope.pages, *scope.around]
    facts = list(read_pages([page.path for page in pages], count))
    return check_facts(
        [(page.root, *found) for page, found in zip(pages, facts, strict=True)],
        rules,
        urls,
        whole=scope.whole,
        around=frozenset(page.path for page in scope.around),
    )


def check_facts(
    facts: Sequence[tuple[str, Document, Claims]],
    rules: Sequence[Rule],
    urls: Urls = OVH_URLS,
    *,
    whole: frozenset[str] = frozenset(),
    around: frozenset[str] = frozenset(),
) -> Report:
    """Run the rules over facts that have been read: (root, document, claims) of every page.

    Rules about a collection run where all of it was asked for: where no page of it is `around`.
    """
    collections = {
        root: make_collection(root, [d for r, d, _ in facts if r == root], urls, root in whole)
        for root in dict.fromkeys(root for root, _, _ in facts)
    }
    findings: list[Finding] = []
    crashes: list[Crash] = []

    def collect(rule: Rule, path: str, found: Callable[[], Iterator[Finding]]) -> None:
        try:
            findings.extend(found())
        except Exception as error:  # a rule's bug must not hide the other findings
            crashes.append(Crash(rule.name, path, f"{type(error).__name__}: {error}"))

    by_path = {document.path: claims for _, document, claims in facts}
    for root, document, claims in facts:
        if document.path in around:
            continue
        page = PageFacts(document, claims, collections[root], by_path)
        for rule in rules:
            collect(rule, document.path, partial(rule.check, page))
    parts = {root for root, document, _ in facts if document.path in around}
    judged = whole - parts
    for root, collection in collections.items():
        for rule in rules:
            if isinstance(rule, CollectionRule) and root in judged:
                collect(rule, root, partial(rule.check_collection, collection))
    roots = {d.path: root for root, d, _ in facts if d.path not in around}

    def complete(document: Document) -> set[str]:
        root = roots[document.path]
        failed = {c.rule for c in crashes if c.path in (root, document.path)}
        return {
            rule.name
            for rule in rules
            if (root in whole or rule.group not in LOOKING_AROUND)
            and (root in judged or not isinstance(rule, CollectionRule))
            and rule.name not in failed
        }

    asked = [document for _, document, _ in facts if document.path in roots]
    unused = next((rule for rule in rules if isinstance(rule, UnusedSuppression)), None)
    findings = silence(findings, asked, complete, unused)
    documents = {document.path: document for _, document, _ in facts}
    for collection in collections.values():
        documents |= {document.path: document for document in collection.data.values()}
    for finding in findings:
        documents.setdefault(finding.path, Document(finding.path, (0,), 0))
    checked = len(facts) - len(around)
    return Report(in_order(findings), crashes, documents, collections, checked, judged)


DATA_FILES = {LINKS: read_data, FACTS: read_data, REDIRECTS: read_redirects}


def make_collection(
    root: str, documents: Sequence[Document], urls: Urls, whole: bool
) -> Collection:
    """The collection of these pages, of its data files, and of the files that pages point at.

    Those are all files in the folders that pages show, include or link to something in, and in
    the folders `images` beside pages. Nothing outside of the collection is looked at, whichever
    way a link or a symbolic link leads there.
    """
    bare = Collection(root, documents, urls=urls, whole=whole)
    folders: set[str] = set()
    for document in documents:
        addresses = [image.src for image in document.images]
        addresses += [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
        paths = [bare.path_of(address, document) for address in addresses]
        paths += [bare.included(include.path) for include in document.includes]
        folders.update(dirname(path) for path in paths if path is not None and bare.contains(path))
        folders.add(f"{dirname(document.path)}/images".lstrip("/"))
    inside = os.path.realpath(root or ".")
    files = [file for folder in sorted(folders) for file in _files_in(folder, inside)]
    data = {
        name: read(source)
        for name, read in DATA_FILES.items()
        if whole and (source := _data_file(root, name)) is not None
    }
    return Collection(root, documents, files, urls=urls, data=data, whole=whole)


ABSOLUTE = ("https://", "http://", "#", "mailto:")
"""How most links begin that lead to no file."""


def _files_in_alike(folder: str, inside: str) -> Iterator[str]:
    """The files of a folder that differs from the one named by its capitals alone."""
    parent, _, name = folder.rpartition("/")
    try:
        with os.scandir(parent or ".") as entries:
            alike = [e.name for e in entries if e.name.casefold() == name.casefold()]
    except (OSError, ValueError):
        return
    for found in alike:
        if found != name:
            yield from _files_in(f"{parent}/{found}" if parent else found, inside)


def _data_file(root: str, name: str) -> SourceFile | None:
    path = f"{root}/{name}" if root else name
    try:
        return read_source(path)
    except OSError:
        return None


def _files_in(folder: str, inside: str) -> Iterator[str]:
    """The files of a folder that really lies in the folder `inside`."""
    real = os.path.realpath(folder or ".")
    if not os.path.isdir(real):  # noqa: PTH112 - thousands of folders
        yield from _files_in_alike(folder, inside)
        return
    if real != inside and not real.startswith(inside.rstrip("/") + "/"):
        return
    prefix = f"{folder}/" if folder else ""
    try:
        with os.scandir(folder or ".") as entries:
            yield from (prefix + entry.name for entry in entries if entry.is_file())
    except (OSError, ValueError):
        return
