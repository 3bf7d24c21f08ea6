"""The tree of a locale: home, universes, products, guides, in the order that authors gave them."""

import re
from collections.abc import Iterable
from posixpath import dirname

import msgspec

from balise.collection.collection import Collection
from balise.collection.page import Described, Page
from balise.collection.structure import Structure

ORDER = re.compile(r"[0-9]{1,9}")
LAST = 10**9


class Node(msgspec.Struct, frozen=True):
    """A page and the pages below it; `sections` of a product name its groups of guides, in order."""

    page: Page
    children: tuple["Node", ...] = ()

    @property
    def title(self) -> str:
        """The page's title; its folder's name where it has none."""
        return self.page.value("title") or dirname(self.page.path).rpartition("/")[2]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that the page lists, and behind them those that only its guides name."""
        listed = sections_listed(self.page)
        named = [section_of(child.page) for child in self.children]
        return tuple(dict.fromkeys(s for s in (*listed, *named) if s))


def sections_listed(product: Described) -> tuple[str, ...]:
    """The sections that a product's page lists, in its order."""
    listed = (" ".join(s.split()) for s in (product.value("sections") or "").split(","))
    return tuple(section for section in listed if section)


def section_of(page: Described) -> str:
    """The section that a guide is in; blanks of any kind are the same."""
    return " ".join((page.value("section") or "").split())


def product_above(path: str, collection: Collection) -> Page | None:
    """The nearest product page above a page, in its own locale."""
    name = collection.names.get(path)
    folder = collection.folder(path)
    while name and folder:
        folder = dirname(folder)
        if found := collection.folders.get(folder, {}).get(("product", name.locale)):
            return collection.pages[found]
    return None


def hidden(page: Described) -> bool:
    """Whether the page is published, but in no list."""
    return (page.value("hidden") or "").casefold() in ("true", "yes", "on")


class LocaleTree:
    """The pages of one locale: what is below, above and beside each of them.

    `top` are the pages directly below the home. A locale whose `home` is missing has them all the
    same. Hidden pages are above and below nothing, but know what is above them.
    """

    def __init__(self, structure: Structure, locale: str) -> None:
        self.structure = structure
        self.locale = locale
        self.home: Page | None = None
        self._by_folder: dict[str, Page] = {}
        pages: list[Page] = []
        for path, name in structure.names.items():
            if name.locale != locale or name.type == "404":
                continue
            page = structure.pages[path]
            if name.type == "home":
                self.home = self.home or page
                continue
            pages.append(page)
            if name.type != "guide":
                self._by_folder[structure.folder(path)] = page
        children: dict[str, list[Page]] = {}
        for page in pages:
            if not hidden(page):
                parent = self.parent(page)
                children.setdefault(parent.path if parent else "", []).append(page)
        self.nodes: dict[str, Node] = {}
        self.top = self._nodes("", children)

    def parent(self, page: Page) -> Page | None:
        """The nearest universe or product in a folder above; None for the home."""
        folder = dirname(self.structure.folder(page.path))
        while folder.strip("/"):
            if found := self._by_folder.get(folder):
                return found
            folder = dirname(folder)
        return None

    def above(self, page: Page) -> tuple[Page, ...]:
        """The universes and products above a page, the highest first; without the home."""
        found: list[Page] = []
        parent = self.parent(page)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return tuple(reversed(found))

    def beside(self, page: Page) -> tuple["Node", ...]:
        """The pages below the same universe or product, the page itself among them."""
        parent = self.parent(page)
        if parent is None:
            return self.top
        node = self.nodes.get(parent.path)
        return node.children if node else ()

    def _nodes(self, path: str, children: dict[str, list[Page]]) -> tuple["Node", ...]:
        found: list[Node] = []
        for page in in_order(children.get(path, ())):
            node = Node(page, self._nodes(page.path, children))
            self.nodes[page.path] = node
            found.append(node)
        return tuple(found)


def in_order(pages: Iterable[Page]) -> list[Page]:
    """By `order` (a number: 10 comes after 2), then by title; those without `order` last."""
    return sorted(pages, key=lambda d: (_order(d), (d.value("title") or "").casefold()))


def _order(page: Page) -> int:
    value = (page.value("order") or "").strip()
    return int(value) if ORDER.fullmatch(value) else LAST
