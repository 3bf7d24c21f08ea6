"""The layout `index`: one file says what stands where, and pages of universes and products are made from it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from posixpath import join
from typing import Literal

import msgspec
from msgspec.structs import replace

from balise.collection.api_schema import is_schema
from balise.collection.facts import FACTS
from balise.collection.folder import Folder
from balise.collection.layouts.base import DataKind, Layout, Pages, Place
from balise.collection.page import Page, hidden
from balise.collection.redirects import REDIRECTS
from balise.collection.synonyms import SYNONYMS
from balise.document import DataEntry, Document, page_name
from balise.document.slugs import slugify

INDEX, ARTICLE = "index.md", "meta.yaml"
LABELS = re.compile(r"index-translations\.([a-z]{2}(?:-[a-z]{2,4})?)\.yaml")
"""The files with the labels of products and sections in another language than English."""
FRENCH_OF_CANADA = "fq"
"""What such a file is called for `fr-ca`."""
LINKS = "../links/"
"""How the names of the files begin that have an address in each locale."""
PRODUCTS, UNIVERSES = "products/", "universes/"
"""The folders of pages that are made."""
ENGLISH = "en-gb"

DATA_FILES: Mapping[str, DataKind] = {
    INDEX: "index",
    FACTS: "yaml",
    SYNONYMS: "yaml",
    REDIRECTS: "redirects",
}
ARTICLE_KEYS = ("full_slug", "reference_category", "translation_banner")
"""What the data file of a guide says of each of its pages."""


class Item(msgspec.Struct, frozen=True):
    """A line of the index. `ref` is what it leads to: a folder, a product, a section by name.

    `above` are the items it stands in, the highest first.
    """

    kind: Literal["universe", "product", "section", "guide"]
    ref: str
    label: str
    entry: DataEntry
    above: tuple["Item", ...] = ()

    @property
    def folder(self) -> str:
        """The folder of its page, from the collection's root; empty for a section."""
        folders = {"universe": UNIVERSES, "product": PRODUCTS, "guide": ""}
        return folders[self.kind] + self.ref if self.kind in folders else ""

    @property
    def is_made(self) -> bool:
        """Whether its page is made."""
        return self.kind in ("universe", "product")


class IndexLayout(Layout):
    """The layout of the guides since 2023."""

    name = "index"
    key_table = "links"
    beside = "links"
    in_folders = (ARTICLE,)
    markdown = frozenset({INDEX})
    shared = ("assets",)

    def is_root(self, names: AbstractSet[str]) -> bool:
        """Whether there is an index with labels beside it."""
        return INDEX in names and any(map(LABELS.fullmatch, names))

    def is_mark(self, name: str) -> bool:
        """Whether it is that of labels, or of an article."""
        return name == ARTICLE or LABELS.fullmatch(name) is not None

    def data_kind(self, name: str) -> DataKind | None:
        """The index and the labels, articles beside guides, and the files in `links`."""
        if name.startswith(LINKS):
            return "links" if "." not in name.removeprefix(LINKS) else None
        if name.rpartition("/")[2] == ARTICLE or LABELS.fullmatch(name):
            return "yaml"
        return "api" if is_schema(name) else DATA_FILES.get(name)

    def completed(
        self, root: str, pages: dict[str, Page], data: Mapping[str, Document]
    ) -> dict[str, Page]:
        """Guides with what their articles say, homes, and pages of universes and products with guides below."""
        folder = Folder(root)
        articles = _articles(data)
        found = {
            path: replace(page, values={**article, **page.values})
            if (article := articles.get(folder.folder(path)))
            else page
            for path, page in pages.items()
        }
        locales: dict[str, set[str]] = defaultdict(set)
        for path, page in found.items():
            name = page_name(path)
            if name and name.type == "guide" and not hidden(page):
                locales[folder.folder(path)].add(name.locale)
        items = list(outline(data))
        made: dict[str, set[str]] = defaultdict(set)
        for item in items:
            if item.kind == "guide" and item.ref in locales:
                for above in item.above:
                    made[above.folder] |= locales[item.ref]
        labels = Labels(data)
        for item in items:
            for locale in sorted(made[item.folder]) if item.is_made else ():
                path = join(root, item.folder, f"{item.kind}.{locale}.md")
                title = labels.of(item, locale)
                found.setdefault(path, Page(path, {"title": title}, made=True))
        for locale in sorted(set().union(*locales.values())):
            path = join(root, f"home.{locale}.md")
            found.setdefault(path, Page(path, {}, made=True))
        return found

    def places(self, collection: Pages, locale: str) -> Iterable[Place]:
        """In the order of the index; a guide is at home where its article says."""
        paths = {
            folder: path
            for path, name in collection.names.items()
            if name.locale == locale and (folder := collection.folder(path))
        }
        labels = Labels(collection.data)
        below: dict[str, set[str]] = defaultdict(set)
        shown: set[tuple[str, str, str]] = set()
        for item in outline(collection.data):
            path = paths.get(item.folder)
            if path is None or item.kind == "section":
                continue
            parents = (paths[a.folder] for a in reversed(item.above) if a.folder in paths)
            parent = next(parents, "")
            section = labels.of_section(item, locale)
            if parent == path or (parent, section, path) in shown:
                continue
            if _is_below(parent, path, below):
                continue
            shown.add((parent, section, path))
            below[parent].add(path)
            category = collection.pages[path].value("reference_category")
            own = bool(category) and any(above.ref == category for above in item.above)
            yield Place(path, parent, section, own)

    def sections(self, page: Page) -> Sequence[str]:
        """None: they stand in the order of the index."""
        return ()

    def address_of(self, folder: str, type_: str) -> str:
        """From the root, without the locale."""
        if type_ == "guide":
            return f"/pages/{folder}"
        return f"/{folder}" if type_ == "product" else ""

    def products(self, collection: Pages) -> Mapping[str, str]:
        """By the name that they have in the index."""
        folders = {collection.folder(path) for path, page in collection.pages.items() if page.made}
        return {
            folder.removeprefix(PRODUCTS): folder
            for folder in sorted(folders)
            if folder.startswith(PRODUCTS)
        }

    def keyed_addresses(self, collection: Pages) -> Mapping[str, Mapping[str, str]]:
        """From the files in `links`. For other locales it is the English address, else the first."""
        addresses: dict[str, dict[str, str]] = {}
        for key, document in key_files(collection.data):
            if document.data:
                rows = {entry.keys[0]: entry.value for entry in reversed(document.data)}
                others = rows.get(ENGLISH, document.data[0].value)
                addresses[key] = {**rows, "": others}
        return addresses


class Labels:
    """What products, sections and universes are called in each locale."""

    def __init__(self, data: Mapping[str, Document]) -> None:
        self._by_file = {
            name: {entry.keys[0]: entry.value for entry in reversed(file.data) if entry.value}
            for name, file in label_files(data)
        }

    def of(self, item: Item, locale: str) -> str:
        """The label of an item: that of the locale, of its language, or the English one."""
        for name in label_names(locale):
            if label := self._by_file.get(name, {}).get(item.ref):
                return label
        return item.label

    def of_section(self, item: Item, locale: str) -> str:
        """The label of the section that an item stands in; empty if that is none."""
        nearest = item.above[-1] if item.above else None
        return self.of(nearest, locale) if nearest and nearest.kind == "section" else ""


def label_files(data: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """The files with labels, each by what stands for its language in the name."""
    for name, document in data.items():
        if found := LABELS.fullmatch(name):
            yield found[1], document


def label_names(locale: str) -> tuple[str, ...]:
    """What stands for a locale in the names of files with labels, the first one that there is counts."""
    special = (FRENCH_OF_CANADA,) if locale == "fr-ca" else ()
    return (locale, *special, locale.partition("-")[0])


def articles(data: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """The data files of guides, each by its folder from the collection's root."""
    for name, document in data.items():
        folder, _, file = name.rpartition("/")
        if file == ARTICLE:
            yield folder, document


def key_files(data: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """The files with the address of a key in each locale, by key."""
    for name, document in data.items():
        if name.startswith(LINKS):
            yield name.removeprefix(LINKS), document


def outline(data: Mapping[str, Document]) -> Iterator[Item]:
    """The items of the index, in its order."""
    document = data.get(INDEX)
    above: list[Item] = []
    for entry in document.data if document else ():
        del above[len(entry.keys) - 1 :]
        kind, ref = _meaning(entry, above)
        item = Item(kind, ref, entry.keys[-1], entry, tuple(above))
        above.append(item)
        yield item


def _meaning(
    entry: DataEntry, above: Sequence[Item]
) -> tuple[Literal["universe", "product", "section", "guide"], str]:
    """What an entry is, and what it leads to; slips of the address are forgiven here."""
    address = "/".join(part for part in entry.value.split("/") if part not in ("", ".", ".."))
    if not address:
        return ("section" if above else "universe"), slugify(entry.keys[-1])
    if address.startswith(PRODUCTS):
        return "product", address.removeprefix(PRODUCTS)
    if "/" not in entry.value.strip("/"):
        return "section", address
    return "guide", address.removeprefix("pages/")


def _articles(data: Mapping[str, Document]) -> dict[str, dict[str, str]]:
    """Folder, from the root -> what its article says of each page there, as if their front matter did."""
    found: dict[str, dict[str, str]] = {}
    for name, document in data.items():
        folder, _, file = name.rpartition("/")
        if file == ARTICLE:
            said = {entry.keys[0]: entry.value for entry in reversed(document.data)}
            found[folder] = {key: said[key] for key in ARTICLE_KEYS if said.get(key)}
            if said.get("flag") == "hidden":
                found[folder]["hidden"] = "true"
    return found


def _is_below(path: str, other: str, below: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether a page stands somewhere below another one."""
    known, left = set[str](), [other]
    while left:
        found = below.get(left.pop(), frozenset()) - known
        known |= found
        left += found
    return path in known
