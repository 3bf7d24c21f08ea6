"""All pages of a scope, read through the store: only those that have changed are parsed.

Opening a workspace takes no more of a page than its record. What else is asked for is loaded then,
from the store or from the page.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from types import TracebackType

from msgspec.structs import replace

from balise.base.file_state import FileState, refreshed
from balise.base.paths import with_slashes
from balise.base.source import Lines, SourceFile
from balise.claims import Claims
from balise.collection import (
    Collection,
    Inputs,
    LazyMapping,
    ReadTracker,
    References,
    Structure,
)
from balise.collection.inputs import Reading
from balise.collection.structure import TableSource
from balise.config import Urls
from balise.document import Document
from balise.workspace.changes import Changes
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.files import (
    READERS,
    data_files,
    data_names,
    files_in,
    folder_beside,
    shared_folders,
)
from balise.workspace.kept_tables import KeptTables
from balise.workspace.origins import Origins
from balise.workspace.page_contents import PageContents
from balise.workspace.page_facts import ENCODER, Facts
from balise.workspace.picture_files import PictureFiles
from balise.workspace.reading import ReadOptions
from balise.workspace.records import (
    KeptRecords,
    PageRecord,
    Records,
)
from balise.workspace.sources import read_source
from balise.workspace.store import Artifact, Rows, Store
from balise.workspace.versions import Versions


class Workspace:
    """The pages of a `scope` by the scheme of `urls`, those asked for before those around them.

    `records` are by path, in the order of the scope; `collections` by root. `reads` tracks what of
    them is read. `close` it when nothing is left to load.
    """

    def __init__(self, scope: Scope, urls: Urls, store: Store | None, options: ReadOptions) -> None:
        self.scope = scope
        self.urls = urls
        self.store = store
        self.options = options
        self.reads = ReadTracker()
        self.records: Mapping[str, PageRecord] = {}
        self.collections: dict[str, Collection] = {}
        self._records = Records(store, urls) if store else None
        self._digests: dict[str, bytes] = {}
        self._stored: set[str] = set()
        self._contents = PageContents(store, self._records, options)
        self._tables = KeptTables(store) if store else None
        self._given_data: dict[str, SourceFile] = {}
        self._renewed: dict[str, PageRecord] = {}
        self.pictures = PictureFiles(store)
        self.versions = Versions(store, options.workers)
        self._origins = Origins(options.translations, urls, store, self.versions)

    @classmethod
    def open(
        cls,
        scope: Scope,
        urls: Urls,
        store: Store | None = None,
        options: ReadOptions | None = None,
        given: Sequence[SourceFile] = (),
        states: Mapping[str, FileState] | None = None,
    ) -> "Workspace":
        """Read the pages that are not kept in the `store` as they are; without one, all of them.

        The texts that are `given` take the place of the files at their paths. Pages whose `states` of
        this moment are known are not looked at again.
        """
        self = cls(scope, urls, store, options or ReadOptions())
        self._contents.given = {source.path: source for source in given}
        known = self._records.all() if self._records else {}
        self._stored = {*known}
        roots = {page.path: page.root for page in (*scope.pages, *scope.around)}
        today = states or {}
        kept = {
            path: record
            for path, root in roots.items()
            if path not in self._contents.given
            and (record := self._kept(path, known.get(path), root, today.get(path))) is not None
        }
        stale = {path: root for path, root in roots.items() if path not in kept}
        read = kept | self._contents.read(stale, scope.bounds)
        self._take({path: read[path] for path in roots})
        records = self._by_root()
        for root in dict.fromkeys((*roots.values(), *sorted(scope.whole if scope.against else ()))):
            self.collections[root] = self._collection(self._structure(root, records))
        return self

    @classmethod
    def of_last_run(
        cls,
        scope: Scope,
        urls: Urls,
        store: Store,
        options: ReadOptions,
        digests: Mapping[str, bytes],
        structures: Callable[
            [Urls, Callable[[str], Reading], TableSource], Mapping[str, Structure]
        ],
    ) -> "Workspace":
        """The workspace of the last run, of which nothing is loaded before it is asked for.

        The `digests` are those of its pages by path; `structures` gives those of its collections by root. What it
        loads raises StaleError where another run has kept something of another text.
        """
        self = cls(scope, urls, store, options)
        self._digests = dict(digests)
        self.records = KeptRecords(Records(store, urls), digests)
        self._tables = KeptTables(store)
        for root, structure in structures(urls, scope.reading, self._tables.take).items():
            self.collections[root] = self._collection(structure)
            self._origins.take(root, structure.inputs.origins)
        return self

    # Reading

    def _kept(
        self, path: str, known: PageRecord | None, root: str, today: FileState | None
    ) -> PageRecord | None:
        """The record that is `known` of a page, if its file is what it was; it may be known how that is `today`."""
        if known is None or known.root != root:
            return None
        state = today or refreshed(path, known.state)
        if state is None or state.digest != known.state.digest:
            return None
        if state is not known.state:
            known.state = state
            self._renewed[path] = known
        return known

    def _take(self, records: Mapping[str, PageRecord]) -> None:
        """Have these records, and the digests of their texts at hand."""
        self.records = records
        self._digests = {path: record.state.digest for path, record in records.items()}

    def _by_root(self) -> Mapping[str, Mapping[str, PageRecord]]:
        """The records of each collection, by its root and then by path."""
        found: dict[str, dict[str, PageRecord]] = {}
        for path, record in self.records.items():
            found.setdefault(record.root, {})[path] = record
        return found

    def _inputs(
        self,
        root: str,
        by_root: Mapping[str, Mapping[str, PageRecord]],
        before: Inputs | None = None,
    ) -> Inputs:
        """What the collection at `root` is made of; its files and data files as `before`."""
        layout = self.scope.layout(root)
        whole = root in self.scope.whole
        records = by_root.get(root, {})
        folders = {folder for record in records.values() for folder in record.folders}
        if whole:
            folders.update(shared_folders(root, layout))
        pages = {path: record.page for path, record in records.items()}
        data = before.data if before else data_files(root, layout, pages) if whole else {}
        data = {**data, **self._data_given(root, data)}
        files = before.files if before else tuple(sorted(set(files_in(folders, root))))
        return Inputs(
            layout.completed(root, pages, data),
            files,
            data,
            {path: record.references for path, record in records.items()},
            self._origins.of(root, records),
            before.broken if before else self.pictures.faults(files),
        )

    def _data_given(self, root: str, data: Mapping[str, Document]) -> dict[str, Document]:
        """Those of the data files of the collection at `root` whose texts are given."""
        layout = self.scope.layout(root)
        names = {document.path: name for name, document in data.items()}
        return {
            names[path]: READERS[kind](source)
            for path, source in self._given_data.items()
            if path in names and (kind := layout.data_kind(names[path]))
        }

    def _structure(self, root: str, by_root: Mapping[str, Mapping[str, PageRecord]]) -> Structure:
        kept = self._tables.take if self._tables else None
        inputs = self._inputs(root, by_root)
        return Structure(root, inputs, self.urls, self.scope.reading(root), kept)

    def _collection(self, structure: Structure) -> Collection:
        pages = structure.inputs.pages
        return Collection(structure, LazyMapping(pages, self._document, self.reads), self.reads)

    # What is known of a page

    def digest(self, path: str) -> bytes:
        """Stands for the text of a page; empty for one that cannot be read, or is made."""
        return self._digests.get(path, b"")

    def folders(self, path: str) -> Sequence[str]:
        """The folders in which a page may name files; none of one that is made."""
        record = self.records.get(path)
        return record.folders if record else ()

    def digests(self) -> Mapping[str, bytes]:
        """The digest of every page, by path."""
        return self._digests

    def text_digests(self) -> dict[str, bytes]:
        """What stands for the text of every page below its front matter, by path."""
        return {path: record.text_digest for path, record in self.records.items()}

    def facts(self, path: str) -> Facts:
        """All that is read in a page; to ask for it is not tracked."""
        return self._contents.facts(path, self.digest(path), self.scope.bounds)

    def source(self, path: str) -> SourceFile:
        """The text of a page or data file: the one that is given, or that of its file. Raises OSError."""
        given = self._contents.given.get(path) or self._given_data.get(path)
        return given or read_source(path, self.folder_of(path))

    def lines(self, path: str) -> Lines:
        """Where the lines of a page start."""
        return self.records[path].source_lines

    def _document(self, path: str) -> Document:
        if path not in self.records:  # a page that is made
            return Document(path, (0,), 0)
        return self.facts(path).document

    def _claims_of(self, path: str) -> Claims:
        return self.facts(path).claims

    @property
    def claims(self) -> Mapping[str, Claims]:
        """The claims of all pages, by path."""
        return LazyMapping(self.records, self._claims_of, self.reads)

    def draft(self, path: str) -> bytes | None:
        """The draft of a page that was kept; None if there is none of the page as it is."""
        return self._contents.draft(path, self.digest(path))

    def keep_drafts(self, drafts: Mapping[str, bytes]) -> None:
        """Keep drafts of pages that had none, by path."""
        self._contents.keep_drafts(drafts, self._digests)

    def forget(self, at_most: int = 0) -> bool:
        """Let go of all facts that can be loaded again, if they are of more pages than this; whether so.

        Texts that are given would have to be parsed again.
        """
        if not self._contents.forget(at_most):
            return False
        for collection in self.collections.values():
            collection.forget_anchors()
        return True

    @property
    def looked_at(self) -> set[str]:
        """The folders and data files that were looked for beside the pages."""
        found = {folder for record in self.records.values() for folder in record.folders}
        found |= {folder.rpartition("/")[0] for folder in found if not os.path.isdir(folder)}  # noqa: PTH112 - thousands
        return (
            {folder or "." for folder in found}
            | self._origins.looked_at
            | {
                path
                for root, collection in self.collections.items()
                for path in self._looked_for(root, collection)
            }
        )

    def _looked_for(self, root: str, collection: Collection) -> Iterator[str]:
        """The data files that a collection has or may have, and the folders in which others are looked for."""
        structure = collection.structure
        yield from shared_folders(root, structure.layout)
        for name in data_names(root, structure.layout, structure.inputs.references):
            yield structure.data_path(name)
        if beside := folder_beside(root, structure.layout):
            yield from (with_slashes(folder) for folder, _, _ in os.walk(beside))
            yield beside

    # The next workspace

    def with_texts(self, texts: Sequence[SourceFile]) -> "Workspace":
        """The workspace with these texts in place of those of some of its pages and data files."""
        found = copy(self)
        given = {source.path: source for source in texts if source.path in self.records}
        found._contents = self._contents.but((), {**self._contents.given, **given})
        data = {source.path: source for source in texts if source.path not in self.records}
        found._given_data = self._given_data | data
        return found._with({path: self.records[path].root for path in given}, data=bool(data))

    def with_pages(self, root: str, texts: Sequence[SourceFile]) -> "Workspace":
        """The workspace with more pages in the collection at `root`, of which there are no files yet."""
        found = copy(self)
        given = {source.path: source for source in texts}
        found._contents = self._contents.but((), {**self._contents.given, **given})
        return found.updated(root, [source.path for source in texts])

    def without_texts(self, root: str, paths: AbstractSet[str]) -> "Workspace":
        """The workspace with the files at some paths, as far as they are there, in place of given texts."""
        found = copy(self)
        given = {p: source for p, source in self._contents.given.items() if p not in paths}
        found._contents = self._contents.but((), given)
        found._given_data = {p: s for p, s in self._given_data.items() if p not in paths}
        pages = [path for path in paths if path in self.records]
        gone = [path for path in pages if not os.path.lexists(path)]
        there = sorted({*pages} - {*gone})
        return found.updated(root, there, gone, files=len(pages) < len(paths))

    def root_of_data(self, path: str) -> str | None:
        """The root of the collection that has a data file at `path`; None if none has."""
        for root, collection in self.collections.items():
            structure = collection.structure
            if structure.data_name(path) in structure.data:
                return root
        return None

    def is_data_as_read(self, source: SourceFile) -> bool:
        """Whether a data file is still what was read of it."""
        root = self.root_of_data(source.path)
        if root is None:
            return False
        structure = self.collections[root].structure
        name = structure.data_name(source.path)
        kind = structure.layout.data_kind(name)
        return kind is not None and READERS[kind](source) == structure.data[name]

    def folder_of(self, path: str) -> str:
        """The folder that a page or data file lies in and no symbolic link may lead out of."""
        if path in self.records:
            return self.records[path].root
        root = self.root_of_data(path) or ""
        inside = self.collections[root].structure.contains(path)
        return root if inside else self.scope.folder_beside(root)

    def updated(
        self, root: str, written: Iterable[str], gone: Iterable[str] = (), *, files: bool = False
    ) -> "Workspace":
        """The workspace after pages of the collection at `root` were `written` or made, or are `gone`.

        Its other `files` are listed anew if one of them may be different, or a page is new.
        """
        gone = frozenset(gone)
        roots = dict.fromkeys(written, root)
        if not gone and not files and not self.scope.around and roots.keys() <= self.records.keys():
            return copy(self)._with(roots)
        paths = [path for path in dict.fromkeys((*self.records, *roots)) if path not in gone]
        found = copy(self)
        roots_of = {path: record.root for path, record in self.records.items()} | roots
        found.scope = replace(self.scope, pages=[PageFile(path, roots_of[path]) for path in paths])
        found._take({path: r for path, r in self.records.items() if path not in gone})
        same = not gone and roots.keys() <= self.records.keys()
        return found._with(roots, anew=files or not same)

    def asking_for(self, paths: Iterable[str], *, judged: bool = False) -> "Workspace":
        """The same workspace where only these pages are asked for, with the others around them.

        Its collections are `judged` all the same, or not.
        """
        asked = frozenset(paths)
        pages = [*self.scope.pages, *self.scope.around]
        found = copy(self)
        found.scope = replace(
            self.scope,
            pages=[page for page in pages if page.path in asked],
            around=[page for page in pages if page.path not in asked],
            judged=frozenset(self.scope.whole) if judged else frozenset(),
        )
        return found

    def before(self, changes: Changes) -> "Workspace":
        """The workspace as it was before some changes, with all else as it is today."""
        found = copy(self)
        touched = changes.touched
        sources = {
            path: SourceFile.from_bytes(path, text)
            for path, text in changes.texts.items()
            if not self.scope.is_data(path)
        }
        folders = {root: collection.structure for root, collection in self.collections.items()}
        roots = {
            path: root
            for root, folder in folders.items()
            for path in filter(folder.contains, sources)
            if root in self.scope.whole or self.scope.asks_for(changes.name_now(path))
        }
        found._contents = self._contents.but(touched, {path: sources[path] for path in roots})
        kept = {path: record for path, record in self.records.items() if path not in touched}
        found._take(kept | found._contents.read(roots, self.scope.bounds))
        found.scope = self.scope.before(changes, roots)
        found.collections = {
            root: found._collection(structure.like(found._inputs_before(structure, changes, roots)))
            for root, structure in folders.items()
        }
        return found

    def _inputs_before(self, structure: Structure, changes: Changes, read: Iterable[str]) -> Inputs:
        """The inputs before some changes of a structure of today; `read` are the pages of then."""
        root, now = structure.root, structure.inputs
        data = {
            name: document
            for name, document in now.data.items()
            if structure.data_path(name) not in changes.touched
        }
        for path, text in changes.texts.items() if root in self.scope.whole else ():
            name = structure.data_name(path)
            if kind := structure.layout.data_kind(name):
                data[name] = READERS[kind](SourceFile.from_bytes(path, text))
        folders = {f for path in read for f in self.records[path].folders}
        files = {*now.files, *files_in(folders, root)} - changes.touched
        files |= set(filter(structure.contains, changes.before))
        broken = {path: f for path, f in now.broken.items() if path not in changes.touched}
        then = replace(now, files=tuple(sorted(files)), data=data, broken=broken)
        return self._inputs(root, self._by_root(), then)

    def reread(self, paths: Iterable[str]) -> "Workspace | None":
        """The workspace with some of its pages read again; None where more follows than which files they name."""
        roots = {path: self.records[path].root for path in paths}
        found = copy(self)
        read = found._read_again(roots)
        return found._having(read) if found._is_alike(read) else None

    def _with(
        self, roots: Mapping[str, str], *, anew: bool = False, data: bool = False
    ) -> "Workspace":
        """With the pages at these paths read again, in the collections that follow from that.

        Files are listed `anew`, or `data` files have other texts.
        """
        read = self._read_again(roots)
        if not anew and not data and self._is_alike(read):
            return self._having(read)
        known = {folder for record in self.records.values() for folder in record.folders}
        self._take({**self.records, **read})
        anew = anew or any(not known.issuperset(record.folders) for record in read.values())
        records = self._by_root()
        self.collections = {
            root: self._collection(
                collection.structure.like(
                    self._inputs(root, records, None if anew else collection.structure.inputs)
                )
            )
            for root, collection in self.collections.items()
        }
        for root in {*roots.values()} - self.collections.keys():
            self.collections[root] = self._collection(self._structure(root, records))
        return self

    def _read_again(self, roots: Mapping[str, str]) -> dict[str, PageRecord]:
        self._contents = self._contents.but(roots)
        return self._contents.read(roots, self.scope.bounds)

    def _is_alike(self, read: Mapping[str, PageRecord]) -> bool:
        """Whether no more follows from pages as they were read again than which files they name."""
        return all(self._is_alike_on(path, record) for path, record in read.items())

    def _is_alike_on(self, path: str, record: PageRecord) -> bool:
        before, collection = self.records.get(path), self.collections.get(record.root)
        if before is None or collection is None:
            return False
        structure, more = collection.structure, {*record.folders} - {*before.folders}
        return (
            (before.root, before.page) == (record.root, record.page)
            and len(before.folders) + len(more) == len(record.folders)
            and all(folder in structure.files_by_folder for folder in more)
            and self._origins.stay(
                record.root, structure.inputs.origins, path, record, self.records
            )
        )

    def _having(self, read: Mapping[str, PageRecord]) -> "Workspace":
        """With other texts of pages, from which no more follows than which files they name."""
        records = self.records
        named: dict[str, dict[str, References]] = {root: {} for root in self.collections}
        for path, record in read.items():
            if record.references != records[path].references:
                named[record.root][path] = record.references
        self.records = records | read if isinstance(records, KeptRecords) else {**records, **read}
        self._digests = self._digests | {p: record.state.digest for p, record in read.items()}
        self.collections = {
            root: self._collection(collection.structure.with_references(named[root]))
            for root, collection in self.collections.items()
        }
        return self

    # What is kept

    def save(
        self,
        values: Mapping[str, bytes] | None = None,
        pages: Mapping[Artifact, Rows] | None = None,
        anew: Iterable[Artifact] = (),
        where: Mapping[str, bytes] | None = None,
    ) -> bool:
        """Keep `values`, and what there is of `pages`, and the states of today; forget the pages that are gone.

        Whether it is kept; see `Store.save`.
        """
        if self.store is None:
            return False
        stored = self._stored.union(self.records)
        gone = [p for p in stored if p not in self.records and not os.path.lexists(p)]
        blobs = dict(values or {})
        if self._tables is not None:
            for collection in self.collections.values():
                blobs |= self._tables.to_keep(collection.structure)
        blobs |= self.pictures.unsaved()
        found = dict(pages or {})
        if self._records and self._renewed:
            renewed = {path: ENCODER.encode(record) for path, record in self._renewed.items()}
            found["records"] = self._records.rows(renewed)
        if (blobs or found or gone) and not self.store.save(blobs, found, gone, anew, where):
            return False
        self._stored = stored.difference(gone)
        self._renewed = {}
        return True

    def close(self) -> None:
        """Let go of the store; what is not loaded yet opens it again."""
        if self.store is not None:
            self.store.close()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
