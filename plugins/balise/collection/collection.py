"""The collection: every page of a folder of guides, and every other file that pages point at."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from copy import copy
from functools import cached_property
from posixpath import dirname
from typing import Any

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.facts import FACTS, Service, read_facts_file
from balise.collection.folder import Folder
from balise.collection.lookups import (
    DATA,
    FILES,
    PAGES,
    NamesOf,
    Watch,
    WatchedSet,
    WatchedTable,
    nothing_kept,
    table,
)
from balise.collection.redirects import Redirects, number_of
from balise.collection.succession import BY_PATHS, OF_FILES, OF_PAGES, exchanged, values_of
from balise.collection.urls import Addresses
from balise.config import OVH_URLS, Urls
from balise.document import DataEntry, Document, PageName, page_name

LINKS = "links.yml"
"""The collection's table of addresses by key and locale."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")
"""How the name of a picture ends, in lower case."""

Kept = Callable[[str], Mapping[Any, Any] | None]
"""Gives what is kept of the table of a name; None if it has to be made."""

Pages = Mapping[tuple[str, str], Document]
"""The pages of one folder by (type, locale)."""


class Collection(Folder):
    """Immutable. `root` is the folder of the collection, as a prefix of the documents' paths.

    `files` are the files that exist beside what pages name, pages among them, with paths like the
    documents'; no symbolic link out of the folder is one. `data` its data files
    by name. A collection that is not `whole` is a part of one: what is not there may be elsewhere.
    A `watch` notes which parts of it are looked at. What is `kept` of a table is taken as it is.
    Documents that are given by path are left alone until somebody asks for one.
    """

    def __init__(
        self,
        root: str,
        documents: Iterable[Document] | Mapping[str, Document],
        files: Iterable[str] = (),
        *,
        urls: Urls = OVH_URLS,
        data: Mapping[str, Document] | None = None,
        whole: bool = True,
        watch: Watch | None = None,
        kept: Kept = nothing_kept,
    ) -> None:
        self.root = root
        self.documents: Mapping[str, Document]
        self.names: Mapping[str, PageName]
        if isinstance(documents, Mapping):
            self.documents, self.names = documents, NamesOf(documents)
        else:
            self.documents = {d.path: d for d in documents}
            self.names = {path: name for path in self.documents if (name := page_name(path))}
        self.files: AbstractSet[str] = frozenset(files)
        self.data: Mapping[str, Document] = data or {}
        self.scheme = urls
        self.whole = whole
        self.watch = watch
        self._anchors: dict[str, Anchors] = {}
        self.kept = kept
        self._bare = self
        if watch is not None:
            self._bare = copy(self)
            self._bare.watch = None
            self._bare._bare = self._bare
            self.documents = WatchedTable(PAGES, self.documents, watch)
            self.names = WatchedTable(PAGES, self.names, watch)
            self.files = WatchedSet(FILES, self.files, watch)
            self.data = WatchedTable(DATA, self.data, watch)

    # The next collection

    def with_page(self, document: Document) -> "Collection":
        """The collection with `document` in place of the page at its path, or beside the others.

        Where its front matter says what it said before, nothing but texts is different: all that
        is known of addresses and lists is shared.
        """
        before = self.documents.get(document.path)
        files = self.files if before is not None else self.files | {document.path}
        found = self._like({**self.documents, document.path: document}, files)
        if before is not None and values_of(before) == values_of(document):
            known = vars(self)
            found.__dict__ |= {name: known[name] for name in BY_PATHS + OF_FILES if name in known}
            changed = {document.path: document}
            found.__dict__ |= {
                name: exchanged(known[name], changed) for name in OF_PAGES if name in known
            }
            found._anchors = {p: a for p, a in self._anchors.items() if p != document.path}
        return found

    def without(self, paths: Iterable[str]) -> "Collection":
        """The collection without the pages at these paths."""
        gone = frozenset(paths)
        if not gone:
            return self
        left = {p: d for p, d in self.documents.items() if p not in gone}
        return self._like(left, self.files - gone)

    def with_files(self, files: Iterable[str]) -> "Collection":
        """The collection with these files in place of all that it had."""
        found = self._like(files=frozenset(files))
        known = vars(self)
        found.__dict__ |= {name: known[name] for name in BY_PATHS + OF_PAGES if name in known}
        found._anchors = self._anchors
        return found

    def with_data(self, data: Mapping[str, Document]) -> "Collection":
        """The collection with these data files in place of all that it had."""
        return self._like(data=data)

    def unwatched(self) -> "Collection":
        """The same collection, without anybody who notes what is looked at."""
        return self._bare

    def _like(
        self,
        documents: Mapping[str, Document] | None = None,
        files: AbstractSet[str] | None = None,
        data: Mapping[str, Document] | None = None,
    ) -> "Collection":
        return Collection(
            self.root,
            (self.documents if documents is None else documents).values(),
            self.files if files is None else files,
            urls=self.scheme,
            data=self.data if data is None else data,
            whole=self.whole,
        )

    # Pages and where they are published

    @table
    def folders(self) -> Mapping[str, Pages]:
        """Folder, from the collection's root, -> its pages."""
        folders: dict[str, dict[tuple[str, str], Document]] = defaultdict(dict)
        for path, name in self.names.items():
            folders[self.folder(path)][name.type, name.locale] = self.documents[path]
        return folders

    @table
    def homes(self) -> Mapping[str, str]:
        """Locale -> the path of its home, for those that have one."""
        return {n.locale: path for path, n in sorted(self.names.items()) if n.type == "home"}

    @cached_property
    def addresses(self) -> Addresses:
        """Makes the published addresses of the pages."""
        return Addresses(self.folders, self.scheme)

    @table
    def urls(self) -> Mapping[str, str]:
        """Path of a page -> its published URL from the site's root."""
        return {path: self.addresses.of(self.folder(path), n) for path, n in self.names.items()}

    @table
    def by_url(self) -> Mapping[str, Document]:
        """Published URL -> page; the first by path where two pages share one."""
        return {
            url: self.documents[path]
            for path, url in sorted(self.urls.items(), key=_by_folder, reverse=True)
        }

    @table
    def locales(self) -> Mapping[str, str]:
        """Prefix of the addresses of a locale -> the locale, for those that have pages."""
        return {self.addresses.prefix(name): name.locale for name in self.names.values()}

    def locale_of(self, url: str) -> str | None:
        """The locale that a published URL is in, whether there is a page or not."""
        parts = url.split("/", 2)
        for prefix in ("/".join(parts[:2]) + "/", f"{parts[0]}/"):
            if prefix in self.locales:
                return self.locales[prefix]
        return None

    @table
    def by_slugs(self) -> Mapping[str, Sequence[Document]]:
        """Published URL without the locale's prefix -> its pages, whatever their locale."""
        found: dict[str, list[Document]] = defaultdict(list)
        for path, url in sorted(self.urls.items()):
            prefix = self.addresses.prefix(self.names[path])
            found[url.removeprefix(prefix)].append(self.documents[path])
        return found

    @table
    def by_last_slug(self) -> Mapping[tuple[str, str], Sequence[Document]]:
        """Locale and last part of the published URL -> its pages, whatever their product."""
        found: dict[tuple[str, str], list[Document]] = defaultdict(list)
        for path, url in sorted(self.urls.items()):
            found[self.names[path].locale, url.rstrip("/").rpartition("/")[2]].append(
                self.documents[path]
            )
        return found

    @table
    def slugs(self) -> Mapping[str, Sequence[str]]:
        """Locale -> the last parts of its published URLs."""
        found: dict[str, list[str]] = defaultdict(list)
        for locale, slug in self.by_last_slug:
            found[locale].append(slug)
        return found

    @table
    def folders_by_slug(self) -> Mapping[str, Sequence[str]]:
        """Last part of the published URL in any locale -> the folders of its pages."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, url in sorted(self.urls.items()):
            folder = self.folder(path)
            folders = found[url.rstrip("/").rpartition("/")[2]]
            if folder not in folders:
                folders.append(folder)
        return found

    @table
    def by_title(self) -> Mapping[str, Mapping[str, Document]]:
        """Locale -> title without regard to capitals -> its page, the first by path of equal ones."""
        found: dict[str, dict[str, Document]] = defaultdict(dict)
        for path in sorted(self.names):
            if title := self.documents[path].value("title"):
                found[self.names[path].locale].setdefault(title.casefold(), self.documents[path])
        return found

    @table
    def folders_by_name(self) -> Mapping[str, Sequence[str]]:
        """Last part of a folder's path, without capitals -> the folders, from the root, that have it."""
        return _grouped(self.folders, lambda folder: folder.rpartition("/")[2].casefold())

    @table
    def numbers(self) -> Mapping[str, Sequence[Document]]:
        """Number in an older system -> the pages that had it."""
        numbers: dict[str, list[Document]] = defaultdict(list)
        for path in sorted(self.names, key=lambda path: path.split("/")):
            if number := number_of(self.documents[path]):
                numbers[number].append(self.documents[path])
        return numbers

    @table
    def products(self) -> Mapping[str, str]:
        """Slug of a product in any locale -> its folder; the first by path of equal ones."""
        products: dict[str, str] = {}
        for path in sorted(self.names):
            slug = self.documents[path].value("slug")
            if self.names[path].type == "product" and slug:
                products.setdefault(slug.strip("/"), self.folder(path))
        return products

    @table
    def keyed_addresses(self) -> Mapping[str, Mapping[str, str]]:
        """Key -> locale -> address, from `links.yml`; the locale `` is for all others."""
        table: dict[str, dict[str, str]] = defaultdict(dict)
        for entry in self._entries(LINKS):
            if len(entry.keys) <= 2:
                key, locale = (*entry.keys, "")[:2]
                table[key]["" if locale == "default" else locale] = entry.value
        return table

    @table
    def services(self) -> Mapping[str, Service]:
        """What is true of each service, from `facts.yml`, by the service's name."""
        document = self.data.get(FACTS)
        return read_facts_file(document)[0] if document else {}

    def _entries(self, name: str) -> Sequence[DataEntry]:
        document = self.data.get(name)
        return document.data if document else ()

    @cached_property
    def redirects(self) -> Redirects:
        """Addresses that pages had once."""
        with self.watch.paused() if self.watch else nullcontext():
            return Redirects(self._bare, self.watch)

    def in_locale(self, folder: str, locale: str, type_: str = "") -> Document | None:
        """The page of a folder in a locale, or the best one that it has; a guide before others.

        The best is of the same language, then of the locales to fall back on, then any.
        """
        pages = self.folders.get(folder, {})
        types = [type_] if type_ else ["guide", "product", "universe", "home"]
        for wanted in types:
            there = sorted(found for found_type, found in pages if found_type == wanted)
            if there:
                return pages[wanted, min(there, key=lambda found: self._distance(found, locale))]
        return None

    def _distance(self, locale: str, wanted: str) -> tuple[bool, bool, int]:
        fallbacks = self.scheme.fallbacks
        rank = fallbacks.index(locale) if locale in fallbacks else len(fallbacks)
        return locale != wanted, locale[:2] != wanted[:2], rank

    def siblings(self, document: Document) -> Iterator[Document]:
        """The same guide in the other locales, the one it was translated from first."""
        own = self.names.get(document.path)
        if own is None:
            return
        pages = self.folders[self.folder(document.path)]
        locales = sorted(found for type_, found in pages if type_ == own.type)
        for locale in sorted(locales, key=lambda found: found != self.scheme.original):
            if locale != own.locale:
                yield pages[own.type, locale]

    def tables(
        self, names: AbstractSet[str] | None = None
    ) -> Iterator[tuple[str, Mapping[Any, object]]]:
        """All tables by name, or these, as they are; to look at them like this is not noted."""
        with self.watch.paused() if self.watch else nullcontext():
            for name, made in vars(Collection).items():
                if isinstance(made, table) and (names is None or name in names):
                    yield name, getattr(self._bare, name)
            if names is None or "redirects" in names:
                yield "redirects", self._bare.redirects.working()

    def watched(self, name: str) -> WatchedTable[Any, Any]:
        """The table of that name; made without a note, since it is made for all who will look."""
        if self.watch is None:
            raise ValueError(f"nobody watches {name}")
        with self.watch.paused():
            return WatchedTable(name, getattr(self._bare, name), self.watch)

    # Anchors

    def anchors(self, document: Document) -> Anchors:
        """The anchors of a page."""
        if document.path not in self._anchors:
            self._anchors[document.path] = Anchors(document)
        document.note()
        return self._anchors[document.path]

    def forget_anchors(self) -> None:
        """Let go of the anchors of all pages; they are found again when they are asked for."""
        self._anchors.clear()

    def resolve_anchor(self, document: Document, fragment: str) -> AnchorMatch | None:
        """What `#fragment` (decoded, without `#`) means on a page, or None."""
        anchors = self.anchors(document)
        if exact := anchors.exact(fragment):
            return exact
        return anchors.find(fragment, (self.anchors(page) for page in self.siblings(document)))

    # Files

    @table
    def files_by_folder(self) -> Mapping[str, Sequence[str]]:
        """Folder -> names of the files that are known in it, in order."""
        folders: dict[str, list[str]] = defaultdict(list)
        for file in sorted(self.files):
            folder, _, name = file.rpartition("/")
            folders[folder].append(name)
        return folders

    def files_near(self, path: str) -> Sequence[str]:
        """Names of the known files in the folder of `path`."""
        return self.files_by_folder.get(dirname(path), ())

    @table
    def files_by_folded_path(self) -> Mapping[str, Sequence[str]]:
        """Path without regard to capitals -> the files that have it."""
        return _grouped(self.files, str.casefold)

    @table
    def pictures_by_stem(self) -> Mapping[str, Sequence[str]]:
        """Path without extension and without regard to capitals -> the pictures that have it."""
        pictures = (file for file in self.files if file.lower().endswith(PICTURES))
        return _grouped(pictures, lambda file: file.casefold().rpartition(".")[0])


def _by_folder(item: tuple[str, str]) -> list[str]:
    return item[0].split("/")


def _grouped(files: Iterable[str], key: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for file in sorted(files):
        groups[key(file)].append(file)
    return groups
