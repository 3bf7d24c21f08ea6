"""The tree of a locale: home, universes, products, guides, in the order of the collection's layout."""

from posixpath import dirname

import msgspec

from balise.collection.layouts import Place
from balise.collection.page import Page, hidden, shown
from balise.collection.structure import Structure


class Node(msgspec.Struct, frozen=True):
    """A page where it is shown: in a `section` of the page above it, empty if in none.

    `sections` are the groups of its own `children`, in order.
    """

    page: Page
    children: tuple["Node", ...] = ()
    section: str = ""
    sections: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The page's title; its folder's name where it has none."""
        return shown(self.page, "title") or dirname(self.page.path).rpartition("/")[2]


class LocaleTree:
    """The pages of one locale: what is below, above and beside each of them.

    `top` are the pages directly below the home. A locale whose `home` is missing has them all the
    same. Hidden pages are above and below nothing, but know what is above them.
    """

    def __init__(self, structure: Structure, locale: str) -> None:
        self.structure = structure
        self.locale = locale
        homes = (p for p, n in structure.names.items() if (n.type, n.locale) == ("home", locale))
        home = next(homes, None)
        self.home = structure.pages[home] if home is not None else None
        self._places: dict[str, Place] = {}
        children: dict[str, list[Place]] = {}
        for place in structure.layout.places(structure, locale):
            known = self._places.get(place.path)
            if known is None or (place.own and not known.own):
                self._places[place.path] = place
            if not hidden(structure.pages[place.path]):
                children.setdefault(place.parent, []).append(place)
        self.nodes: dict[str, Node] = {}
        self.top = self._nodes("", children)

    def parent(self, page: Page) -> Page | None:
        """The universe or product that a page is below; None for the home."""
        place = self._places.get(page.path)
        return self.structure.pages[place.parent] if place and place.parent else None

    def section(self, page: Page) -> str:
        """The section of its parent that a page is in."""
        place = self._places.get(page.path)
        return place.section if place else ""

    def above(self, page: Page) -> tuple[Page, ...]:
        """The universes and products above a page, the highest first; without the home."""
        found: list[Page] = []
        parent = self.parent(page)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return tuple(reversed(found))

    def beside(self, page: Page) -> tuple[Node, ...]:
        """The pages below the same universe or product, the page itself among them."""
        parent = self.parent(page)
        if parent is None:
            return self.top
        node = self.nodes.get(parent.path)
        return node.children if node else ()

    def _nodes(self, path: str, children: dict[str, list[Place]]) -> tuple[Node, ...]:
        found: list[Node] = []
        for place in children.get(path, ()):
            node = self._node(place, children)
            self.nodes.setdefault(place.path, node)
            found.append(node)
        return tuple(found)

    def _node(self, place: Place, children: dict[str, list[Place]]) -> Node:
        page = self.structure.pages[place.path]
        below = self._nodes(place.path, children)
        named = (*self.structure.layout.sections(page), *(child.section for child in below))
        sections = tuple(dict.fromkeys(section for section in named if section))
        return Node(page, below, place.section, sections)
