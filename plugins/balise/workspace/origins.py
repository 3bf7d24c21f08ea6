"""What each translation was made from: its source at the commit of its last real change.

A commit that changes many pages at once is no real change of any of them, but for those that it
creates. What the history says is a function of HEAD, and is kept until that moves. A page whose text
is another one than at HEAD is being worked on: it has no origin.
"""

import contextlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join

import msgspec

from balise.base.digests import digest, digest_of
from balise.base.errors import UserError
from balise.base.file_state import FileState, file_state, refreshed
from balise.collection import Origin
from balise.collection.folder import Folder
from balise.config import Translations, Urls
from balise.document import page_name
from balise.workspace.git import Repository, blob_id
from balise.workspace.git_history import Change, FileHistory, blobs_of, read_history
from balise.workspace.records import PageRecord
from balise.workspace.store import Store
from balise.workspace.versions import Versions

HISTORY = "history"
"""Begins the name of the value of the store that has what the history of a collection says."""

PAGE = ".md"
ID = re.compile(r"[0-9a-f]{4,64}")
"""The id of a commit or of a blob, which may be shortened."""


class History(msgspec.Struct, array_like=True):
    """What the commits say of the pages of a collection, by their paths from its root.

    It counts as long as the files that `tell` of HEAD are what they were; one that is not there has
    no state. `sources` leads from translations to their sources, `names` from a source to the names
    that it had, from the top of the repository, the last first. `blobs` are those of the texts at
    HEAD, and `digests` stand for the texts of translations with an origin that are on disk.
    """

    settings: bytes = b""
    tell: dict[str, FileState | None] = {}
    sources: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    commits: dict[str, str] = {}
    blobs: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    digests: dict[str, bytes] = {}


HISTORIES = msgspec.msgpack.Decoder(History)


def history_of(root: str, settings: Translations, urls: Urls, store: Store | None) -> History:
    """What the commits say of the collection at `root`, which is kept in the store.

    Of pages with equal claims to be a source it is that in the original locale by the scheme of
    `urls`, or in the first one to fall back on. Without a repository, and in a shallow clone of one,
    the commits say nothing.
    """
    preferred = (settings.source_locale, urls.original, *urls.fallbacks)
    key, own = f"{HISTORY} {root}", digest(settings, preferred)
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        stored = store.blob(key) if store else None
        known = HISTORIES.decode(stored) if stored else None
        if known and known.settings == own and is_current(known):
            return known
    try:
        repository = Repository(Path(root or "."))
        tell = {
            path: file_state(path) if os.path.lexists(path) else None
            for path in repository.files_of_head()
        }
        says_nothing = repository.is_shallow() or not repository.has_head()
        found = History() if says_nothing else _read(repository, root, settings, preferred)
    except UserError:
        return History()
    found.tell = tell
    found.settings = own
    if store is not None:
        with contextlib.suppress(UnicodeEncodeError):  # a name that is not UTF-8
            store.save({key: msgspec.msgpack.encode(found)})
    return found


def origins_of(
    history: History, root: str, records: Mapping[str, PageRecord], settings: Translations
) -> dict[str, Origin]:
    """The origins of the translations among some pages, by path; of those up to date there is none."""
    found: dict[str, Origin] = {}
    for name, origin in history.origins.items():
        path, source = join(root, name), join(root, origin.source)
        if path not in records or source not in records:
            continue
        known = records[path].state.digest
        if known == history.digests.get(name) or _is_at_head(path, known, history.blobs[name]):
            found[path] = msgspec.structs.replace(origin, source=source)
    named: dict[str, str] = {}
    for path, record in records.items():
        page = record.page
        for key in settings.commit_keys:  # which few pages have
            if (key in page.values or key in page.nested) and (value := page.value(key)):
                named[path] = value
    for path, named_origin in _named(history, root, named):
        found.pop(path, None)
        if named_origin:
            found[path] = named_origin
    return found


def source_of(history: History, name: str) -> str | None:
    """The source of a page by its path from the root; None of one that is no translation.

    A page that is not committed yet has that of the guide's other pages.
    """
    if name in history.sources or name in history.names:
        return history.sources.get(name)
    own = page_name(name)
    guide = f"{dirname(name)}/{own.type}.".lstrip("/") if own else None
    return next((s for s in history.names if guide and s.startswith(guide)), None)


def is_current(history: History) -> bool:
    """Whether HEAD is the commit that it was."""
    return all(
        refreshed(path, state) is not None if state else not os.path.lexists(path)
        for path, state in history.tell.items()
    )


def _is_at_head(path: str, known: bytes, blob: str) -> bool:
    """Whether what is known of a page is its file, and that is as at HEAD."""
    try:
        return digest_of(Path(path).read_bytes()) == known and is_at_head(path, blob)
    except OSError:
        return False


def is_at_head(path: str, blob: str) -> bool:
    """Whether the text of a file is the one whose id at HEAD is `blob`, line ends aside."""
    try:
        data = Path(path).read_bytes()
    except OSError:
        return False
    return blob in (blob_id(data, blob), blob_id(data.replace(b"\r\n", b"\n"), blob))


class Origins:
    """What the translations of collections were made from, as it is told by `settings`; without these, nothing is."""

    def __init__(
        self, settings: Translations | None, urls: Urls, store: Store | None, versions: Versions
    ) -> None:
        self.settings = settings
        self.urls = urls
        self.store = store
        self.versions = versions
        self._histories: dict[str, History] = {}

    def of(self, root: str, records: Mapping[str, PageRecord]) -> dict[str, Origin]:
        """The origins of the translations in the collection at `root`, by path; their versions are at hand then."""
        if self.settings is None:
            return {}
        found = origins_of(self._history(root, self.settings), root, records, self.settings)
        self.take(root, found)
        return found

    def take(self, root: str, origins: Mapping[str, Origin]) -> None:
        """Have the versions at hand that origins name, which are known to be those of today."""
        if self.settings is not None:
            self.versions.prepare(root, origins.values())

    def stay(
        self,
        root: str,
        origins: Mapping[str, Origin],
        path: str,
        record: PageRecord,
        others: Mapping[str, PageRecord],
    ) -> bool:
        """Whether the `origins` in the collection at `root` are those of today, where one page has another `record`."""
        if self.settings is None:
            return True
        known = self._histories.get(root)
        history = self._history(root, self.settings)
        if known is not None and known is not history:
            return False
        concerned = {path: record}
        source = source_of(history, Folder(root).relative(path))
        if source is not None and (there := others.get(join(root, source))) is not None:
            concerned[join(root, source)] = there
        return origins_of(history, root, concerned, self.settings).get(path) == origins.get(path)

    def _history(self, root: str, settings: Translations) -> History:
        history = self._histories.get(root)
        if history is None or not is_current(history):
            history = self._histories[root] = history_of(root, settings, self.urls, self.store)
        return history

    @property
    def looked_at(self) -> set[str]:
        """The files that tell of HEAD."""
        return {path for history in self._histories.values() for path in history.tell}


# Reading the history


def _read(
    repository: Repository, root: str, settings: Translations, preferred: Sequence[str]
) -> History:
    folder = repository.folder(root or ".")
    history = read_history(repository, folder, PAGE)
    bases = {
        path: base
        for path in history.blobs
        if (base := _last_real_change(history.changes[path], settings.bulk_commit_files))
    }
    sources = dict(_sources(history, bases, settings.source_locale, preferred))
    names = {
        source: tuple(dict.fromkeys((source, *(c.path for c in history.changes[source]))))
        for source in dict.fromkeys(sources.values())
    }
    prefix = f"{folder}/" if folder else ""
    short = {path: path.removeprefix(prefix) for path in history.blobs}
    origins: dict[str, Origin] = {}
    commits = {path: bases[path].commit.id for path in sources}
    for path, blob in _texts_then(repository, names, commits, sources):
        source, commit = sources[path], bases[path].commit
        if blob and blob != history.blobs[source]:
            origins[short[path]] = Origin(short[source], commit.id, commit.day, blob)
    return History(
        sources={short[path]: short[source] for path, source in sources.items()},
        names={short[source]: found for source, found in names.items()},
        commits={short[source]: history.changes[source][0].commit.id for source in names},
        blobs={short[path]: blob for path, blob in history.blobs.items()},
        origins=origins,
        digests=dict(_digests_at_head(origins, root, history, prefix)),
    )


def _last_real_change(changes: Sequence[Change], bulk: int) -> Change | None:
    """The last change of a page by a commit that changes few pages, or creates this one."""
    return next((c for c in changes if c.created or c.commit.files <= bulk), None)


def _sources(
    history: FileHistory, bases: Mapping[str, Change], locale: str, preferred: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Pairs of a translation and its source."""
    guides: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path in bases:
        if name := page_name(path):
            guides[path.rpartition("/")[0], name.type][name.locale] = path
    for pages in guides.values():
        source = pages.get(locale) if locale else _first(pages, history, preferred)
        if source:
            yield from ((path, source) for path in pages.values() if path != source)


def _first(pages: Mapping[str, str], history: FileHistory, preferred: Sequence[str]) -> str:
    """The page that was committed first; of several in one commit the one changed most often.

    A single change more is what proofreading a translation takes; then a preferred locale counts.
    """
    changes = {locale: history.changes[path] for locale, path in pages.items()}
    begun = min(found[-1].commit.order for found in changes.values())
    first = {locale: len(c) for locale, c in changes.items() if c[-1].commit.order == begun}
    most = max(first.values())
    for locale in preferred:
        if first.get(locale, 0) >= most - 1 and locale in first:
            return pages[locale]
    return pages[min(first, key=lambda locale: (-first[locale], locale))]


def _texts_then(
    repository: Repository,
    names: Mapping[str, Sequence[str]],
    commits: Mapping[str, str],
    sources: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Pairs of a translation and the blob of its source at a commit; empty where there was none."""
    places = [(path, name) for path in commits for name in names[sources[path]]]
    blobs = blobs_of(repository, [f"{commits[path]}:{name}" for path, name in places])
    found: dict[str, str] = {}
    for (path, _), blob in zip(places, blobs, strict=True):
        found[path] = found.get(path) or blob
    yield from found.items()


def _digests_at_head(
    origins: Iterable[str], root: str, history: FileHistory, prefix: str
) -> Iterator[tuple[str, bytes]]:
    for name in origins:
        path = Path(root, name)
        if is_at_head(str(path), history.blobs[prefix + name]):
            yield name, digest_of(path.read_bytes())


# Commits that pages name


def _named(
    history: History, root: str, named: Mapping[str, str]
) -> Iterator[tuple[str, Origin | None]]:
    """Pairs of a page and the origin that its front matter names; None where that is up to date."""
    relative = Folder(root).relative
    sources = {path: source for path in named if (source := source_of(history, relative(path)))}
    if not sources:
        return
    commits = {path: named[path] for path in sources if ID.fullmatch(named[path])}
    try:
        repository = Repository(Path(root or "."))
        then = dict(_texts_then(repository, history.names, commits, sources))
        # What is no commit may be the id of the text itself.
        others = [path for path in commits if not then[path]]
        texts = dict(zip(others, blobs_of(repository, [commits[p] for p in others]), strict=True))
    except UserError:
        return
    for path, source in sources.items():
        blob = then.get(path) or texts.get(path, "")
        up_to_date = blob == history.blobs[source]
        origin = Origin(join(root, source), named[path], "", blob, named=True)
        yield path, None if up_to_date else origin
