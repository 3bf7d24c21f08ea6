"""The layout `tree`: homes, universes and products are pages, and what is below them is in their folders."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from posixpath import dirname

from balise.collection.api_schema import is_schema
from balise.collection.facts import FACTS
from balise.collection.layouts.base import DataKind, Layout, Pages, Place
from balise.collection.page import Described, Page
from balise.collection.redirects import REDIRECTS
from balise.collection.synonyms import SYNONYMS
from balise.document import page_name

LINKS = "links.yml"
"""The collection's table of addresses by key and locale."""

DATA_FILES: Mapping[str, DataKind] = {
    LINKS: "yaml",
    FACTS: "yaml",
    SYNONYMS: "yaml",
    REDIRECTS: "redirects",
}

ORDER = re.compile(r"[0-9]{1,9}")
LAST = 10**9


class TreeLayout(Layout):
    """The layout of the guides until 2022."""

    name = "tree"
    key_table = LINKS

    def is_root(self, names: AbstractSet[str]) -> bool:
        """Whether there is a home."""
        return any((name := page_name(file)) and name.type == "home" for file in names)

    def data_kind(self, name: str) -> DataKind | None:
        """Those in the collection's own folder."""
        return "api" if is_schema(name) else DATA_FILES.get(name)

    def places(self, collection: Pages, locale: str) -> Iterable[Place]:
        """By `order`, then by title; below the nearest universe or product in a folder above."""
        pages: list[Page] = []
        above: dict[str, str] = {}
        for path, name in collection.names.items():
            if name.locale != locale or name.type in ("home", "404"):
                continue
            pages.append(collection.pages[path])
            if name.type != "guide":
                above[collection.folder(path)] = path
        for page in in_order(pages):
            parent = _nearest(dirname(collection.folder(page.path)), above)
            yield Place(page.path, parent, section_of(page))

    def sections(self, page: Page) -> Sequence[str]:
        """Those that a product's page lists."""
        return sections_listed(page)

    def address_of(self, folder: str, type_: str) -> str:
        """By its path, which every editor can follow."""
        return ""

    def products(self, collection: Pages) -> Mapping[str, str]:
        """By the slug in any locale; the first by path of equal ones."""
        products: dict[str, str] = {}
        for path in sorted(collection.names):
            slug = collection.pages[path].value("slug")
            if collection.names[path].type == "product" and slug:
                products.setdefault(slug.strip("/"), collection.folder(path))
        return products

    def keyed_addresses(self, collection: Pages) -> Mapping[str, Mapping[str, str]]:
        """From `links.yml`."""
        addresses: dict[str, dict[str, str]] = defaultdict(dict)
        document = collection.data.get(LINKS)
        for entry in document.data if document else ():
            if len(entry.keys) <= 2:
                key, locale = (*entry.keys, "")[:2]
                addresses[key]["" if locale == "default" else locale] = entry.value
        return dict(addresses)


def sections_listed(product: Described) -> tuple[str, ...]:
    """The sections that a product's page lists, in its order."""
    listed = (" ".join(s.split()) for s in (product.value("sections") or "").split(","))
    return tuple(section for section in listed if section)


def section_of(page: Described) -> str:
    """The section that a guide is in; blanks of any kind are the same."""
    return " ".join((page.value("section") or "").split())


def product_above(path: str, collection: Pages) -> str | None:
    """The nearest page of a product above a page, in its own locale."""
    name = collection.names.get(path)
    folder = collection.folder(path)
    while name and folder.strip("/"):  # the folder of a page outside of the collection is absolute
        folder = dirname(folder)
        if found := collection.folders.get(folder, {}).get(("product", name.locale)):
            return found
    return None


def in_order(pages: Iterable[Page]) -> list[Page]:
    """By `order` (a number: 10 comes after 2), then by title; those without `order` last."""
    return sorted(pages, key=lambda d: (_order(d), (d.value("title") or "").casefold()))


def _order(page: Page) -> int:
    value = (page.value("order") or "").strip()
    return int(value) if ORDER.fullmatch(value) else LAST


def _nearest(folder: str, above: Mapping[str, str]) -> str:
    """The page in a folder, or in the nearest one above it that has any; empty if none has."""
    while folder.strip("/"):
        if found := above.get(folder):
            return found
        folder = dirname(folder)
    return ""
