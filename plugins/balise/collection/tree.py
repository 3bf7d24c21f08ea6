"""The tree of a locale: home, universes, products, guides, in the order that authors gave them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import dirname

from balise.collection.collection import Collection
from balise.document import Document, page_name

ORDER = re.compile(r"[0-9]{1,9}")
LAST = 10**9


@dataclass(frozen=True, slots=True)
class Node:
    """A page and the pages below it; `sections` of a product name its groups of guides, in order."""

    document: Document
    children: tuple["Node", ...] = ()

    @property
    def title(self) -> str:
        """The page's title; its folder's name where it has none."""
        return self.document.value("title") or dirname(self.document.path).rpartition("/")[2]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that the page lists, and behind them those that only its guides name."""
        listed = sections_listed(self.document)
        named = [section_of(child.document) for child in self.children]
        return tuple(dict.fromkeys(s for s in (*listed, *named) if s))


def sections_listed(product: Document) -> tuple[str, ...]:
    """The sections that a product's page lists, in its order."""
    listed = (" ".join(s.split()) for s in (product.value("sections") or "").split(","))
    return tuple(section for section in listed if section)


def section_of(document: Document) -> str:
    """The section that a guide is in; blanks of any kind are the same."""
    return " ".join((document.value("section") or "").split())


def product_above(document: Document, collection: Collection) -> Document | None:
    """The nearest product page above a page, in its own locale."""
    name = collection.names.get(document.path)
    folder = collection.folder(document.path)
    while name and folder:
        folder = dirname(folder)
        if found := collection.folders.get(folder, {}).get(("product", name.locale)):
            return found
    return None


def hidden(document: Document) -> bool:
    """Whether the page is published, but in no list."""
    return (document.value("hidden") or "").casefold() in ("true", "yes", "on")


def locales(collection: Collection) -> list[str]:
    """The locales that have a home, by name."""
    names = (page_name(path) for path in collection.documents)
    return sorted({name.locale for name in names if name and name.type == "home"})


def tree(collection: Collection, locale: str) -> Node | None:
    """The home of a locale with everything below it; None if it has no home."""
    pages = {
        path: document
        for path, document in collection.documents.items()
        if (name := page_name(path)) and name.locale == locale and name.type != "404"
    }
    by_folder = {
        collection.relative(dirname(path)): document
        for path, document in pages.items()
        if not _is_guide(document)
    }
    home = next((d for p, d in pages.items() if (n := page_name(p)) and n.type == "home"), None)
    if home is None:
        return None
    children: dict[str, list[Document]] = {}
    for document in pages.values():
        if document is not home and not hidden(document):
            parent = _parent(collection.relative(document.path), by_folder) or home
            children.setdefault(parent.path, []).append(document)
    return _node(home, children)


def _is_guide(document: Document) -> bool:
    name = page_name(document.path)
    return name is not None and name.type == "guide"


def _parent(path: str, by_folder: dict[str, Document]) -> Document | None:
    folder = dirname(dirname(path))
    while folder.strip("/"):
        if found := by_folder.get(folder):
            return found
        folder = dirname(folder)
    return None


def _node(document: Document, children: dict[str, list[Document]]) -> Node:
    below = in_order(children.get(document.path, ()))
    return Node(document, tuple(_node(child, children) for child in below))


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By `order` (a number: 10 comes after 2), then by title; those without `order` last."""
    return sorted(documents, key=lambda d: (_order(d), (d.value("title") or "").casefold()))


def _order(document: Document) -> int:
    value = (document.value("order") or "").strip()
    return int(value) if ORDER.fullmatch(value) else LAST
