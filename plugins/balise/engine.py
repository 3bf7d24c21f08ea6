"""From paths to findings: discover pages, read them on all cores, run the rules over the facts."""

import contextlib
import gc
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from posixpath import dirname
from typing import cast

import msgspec

from balise.cache import (
    ENCODER,
    PAGE_FACTS,
    Cache,
    ClaimsOf,
    Entry,
    Facts,
    Found,
    Page,
    Row,
    Watch,
    digest,
)
from balise.claims import Claims, read_claims
from balise.collection import Changes, Collection, affected, data_path, earlier
from balise.collection.collection import LINKS
from balise.collection.facts import FACTS
from balise.collection.redirects import REDIRECTS
from balise.config import OVH_URLS, Config, Configuration, Urls
from balise.document import (
    Document,
    page_name,
    read_data,
    read_document,
    read_page,
    read_redirects,
    unreadable,
)
from balise.errors import UserError
from balise.findings import Finding, Severity, in_order
from balise.patterns import Patterns
from balise.policy import KNOWN, Policy, off_everywhere
from balise.render import render_page
from balise.render.words import interface_words
from balise.render.words_shown import words_in, words_shown
from balise.rules import ALL_RULES, AgainstRule, CollectionRule, PageFacts, Rule
from balise.rules.base import RuleOptions
from balise.rules.suppressions.unused_suppression import UnusedSuppression
from balise.source import SourceFile, Span
from balise.suggestions import did_you_mean
from balise.suppress import LOOKING_AROUND, silence

PARALLEL_FROM = 64
"""Pages from which on starting more processes costs less than it saves."""
CHUNK = 32


Progress = Callable[[int, int], None]
"""Is told how many of how many pages have been read."""


def _nobody(done: int, total: int) -> None:
    pass


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


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be checked: the pages asked for, and what they are judged by.

    `around` are the other pages of their collections, `whole` the roots that hold a collection
    from its home down, as far as one can see. `folders` are those asked for. Of the pages only
    those count that the changes `since` a commit can matter to; what was lost since the commit
    `against` is told as well.
    """

    pages: Sequence[PageFile]
    around: Sequence[PageFile] = ()
    whole: frozenset[str] = frozenset()
    folders: Sequence[str] = ()
    since: Changes | None = None
    against: Changes | None = None

    def asks_for(self, path: str) -> bool:
        """Whether `path`, of a file that may be gone, was asked for."""
        return any(page.path == path for page in self.pages) or any(
            folder in ("", ".") or path.startswith(f"{folder}/") for folder in self.folders
        )


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
        shown_root = root.as_posix()
        for shown in pages_below(path, configuration) if path.is_dir() else [path.as_posix()]:
            pages.setdefault(shown, PageFile(shown, shown_root))
    around: dict[str, PageFile] = {}
    for shown, root in roots.items():
        for page in pages_below(root, configuration):
            if page not in pages:
                around[page] = PageFile(page, shown)
    folders = [path.as_posix() for path in paths if path.is_dir()]
    return Scope(list(pages.values()), list(around.values()), frozenset(roots), folders)


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


def pages_below(folder: Path, configuration: Configuration) -> Iterator[str]:
    """The path of every page of a folder, in order: no hidden folders, no `default.*`, which is no page.

    `.gitignore` files on the way count, and the configuration's `include` and `exclude`.
    """
    settings = configuration.config
    base = configuration.root.absolute()
    patterns = Patterns.of(base, settings.include, settings.exclude)
    above = tuple(p for file in _gitignores_above(folder) for p in Patterns.of_gitignore(file))
    ignored: dict[str, tuple[Patterns, ...]] = {}
    for where, folders, names in os.walk(folder):
        ignoring = ignored.get(dirname(where), above)
        prefix = f"{Path(where).as_posix()}/" if where != "." else ""
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
                yield f"{prefix}{name}"


def was_page(path: str, configuration: Configuration) -> bool:
    """Whether a file that is gone would be one of `pages_below` its collection, if it were there."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(".md") or name.startswith("default."):
        return False
    parts = folder.split("/")
    if any(part.startswith(".") and part not in (".", "..") for part in parts):
        return False
    settings = configuration.config
    own = Patterns.of(configuration.root.absolute(), settings.include, settings.exclude)
    ignored = [p for f in _gitignores_above(Path(folder, name)) for p in Patterns.of_gitignore(f)]
    above = ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]
    return not any(
        p.excludes(part) for p in (own, *ignored) for part in (*above, path) if part != "/"
    )


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


@dataclass(frozen=True, slots=True)
class _Read:
    """One page as a worker gives it back: the hash of its bytes, and its facts, encoded.

    The hash of one that could not be read is empty: it is read again the next time.
    """

    path: str
    hash: bytes
    facts: bytes


def _read_chunk(paths: Sequence[str]) -> list[_Read]:
    return [_read_page(path) for path in paths]


def _read_page(path: str) -> _Read:
    facts = read_facts(path)
    try:
        hash_ = hash_of(path)
    except OSError:
        hash_ = b""
    return _Read(path, hash_, ENCODER.encode(Facts(*facts)))


def hash_of(path: str) -> bytes:
    """Stands for the bytes of a page. Raises OSError where it cannot be read."""
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of pages
        return hashlib.blake2b(file.read(), digest_size=16).digest()


def read_pages(
    paths: Sequence[str], processes: int, progress: Progress = _nobody
) -> Iterator[tuple[Document, Claims]]:
    """Facts and claims of all pages, in the order of `paths`."""
    if len(paths) < PARALLEL_FROM or processes < 2:
        yield from map(read_facts, paths)
        return
    for read in _read_in_parallel(paths, processes, progress):
        facts = PAGE_FACTS.decode(read.facts)
        yield facts.document, facts.claims


def _read_in_parallel(
    paths: Sequence[str], processes: int, progress: Progress = _nobody
) -> Iterator[_Read]:
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    if len(paths) < PARALLEL_FROM or processes < 2:
        yield from map(_read_page, paths)
        return
    with ProcessPoolExecutor(processes, initializer=gc.disable) as pool:
        for number, read in enumerate(pool.map(_read_chunk, chunks)):
            progress(number * CHUNK, len(paths))
            yield from read


def read_texts(texts: Sequence[tuple[str, bytes]], processes: int) -> Iterator[Document]:
    """The facts of texts that are no files of today, given as (path, bytes), in their order."""
    if len(texts) < PARALLEL_FROM or processes < 2:
        yield from (_read_text(path, text) for path, text in texts)
        return
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    with ProcessPoolExecutor(processes, initializer=gc.disable) as pool:
        for encoded in pool.map(_read_texts, chunks):
            yield from DOCUMENTS.decode(encoded)


def _read_texts(texts: Sequence[tuple[str, bytes]]) -> bytes:
    return ENCODER.encode([_read_text(path, text) for path, text in texts])


def _read_text(path: str, text: bytes) -> Document:
    try:
        return read_document(SourceFile.from_bytes(path, text))
    except Exception as error:  # as in `read_facts`
        return unreadable(path, f"balise itself failed on it ({type(error).__name__}: {error})")


DOCUMENTS = msgspec.msgpack.Decoder(list[Document])


def select_rules(
    config: Config,
    *,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Rule]:
    """The rules that the configuration and the command line ask for, with their options.

    `select` replaces what the configuration selects, `extend_select` and `ignore` add to it. A
    name is that of a rule or of a group. Raises UserError for any other.
    """
    wanted = select or config.select
    besides = (*extend_select, *(() if select else config.extend_select))
    ignored = (*config.ignore, *config.extend_ignore, *ignore)
    names = KNOWN.names
    unknown = [
        f"there is no rule or group `{name}`{did_you_mean(name, names)} (`balise rules` lists them)"
        for name in dict.fromkeys((*wanted, *besides, *ignored))
        if name not in names
    ]
    if unknown:
        raise UserError(*unknown)

    def named(rule: type[Rule], these: Sequence[str]) -> bool:
        return rule.name in these or rule.group in these

    chosen = [
        rule
        for rule in ALL_RULES
        if (named(rule, wanted) if wanted else rule.on_by_default) or named(rule, besides)
    ]
    rules = [
        rule(_options(rule, config))
        for rule in chosen
        if not named(rule, ignored) and not off_everywhere(rule, config)
    ]
    if not rules:
        raise UserError("no rule is left to check: each one selected is ignored or off as well")
    return rules


def _options(rule: type[Rule], config: Config) -> RuleOptions | None:
    given = config.rules.get(rule.name)
    return msgspec.convert(given, type(rule.options)) if given is not None else None


def check(
    scope: Scope,
    rules: Sequence[Rule],
    urls: Urls = OVH_URLS,
    *,
    processes: int | None = None,
    cache: Cache | None = None,
    progress: Progress = _nobody,
    policy: Policy | None = None,
) -> Report:
    """Read all pages and run the rules over those asked for; a collection for every root.

    The `policy` has the last word about findings. With a `cache` only what has changed since the last run is read, and only the rules' findings
    are made anew that this may have changed.
    """
    count = processes if processes is not None else os.cpu_count() or 1
    with _without_collecting():
        if cache is not None:
            report = _Cached(scope, rules, urls, count, cache, progress).check()
            return replace(report, findings=policy.applied(report.findings)) if policy else report
        pages = [*scope.pages, *scope.around]
        facts = list(read_pages([page.path for page in pages], count, progress))
        return check_facts(
            [(page.root, *found) for page, found in zip(pages, facts, strict=True)],
            rules,
            urls,
            whole=scope.whole,
            around=frozenset(page.path for page in scope.around),
            policy=policy,
            scope=scope,
            processes=count,
        )


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Facts are many and refer to no one in a circle: looking for circles costs a seventh."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Cached:
    """One run of `check` with a cache."""

    def __init__(
        self,
        scope: Scope,
        rules: Sequence[Rule],
        urls: Urls,
        processes: int,
        cache: Cache,
        progress: Progress,
    ) -> None:
        self.scope = scope
        self.rules = rules
        self.urls = urls
        self.processes = processes
        self.cache = cache
        self.progress = progress
        self.watch = Watch()
        self.crashes: list[Crash] = []
        self.changed: dict[str, Row] = {}

    def check(self) -> Report:
        """As the function of that name."""
        rows = self.cache.load()
        try:
            pages, stale = self._pages(rows)
            return self._checked(rows, pages, stale)
        finally:
            self.cache.close()

    def _pages(self, rows: dict[str, Row]) -> tuple[dict[str, Page], set[str]]:
        """All pages, and the paths of those that are not the same as in the cache."""
        all_pages = [*self.scope.pages, *self.scope.around]
        roots = {page.path: page.root for page in all_pages}
        stale = [path for path in roots if path not in rows or not _same(path, rows[path].hash)]
        pages = {
            path: Page(path, row.entry, self._load, self.watch)
            for path, row in rows.items()
            if path in roots
        }
        for read in _read_in_parallel(stale, self.processes, self.progress):
            facts = PAGE_FACTS.decode(read.facts)
            entry = _entry(facts.document, roots[read.path], self.urls)
            pages[read.path] = page = Page(read.path, entry, self._load, self.watch)
            page._facts = facts
            rows[read.path] = self.changed[read.path] = Row(read.hash, entry, read.facts)
        return {path: pages[path] for path in roots}, set(stale)

    def _load(self, path: str) -> Facts:
        return self.cache.facts(path) or Facts(*read_facts(path))

    def _checked(self, rows: dict[str, Row], pages: dict[str, Page], stale: set[str]) -> Report:
        by_root: dict[str, list[Page]] = {}
        for page in (*self.scope.pages, *self.scope.around):
            by_root.setdefault(page.root, []).append(pages[page.path])
        for root in sorted(self.scope.whole) if self.scope.against else ():
            by_root.setdefault(root, [])
        collections = {root: self._collection(root, found) for root, found in by_root.items()}
        past = _Past(self.scope, collections, self.processes)
        structure = self._structure(by_root, collections)
        name = f"structure {digest(sorted(by_root))!r}"
        same = self.cache.meta(name) == structure
        claims = ClaimsOf(pages, self.watch)
        findings: list[Finding] = []
        asked = {page.path for page in self.scope.pages if past.matters_to(page.path)}
        for page in (*self.scope.pages, *self.scope.around):
            row = rows[page.path]
            valid = (
                same and row.found is not None and stale.isdisjoint((page.path, *row.found.seen))
            )
            if not valid and row.found is not None:
                row.found = None
                self.changed[page.path] = row
            if page.path not in asked:
                continue
            if row.found is None:
                row.found = self._run(pages[page.path], collections[page.root], claims)
                self.changed[page.path] = row
            findings += row.found.findings
        meta = {name: structure}
        parts = {page.root for page in self.scope.around}
        for root, collection in collections.items():
            if root in self.scope.whole and root not in parts:
                uses = digest(structure, [(p.path, p._entry.uses) for p in by_root[root]])
                found = self._of_collection(collection, uses, meta)
                findings += past.fresh(root, found, self.rules, self.crashes)
        findings += past.lost(self.rules, self.crashes)
        self._store(rows, pages, meta)
        silenced = {
            page.path: (page.root, pages[page.path].facts().document)
            for page in self.scope.pages
            if pages[page.path]._entry.silences
        }
        judged = self.scope.whole - parts
        findings = _silenced(findings, silenced, self.rules, self.scope.whole, judged, self.crashes)
        documents = cast("dict[str, Document]", {**pages})
        for collection in collections.values():
            documents |= {document.path: document for document in collection.data.values()}
        for finding in findings:
            documents.setdefault(finding.path, Document(finding.path, (0,), 0))
        checked = len(asked)
        return Report(in_order(findings), self.crashes, documents, collections, checked, judged)

    def _collection(self, root: str, pages: Sequence[Page]) -> Collection:
        folders = {folder for page in pages for folder in page._entry.folders}
        documents = cast("list[Document]", list(pages))
        return _collection(root, documents, folders, self.urls, root in self.scope.whole)

    def _structure(
        self, pages: Mapping[str, Sequence[Page]], collections: Mapping[str, Collection]
    ) -> bytes:
        """Stands for all that a rule can know of a page without opening it, and for the rules."""
        rules = [(rule.name, repr(getattr(rule, "options", None))) for rule in self.rules]
        parts: list[object] = [rules, self.urls, sorted(self.scope.whole)]
        for root, collection in collections.items():
            parts.append([(page.path, page._entry.values) for page in pages[root]])
            parts.append(sorted(collection.files))
            parts += [(name, document) for name, document in sorted(collection.data.items())]
        return digest(*parts)

    def _run(self, page: Page, collection: Collection, claims: ClaimsOf) -> Found:
        facts = page.facts()
        seen = PageFacts(facts.document, facts.claims, collection, claims)
        self.watch.taken()
        findings: list[Finding] = []
        for rule in self.rules:
            findings += _guarded(rule, page.path, partial(rule.check, seen), self.crashes)
        return Found(findings, self.watch.taken())

    def _of_collection(
        self, collection: Collection, uses: bytes, meta: dict[str, bytes]
    ) -> list[Finding]:
        key = f"collection {collection.root}"
        stored = self.cache.meta(key)
        if stored is not None and stored[: len(uses)] == uses:
            with contextlib.suppress(msgspec.MsgspecError):
                return FINDINGS.decode(stored[len(uses) :])
        findings = _of_whole(collection, self.rules, self.crashes)
        meta[key] = uses + ENCODER.encode(findings)
        return findings

    def _store(
        self, rows: Mapping[str, Row], pages: Mapping[str, Page], meta: Mapping[str, bytes]
    ) -> None:
        if self.crashes:
            return
        unreadable = {path for path, row in self.changed.items() if not row.hash}
        changed = {path: row for path, row in self.changed.items() if path not in unreadable}
        gone = [path for path in rows if path not in pages and not os.path.lexists(path)]
        self.cache.store(changed, [*gone, *unreadable], meta)


FINDINGS = msgspec.msgpack.Decoder(list[Finding])


def _same(path: str, known: bytes) -> bool:
    try:
        return hash_of(path) == known
    except OSError:
        return False


def _entry(document: Document, root: str, urls: Urls) -> Entry:
    entries = document.front_matter.entries if document.front_matter else ()
    values: dict[str, str] = {}
    for entry in entries:
        values.setdefault(entry.key, entry.value)
    links = [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    uses = digest([image.src for image in document.images], links)
    folders = sorted(_folders(document, Collection(root, (), urls=urls)))
    silences = bool(document.suppressions)
    return Entry(values, folders, list(document.line_starts), document.length, uses, silences)


def _guarded(
    rule: Rule, path: str, run: Callable[[], Iterator[Finding]], crashes: list[Crash]
) -> list[Finding]:
    """What a rule finds; what it found before it failed, and that it failed."""
    findings: list[Finding] = []
    try:
        findings.extend(run())
    except Exception as error:  # a rule's bug must not hide the other findings
        crashes.append(Crash(rule.name, path, f"{type(error).__name__}: {error}"))
    return findings


def _of_whole(collection: Collection, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
    """What the rules about a collection find in it."""
    findings: list[Finding] = []
    for rule in rules:
        if isinstance(rule, CollectionRule):
            run = partial(rule.check_collection, collection)
            findings += _guarded(rule, collection.root, run, crashes)
    return findings


EVERYTHING = Scope(())
"""A scope that compares with nothing."""


class _Past:
    """The collections as they were at the commits that a scope compares with."""

    def __init__(self, scope: Scope, collections: Mapping[str, Collection], processes: int) -> None:
        self.scope = scope
        self.collections = collections
        self.processes = processes
        self.then: dict[str, Collection] = {}
        self.affected: frozenset[str] = frozenset()
        if scope.since is not None:
            for root, collection in collections.items():
                # A copy: what a collection remembers is not watched when it is asked again.
                today = earlier(collection, Changes(""), (), {})
                then = self.then[root] = self._earlier(collection, scope.since)
                self.affected |= affected(today, then, scope.since.touched)

    def matters_to(self, path: str) -> bool:
        """Whether the changes since the commit can matter to a page."""
        return self.scope.since is None or path in self.affected

    def fresh(
        self, root: str, findings: list[Finding], rules: Sequence[Rule], crashes: list[Crash]
    ) -> list[Finding]:
        """Of findings about a collection those that were not there, or are about a changed file."""
        if self.scope.since is None or not findings:
            return findings
        known = {(f.rule, f.path, f.message) for f in _of_whole(self.then[root], rules, crashes)}
        touched = self.scope.since.touched
        return [
            f for f in findings if f.path in touched or (f.rule, f.path, f.message) not in known
        ]

    def lost(self, rules: Sequence[Rule], crashes: list[Crash]) -> list[Finding]:
        """What there was at the commit to compare with, and is not there any more."""
        against = self.scope.against
        findings: list[Finding] = []
        comparing = [rule for rule in rules if isinstance(rule, AgainstRule)]
        for root, collection in self.collections.items() if against and comparing else ():
            if against is None or root not in self.scope.whole:
                continue
            old = self._earlier(collection, against)
            for rule in comparing:
                run = partial(rule.check_against, old, collection, against.moved)
                findings += _guarded(rule, root, run, crashes)
        return [finding for finding in findings if self.scope.asks_for(finding.path)]

    def _earlier(self, today: Collection, changes: Changes) -> Collection:
        data_files = {data_path(today.root, name): name for name in DATA_FILES}
        inside = [(p, text) for p, text in changes.texts.items() if today.contains(p)]
        data = {
            data_files[path]: DATA_FILES[data_files[path]](SourceFile.from_bytes(path, text))
            for path, text in inside
            if path in data_files
        }
        pages = [(path, text) for path, text in inside if path not in data_files]
        return earlier(today, changes, read_texts(pages, self.processes), data)


def check_facts(
    facts: Sequence[tuple[str, Document, Claims]],
    rules: Sequence[Rule],
    urls: Urls = OVH_URLS,
    *,
    whole: frozenset[str] = frozenset(),
    around: frozenset[str] = frozenset(),
    policy: Policy | None = None,
    scope: Scope = EVERYTHING,
    processes: int = 1,
) -> Report:
    """Run the rules over facts that have been read: (root, document, claims) of every page.

    Rules about a collection run where all of it was asked for: where no page of it is `around`.
    The `policy` has the last word about findings; `scope` says what to compare them with.
    """
    compared = sorted(whole) if scope.against else []
    collections = {
        root: make_collection(root, [d for r, d, _ in facts if r == root], urls, root in whole)
        for root in dict.fromkeys([*(root for root, _, _ in facts), *compared])
    }
    past = _Past(scope, collections, processes)
    findings: list[Finding] = []
    crashes: list[Crash] = []

    by_path = {document.path: claims for _, document, claims in facts}
    checked = 0
    for root, document, claims in facts:
        if document.path in around or not past.matters_to(document.path):
            continue
        checked += 1
        page = PageFacts(document, claims, collections[root], by_path)
        for rule in rules:
            findings += _guarded(rule, document.path, partial(rule.check, page), crashes)
    parts = {root for root, document, _ in facts if document.path in around}
    judged = whole - parts
    for root, collection in collections.items():
        if root in judged:
            found = _of_whole(collection, rules, crashes)
            findings += past.fresh(root, found, rules, crashes)
    findings += past.lost(rules, crashes)
    asked = {d.path: (root, d) for root, d, _ in facts if d.path not in around}
    findings = _silenced(findings, asked, rules, whole, judged, crashes)
    if policy is not None:
        findings = policy.applied(findings)
    documents = {document.path: document for _, document, _ in facts}
    for collection in collections.values():
        documents |= {document.path: document for document in collection.data.values()}
    for finding in findings:
        documents.setdefault(finding.path, Document(finding.path, (0,), 0))
    return Report(in_order(findings), crashes, documents, collections, checked, judged)


def _silenced(
    findings: Sequence[Finding],
    asked: Mapping[str, tuple[str, Document]],
    rules: Sequence[Rule],
    whole: frozenset[str],
    judged: frozenset[str],
    crashes: Sequence[Crash],
) -> list[Finding]:
    """The findings that no comment on their page silences, and those about such comments.

    `asked` are the pages, each with its root; `judged` the roots that rules about collections
    were run on.
    """

    def complete(document: Document) -> set[str]:
        root = asked[document.path][0]
        failed = {c.rule for c in crashes if c.path in (root, document.path)}
        return {
            rule.name
            for rule in rules
            if (root in whole or rule.group not in LOOKING_AROUND)
            and (root in judged or not isinstance(rule, CollectionRule))
            and rule.name not in failed
        }

    unused = next((rule for rule in rules if isinstance(rule, UnusedSuppression)), None)
    return silence(findings, [document for _, document in asked.values()], complete, unused)


DATA_FILES = {LINKS: read_data, FACTS: read_data, REDIRECTS: read_redirects}


def make_collection(
    root: str, documents: Sequence[Document], urls: Urls, whole: bool
) -> Collection:
    """The collection of these pages, of its data files, and of the files that pages point at.

    Those are all files in the folders that pages show, include or link to something in, and in
    the folders `images` beside pages. Nothing outside of the collection is looked at, whichever
    way a link or a symbolic link leads there.
    """
    bare = Collection(root, (), urls=urls)
    folders = {folder for document in documents for folder in _folders(document, bare)}
    return _collection(root, documents, folders, urls, whole)


def _folders(document: Document, bare: Collection) -> set[str]:
    """The folders of the collection in which a page may name files."""
    addresses = [image.src for image in document.images]
    addresses += [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    paths = [bare.path_of(address, document) for address in addresses]
    paths += [bare.included(include.path) for include in document.includes]
    folders = {dirname(path) for path in paths if path is not None and bare.contains(path)}
    return folders | {f"{dirname(document.path)}/images".lstrip("/")}


def _collection(
    root: str, documents: Sequence[Document], folders: Iterable[str], urls: Urls, whole: bool
) -> Collection:
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


def _is_inside(entry: os.DirEntry[str], inside: str) -> bool:
    """Whether an entry is a file, and no symbolic link to one outside of the folder `inside`."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside.rstrip("/") + "/"):
        return False
    return entry.is_file()


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
    inside = os.path.realpath(root or ".").rstrip("/") + "/"
    if not os.path.realpath(path).startswith(inside):
        return None
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
            yield from (prefix + entry.name for entry in entries if _is_inside(entry, inside))
    except (OSError, ValueError):
        return


class Fixing:
    """The pages of a scope, read once, to be checked again and again with some texts changed."""

    def __init__(
        self,
        scope: Scope,
        rules: Sequence[Rule],
        urls: Urls,
        *,
        processes: int | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.scope = scope
        self.rules = rules
        self.urls = urls
        self.policy = policy
        self.around = frozenset(page.path for page in scope.around)
        pages = [*scope.pages, *scope.around]
        self.roots = {page.path: page.root for page in pages}
        count = processes if processes is not None else os.cpu_count() or 1
        self.processes = count
        self.facts = dict(zip(self.roots, read_pages(list(self.roots), count), strict=True))
        self.sources: dict[str, SourceFile] = {}
        self.texts: dict[str, str] = {}
        self.report: Report | None = None

    def check(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """What is found where these pages have these texts."""
        for path, text in texts.items():
            if self.texts.get(path) != text:
                self.facts[path] = facts_of(SourceFile(path, text))
        self.texts = dict(texts)
        facts = [(self.roots[path], *found) for path, found in self.facts.items()]
        with _without_collecting():
            self.report = check_facts(
                facts,
                self.rules,
                self.urls,
                whole=self.scope.whole,
                around=self.around,
                policy=self.policy,
                scope=self.scope,
                processes=self.processes,
            )
        return [f for f in self.report.findings if self._may_be_fixed(f.path)]

    def read(self, path: str) -> str:
        """The text of a page as it was read."""
        return self.source(path).text

    def source(self, path: str) -> SourceFile:
        """A page as it was read. Raises OSError where it is gone."""
        if path not in self.sources:
            self.sources[path] = read_source(path)
        return self.sources[path]

    def _may_be_fixed(self, path: str) -> bool:
        """Whether a finding is on a page whose every byte is understood."""
        if path not in self.facts or path in self.around:
            return False
        problems = self.facts[path][0].problems
        return not any(problem.kind in ("undecodable", "unreadable") for problem in problems)

    def accepts(self, path: str, before: str, after: str, findings: list[Finding]) -> bool:
        """Whether no word or picture vanished or appeared that the fixes are not about."""
        if self.report is None:
            return True
        collection = self.report.collections[self.roots[path]]
        old, new = (
            words_shown(render_page(read_page(SourceFile(path, text)), collection, {}).html)
            for text in (before, after)
        )
        about = [_lines_around(before, finding.span) for finding in findings]
        for finding in findings:
            for edit in finding.fix.edits if finding.fix else ():
                about += [edit.text, before[edit.span.start : edit.span.end]]
        name = page_name(path)
        about += interface_words(name.language if name else "en").values()
        allowed = set(words_in(" ".join(about)))
        differing = {word for word in (old - new) + (new - old) if not word.startswith("<img ")}
        return differing <= allowed and len(old - new) < MANY


def _lines_around(text: str, span: Span) -> str:
    """The whole lines that a span touches: an attribute list behind it is part of the mistake."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)]


MANY = 200
"""Words that a page may lose by fixes: more is a fix gone wrong."""
