"""What follows from which pages and files there are, and from their front matter, without any text.

Every table leads to paths, never to documents. So a structure is the same as long as its inputs
are, and two of them can be compared entry by entry: that tells which reads would differ.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from posixpath import join, normpath, relpath
from typing import Any

from balise.base.packed import Packed
from balise.base.picture_faults import PictureFault
from balise.collection.api_schema import Section, SectionKey, read_sections
from balise.collection.facts import FACTS, Service, read_facts_file
from balise.collection.folder import Folder
from balise.collection.generated import GeneratedPlaces
from balise.collection.inputs import WHOLE, Inputs, Reading, changed_inputs, digests_of, replaced
from balise.collection.keys import LocalAddresses, local_addresses
from balise.collection.layouts import LAYOUTS
from balise.collection.layouts.tree import product_above, section_of
from balise.collection.origins import Origin
from balise.collection.page import Page, References, hidden, number_of
from balise.collection.reads import ALL, Read, made_of, table
from balise.collection.redirects import Destination, Redirects
from balise.collection.synonyms import SYNONYMS, Synonyms, read_synonyms
from balise.collection.urls import Addresses, PagesOfFolder, area_of, siblings_of
from balise.config import OVH_URLS, Urls
from balise.document import Document, ForeignKind, PageName, page_name

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")
"""How the name of a picture ends, in lower case."""


class Structure(Folder):
    """Frozen. `root` is the folder of the collection, as a prefix of all paths.

    Tables that are `kept` are not made; it gives None for a table that is not.
    """

    def __init__(
        self,
        root: str,
        inputs: Inputs,
        urls: Urls = OVH_URLS,
        reading: Reading = WHOLE,
        kept: "TableSource | None" = None,
    ) -> None:
        self.root = root
        self.inputs = inputs
        self.scheme = urls
        self.reading = reading
        self.kept = kept
        self.whole = reading.whole
        self.plain = reading.plain
        self.layout = LAYOUTS[reading.layout]
        self.generated = GeneratedPlaces(root, reading.generated)

    def like(self, inputs: Inputs) -> "Structure":
        """The structure with other inputs; itself where they are the same.

        A table whose inputs are the same is not made again.
        """
        changed = changed_inputs(self.inputs, inputs)
        if not changed:
            return self
        found = Structure(self.root, inputs, self.scheme, self.reading)
        for name, made in TABLES.items():
            if name in self.__dict__ and changed.isdisjoint(made.inputs):
                found.__dict__[name] = self.__dict__[name]
        return found

    def with_references(self, changed: Mapping[str, References]) -> "Structure":
        """The structure where some pages name other files."""
        if not changed:
            return self
        references = {**dict(self.inputs.references.items()), **changed}
        found = self.like(replaced(self.inputs, "references", references))
        found.kept = self.kept
        return found

    def differences(
        self, other: "Structure", among: AbstractSet[str] | None = None
    ) -> Iterator[Read]:
        """The reads that give something else in `other`: entries of tables, and whole tables.

        Only tables `among` some are compared, where these are all that was read.
        """
        changed = changed_inputs(self.inputs, other.inputs)
        for name, made in TABLES.items():
            if changed.isdisjoint(made.inputs) or (among is not None and name not in among):
                continue
            ours, theirs = getattr(self, name), getattr(other, name)
            if ours == theirs:
                continue
            yield name, ALL
            if isinstance(ours, AbstractSet):
                yield from ((name, element) for element in ours ^ theirs)
                continue
            for key in ours.keys() | theirs.keys():
                if key not in ours or key not in theirs or ours[key] != theirs[key]:
                    yield name, key

    def make_tables(self) -> None:
        """Make all tables, for who is to be copied and would make them in each of the copies."""
        for name in TABLES:
            made = getattr(self, name)
            if isinstance(made, Packed):
                made.whole()

    def data_path(self, name: str) -> str:
        """The path of a data file, whether it is there or not."""
        return normpath(join(self.root, name))

    def data_name(self, path: str) -> str:
        """The name that a data file at a path would have."""
        return relpath(path, self.root or ".")

    @cached_property
    def input_digests(self) -> dict[str, bytes]:
        """What stands for each of the inputs, by name."""
        return digests_of(self.inputs)

    # The inputs

    @made_of("pages")
    def pages(self) -> Mapping[str, Page]:
        """Path -> page, for all pages, published or not."""
        return self.inputs.pages

    @made_of("files")
    def files(self) -> AbstractSet[str]:
        """The paths of the files that exist."""
        return frozenset(self.inputs.files)

    @made_of("data")
    def data(self) -> Mapping[str, Document]:
        """Name -> data file, for those that are there."""
        return self.inputs.data

    @made_of("references")
    def references(self) -> Mapping[str, References]:
        """Path of a page -> the addresses on it that may name files, as written."""
        return self.inputs.references

    @made_of("origins")
    def origins(self) -> Mapping[str, Origin]:
        """Path of a translation -> what it was made from, where that is another text today."""
        return self.inputs.origins

    @made_of("broken")
    def broken_pictures(self) -> Mapping[str, PictureFault]:
        """Path -> what is wrong with the picture there, for those that browsers do not show."""
        return self.inputs.broken

    # Pages and where they are published

    @made_of("pages")
    def names(self) -> Mapping[str, PageName]:
        """Path -> what it says, for the pages that can be published."""
        return {path: name for path in self.pages if (name := page_name(path))}

    @made_of("pages")
    def folders(self) -> Mapping[str, PagesOfFolder]:
        """Folder, from the collection's root, -> its pages."""
        folders: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for path, name in self.names.items():
            folders[self.folder(path)][name.type, name.locale] = path
        return dict(folders)

    @made_of("pages")
    def homes(self) -> Mapping[str, str]:
        """Locale -> its home, for those that have one."""
        return {n.locale: path for path, n in sorted(self.names.items()) if n.type == "home"}

    @cached_property
    def addresses(self) -> Addresses:
        """Makes the published addresses of the pages."""
        return Addresses(self.folders, self.pages, self.scheme)

    @made_of("pages")
    def urls(self) -> Mapping[str, str]:
        """Path of a page -> its published URL from the site's root."""
        return {path: self.addresses.of(self.folder(path), n) for path, n in self.names.items()}

    @made_of("pages")
    def by_url(self) -> Mapping[str, str]:
        """Published URL -> page; the first by path where two pages share one."""
        ordered = sorted(self.urls.items(), key=lambda item: item[0].split("/"), reverse=True)
        return {url: path for path, url in ordered}

    @made_of("pages")
    def locales(self) -> Mapping[str, str]:
        """Prefix of the addresses of a locale -> the locale, for those that have pages."""
        return {self.addresses.prefix(name): name.locale for name in self.names.values()}

    @made_of("pages")
    def by_slugs(self) -> Mapping[str, Sequence[str]]:
        """Published URL without the locale's prefix -> its pages, whatever their locale."""
        return _grouped(
            (url.removeprefix(self.addresses.prefix(self.names[path])), path)
            for path, url in sorted(self.urls.items())
        )

    @made_of("pages")
    def by_last_slug(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Locale and last part of the published URL -> its pages, whatever their product."""
        return _grouped(
            ((self.names[path].locale, _last(url)), path) for path, url in sorted(self.urls.items())
        )

    @made_of("pages")
    def slugs(self) -> Mapping[str, Sequence[str]]:
        """Locale -> the last parts of its published URLs."""
        return _grouped(self.by_last_slug)

    @made_of("pages")
    def folders_by_slug(self) -> Mapping[str, Sequence[str]]:
        """Last part of the published URL in any locale -> the folders of its pages."""
        found = _grouped((_last(url), self.folder(p)) for p, url in sorted(self.urls.items()))
        return {slug: list(dict.fromkeys(folders)) for slug, folders in found.items()}

    @made_of("pages")
    def by_title(self) -> Mapping[str, Mapping[str, str]]:
        """Locale -> title without regard to capitals -> its page, the first by path of equal ones."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for path in sorted(self.names):
            if title := self.pages[path].value("title"):
                found[self.names[path].locale].setdefault(title.casefold(), path)
        return dict(found)

    @made_of("pages")
    def folders_by_name(self) -> Mapping[str, Sequence[str]]:
        """Last part of a folder's path, folded -> the folders, from the root, that have it."""
        return _by(self.folders, lambda folder: folded_path(folder.rpartition("/")[2]))

    @made_of("pages")
    def folders_by_folded_path(self) -> Mapping[str, Sequence[str]]:
        """Path of a folder, from the root, folded -> the folders."""
        return _by(self.folders, folded_path)

    @made_of("pages")
    def numbers(self) -> Mapping[str, Sequence[str]]:
        """Number in an older system -> the pages that had it."""
        ordered = sorted(self.names, key=lambda path: path.split("/"))
        return _grouped((n, path) for path in ordered if (n := number_of(self.pages[path])))

    @made_of("pages")
    def articles(self) -> Mapping[str, str]:
        """Area and `full_slug`, as addresses of a help centre end -> the page."""
        found: dict[str, str] = {}
        for path in sorted(self.names):
            slug = self.pages[path].value("full_slug")
            if slug and self.names[path].type == "guide":
                found.setdefault(f"{area_of(self.names[path])}-{slug}", path)
        return found

    @made_of("pages")
    def products(self) -> Mapping[str, str]:
        """What stands behind `/products/` -> the folder of the product."""
        return self.layout.products(self)

    @made_of("pages")
    def sections_named(self) -> Mapping[str, Mapping[str, int]]:
        """Page of a product -> section -> how many of the guides below it name that."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for path in self.names:
            page = self.pages[path]
            section = "" if hidden(page) else section_of(page)
            if section and (product := product_above(path, self)):
                found[product][section] = found[product].get(section, 0) + 1
        return dict(found)

    @made_of("pages")
    def foreign(self) -> Mapping[ForeignKind, Mapping[str, int]]:
        """Kind of markup of other systems -> path of a page -> how often it is there."""
        found: dict[ForeignKind, dict[str, int]] = defaultdict(dict)
        for path, page in self.pages.items():
            for kind, count in page.foreign.items():
                found[kind][path] = count
        return dict(found)

    def siblings(self, path: str) -> list[str]:
        """The same guide in the other locales, the one it was translated from first."""
        own = self.names.get(path)
        return (
            siblings_of(own, self.folders[self.folder(path)], self.scheme.original) if own else []
        )

    # Data files

    @made_of("data")
    def keyed_addresses(self) -> Mapping[str, Mapping[str, str]]:
        """Key -> locale -> address, as the collection has them; the locale `` is for all others."""
        return self.layout.keyed_addresses(self)

    @made_of("data")
    def local_addresses(self) -> LocalAddresses:
        """Host -> path -> the keys and locales that lead there, those of OVH's guides among them."""
        return local_addresses(self.keyed_addresses)

    @made_of("data")
    def services(self) -> Mapping[str, Service]:
        """What is true of each service, from `facts.yml`, by the service's name."""
        document = self.data.get(FACTS)
        return read_facts_file(document)[0] if document else {}

    @made_of("data", "pages")
    def synonyms(self) -> Synonyms:
        """What means the same to readers who search, from `synonyms.yml`."""
        document = self.data.get(SYNONYMS)
        return read_synonyms(document, {*self.locales.values()})[0] if document else Synonyms()

    @made_of("data")
    def api_sections(self) -> Mapping[SectionKey, Section]:
        """Version and first part of a path -> the routes of the API, from its schemas."""
        return read_sections(self.data)

    # Redirects

    @cached_property
    def redirects(self) -> Redirects:
        """Addresses that pages had once, as they are written."""
        return Redirects(self)

    @made_of("pages", "data")
    def redirect_ends(self) -> Mapping[str, Destination]:
        """Old URL -> where its way ends, for all that lead to a page or another site."""
        return self.redirects.ends()

    # Files

    @made_of("files")
    def files_by_folder(self) -> Mapping[str, Sequence[str]]:
        """Folder -> names of the files that are known in it, in order."""
        parts = (file.rpartition("/") for file in sorted(self.files))
        return _grouped((folder, name) for folder, _, name in parts)

    @made_of("pages", "files")
    def known_folders(self) -> AbstractSet[str]:
        """The folders that have pages or known files in them, or below them."""
        found: set[str] = set()
        for folder in {path.rpartition("/")[0] for path in (*self.pages, *self.files)}:
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @made_of("files")
    def files_by_folded_path(self) -> Mapping[str, Sequence[str]]:
        """Path without regard to capitals -> the files that have it."""
        return _by(self.files, str.casefold)

    @made_of("files")
    def pictures_by_stem(self) -> Mapping[str, Sequence[str]]:
        """Path without extension and without regard to capitals -> the pictures that have it."""
        pictures = (file for file in self.files if file.lower().endswith(PICTURES))
        return _by(pictures, lambda file: file.casefold().rpartition(".")[0])


TableSource = Callable[[Structure, str], Any]
"""Gives a table of a structure by its name, as it is kept; None if it is not."""

TABLES: Mapping[str, table[Any]] = {
    name: made for name, made in vars(Structure).items() if isinstance(made, table)
}
"""Everything that can be read of a structure, by name."""


def folded_path(folder: str) -> str:
    """A path of a folder without what is easily mistaken in it: `how_to` and `Howto` are the same."""
    return folder.casefold().replace("-", "").replace("_", "")


def _last(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _by(names: Iterable[str], key: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
    return _grouped((key(name), name) for name in sorted(names))
