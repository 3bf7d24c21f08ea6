"""The tree of a locale: home, universes, products, guides, in the order that authors gave them."""

import re
from collections.abc import Iterable
from posixpath import dirname

import msgspec

from balise.collection.collection import Collection
from balise.document import Document

ORDER = re.compile(r"[0-9]{1,9}")
LAST = 10**9


class Node(msgspec.Struct, frozen=True):
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


class LocaleTree:
    """The pages of one locale: what is below, above and beside each of them.

    `top` are the pages directly below the home. A locale whose `home` is missing has them all the
    same. Hidden pages are above and below nothing, but know what is above them.
    """

    def __init__(self, collection: Collection, locale: str) -> None:
        self.collection = collection
        self.locale = locale
        self.home: Document | None = None
        self._by_folder: dict[str, Document] = {}
        pages: list[Document] = []
        for path, name in collection.names.items():
            if name.locale != locale or name.type == "404":
                continue
            document = collection.documents[path]
            if name.type == "home":
                self.home = self.home or document
                continue
            pages.append(document)
            if name.type != "guide":
                self._by_folder[collection.folder(path)] = document
        children: dict[str, list[Document]] = {}
        for document in pages:
            if not hidden(document):
                parent = self.parent(document)
                children.setdefault(parent.path if parent else "", []).append(document)
        self.nodes: dict[str, Node] = {}
        self.top = self._nodes("", children)

    def parent(self, document: Document) -> Document | None:
        """The nearest universe or product in a folder above; None for the home."""
        folder = dirname(self.collection.folder(document.path))
        while folder.strip("/"):
            if found := self._by_folder.get(folder):
                return found
            folder = dirname(folder)
        return None

    def above(self, document: Document) -> tuple[Document, ...]:
        """The universes and products above a page, the highest first; without the home."""
        found: list[Document] = []
        parent = self.parent(document)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return tuple(reversed(found))

    def beside(self, document: Document) -> tuple["Node", ...]:
        """The pages below the same universe or product, the page itself among them."""
        parent = self.parent(document)
        if parent is None:
            return self.top
        node = self.nodes.get(parent.path)
        return node.children if node else ()

    def _nodes(self, path: str, children: dict[str, list[Document]]) -> tuple["Node", ...]:
        found: list[Node] = []
        for document in in_order(children.get(path, ())):
            node = Node(document, self._nodes(document.path, children))
            self.nodes[document.path] = node
            found.append(node)
        return tuple(found)


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By `order` (a number: 10 comes after 2), then by title; those without `order` last."""
    return sorted(documents, key=lambda d: (_order(d), (d.value("title") or "").casefold()))


def _order(document: Document) -> int:
    value = (document.value("order") or "").strip()
    return int(value) if ORDER.fullmatch(value) else LAST
