"""One locale as a site of its own: what surrounds each of its pages."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import dirname
from urllib.parse import quote

from balise.collection import Collection, Page, own_picture
from balise.collection.page import decoded, hidden, shown
from balise.collection.tree import LocaleTree, Node
from balise.publish.page_context import (
    Card,
    NavigationEntry,
    NavigationTab,
    PageLink,
    Section,
    Translation,
)
from balise.render.words import interface_words

RELATED = 4
"""How many guides are offered at the end of a guide."""
MANY = 300
"""Entries of a product that the navigation shows; a list of more is no help to anybody."""


def locale_name(locale: str) -> str:
    """The name of a locale in its own language: `Français`, `Français (CA)`."""
    language, _, zone = locale.partition("-")
    name = interface_words(language).get("language", locale)
    return name if zone in (language, "gb", "cz") else f"{name} ({zone.upper()})"


def title_of(page: Page) -> str:
    """The title in the front matter, or the name of the folder."""
    return shown(page, "title") or dirname(page.path).rpartition("/")[2]


def excerpt_of(page: Page) -> str:
    """What a page says of itself in a sentence or two; empty if nothing."""
    return shown(page, "excerpt") or shown(page, "description")


class LocaleSite:
    """The pages of a locale with all that templates show around them.

    `base` leads from a page to the site's root and ends in `/`; every URL made begins with it.
    `locales` are those that the site has, `urls` the addresses of its files from the root by path.
    """

    def __init__(
        self,
        collection: Collection,
        locale: str,
        locales: frozenset[str],
        urls: Mapping[str, str],
    ) -> None:
        self.collection = collection
        self.locale = locale
        self.language = locale.partition("-")[0]
        self.words: Mapping[str, str] = interface_words(self.language)
        self.locales = locales
        self.urls = urls
        name = next(name for name in collection.names.values() if name.locale == locale)
        self.prefix = collection.addresses.prefix(name)

    @cached_property
    def tree(self) -> LocaleTree:
        """Where each of its pages is."""
        return LocaleTree(self.collection.structure, self.locale)

    # Around a page

    def home(self, base: str) -> PageLink:
        """The home of the locale."""
        title = self.title(self.tree.home) if self.tree.home else self.words["guides"]
        return PageLink(title, base + quote(self.prefix))

    def title(self, page: Page) -> str:
        """The title of a page; a home that is made has the word for guides."""
        if page.made and self._is(page, "home"):
            return self.words["guides"]
        return title_of(page)

    def tabs(self, page: Page | None, base: str) -> tuple[NavigationTab, ...]:
        """The pages directly below the home that have others below them."""
        top = self._way(page)[:1]
        return tuple(
            NavigationTab(node.title, self._url(node.page, base), node.page.path in top)
            for node in self._with_pages(self.tree.top)
        )

    def is_product(self, page: Page) -> bool:
        """Whether it is a universe or a product: a page between the home and the guides."""
        return not self._is(page, "home", "404", "guide")

    def opened(self, page: Page | None) -> Page | None:
        """The universe or product that the navigation is open at; None for the home."""
        if page is None or self._is(page, "home", "404"):
            return None
        return self.tree.parent(page) if self._is(page, "guide") else page

    def navigation(self, opened: Page | None, base: str) -> list[NavigationEntry]:
        """What is in the universe of `opened`, down to the pages below that, and not elsewhere."""
        way = self._way(opened)
        top = self.tree.nodes.get(way[0]) if way else None
        return self._entry(top, way, base).children if top else []

    def breadcrumbs(self, page: Page, base: str) -> tuple[PageLink, ...]:
        """The pages above a page, the home first; nothing above the home itself."""
        if self._is(page, "home"):
            return ()
        above = self.tree.above(page)
        return (self.home(base), *(PageLink(title_of(d), self._url(d, base)) for d in above))

    def way_to(self, above: Page | None, base: str) -> tuple[PageLink, ...]:
        """The breadcrumbs of a page that would be directly below `above`, or below the home."""
        if above is None:
            return (self.home(base),)
        return (*self.breadcrumbs(above, base), PageLink(title_of(above), self._url(above, base)))

    def neighbours(self, page: Page, base: str) -> tuple[PageLink | None, PageLink | None]:
        """The guides before and behind a guide, in the order of its universe."""
        before, behind = self._neighbours.get(page.path, (None, None))
        return self._link(before, base), self._link(behind, base)

    def related(self, page: Page, base: str) -> tuple[Card, ...]:
        """Guides of the same section, the nearest ones first in its order; else of the product."""
        if not self._is(page, "guide") or self.tree.parent(page) is None:
            return ()
        guides = [n for n in self.tree.beside(page) if self._is(n.page, "guide")]
        section = self.tree.section(page)
        same = [n for n in guides if n.section == section]
        others = same if len(same) > 1 else guides
        index = next((i for i, n in enumerate(others) if n.page.path == page.path), 0)
        around = others[index + 1 :] + others[:index]
        return tuple(self._card(node, base) for node in around[:RELATED])

    def is_machine_translated(self, page: Page) -> bool:
        """Whether readers are to be told so; never of the locales that others fall back on."""
        scheme = self.collection.scheme
        by_people = self.locale in (*scheme.fallbacks, scheme.original)
        return not by_people and (page.value("translation_banner") or "").casefold() == "true"

    def sections(self, page: Page | None, base: str) -> tuple[Section, ...]:
        """What a home, universe or product offers; None stands for the home."""
        if page is None or self._is(page, "home"):
            return self._sections(self.tree.top, (), base)
        node = self.tree.nodes.get(page.path)
        return self._sections(node.children, node.sections, base) if node else ()

    def listed(self, page: Page) -> Sequence[tuple[str, Sequence[Node]]]:
        """The same as the pages themselves: the title of each section, and what is in it."""
        if self._is(page, "home"):
            return list(_grouped(self.tree.top, ()))
        node = self.tree.nodes.get(page.path)
        return self.grouped(node) if node else ()

    def grouped(self, node: Node) -> Sequence[tuple[str, Sequence[Node]]]:
        """What is directly below a page, by the title of its section, in the order of lists."""
        return list(_grouped(node.children, node.sections))

    def products(self, base: str) -> tuple[Section, ...]:
        """Each universe as a card, with what is directly below it and has pages below as links."""
        return tuple(
            Section(
                "",
                (self._card(node, base),),
                tuple(self._card(child, base) for child in self._with_pages(node.children)),
            )
            for node in self._with_pages(self.tree.top)
        )

    def homes(self, base: str) -> tuple[Translation, ...]:
        """The homes of all locales of the site, by their names."""
        prefixes = {locale: url for url, locale in self.collection.locales.items()}
        found = [
            Translation(loc, locale_name(loc), base + quote(prefixes[loc]), loc == self.locale)
            for loc in self.locales
        ]
        return tuple(sorted(found, key=lambda home: (home.name, home.locale)))

    def translations(self, page: Page | None, base: str) -> tuple[Translation, ...]:
        """The page in all locales that have it, itself among them, by their names; a home in all."""
        if page is None or self._is(page, "home"):
            return self.homes(base)
        found = [
            Translation(locale, locale_name(locale), base + quote(url), locale == self.locale)
            for locale, url in self._in_locales(page)
        ]
        return tuple(sorted(found, key=lambda translation: translation.name))

    # Lists of pages

    def _guides(self, node: Node) -> Iterator[Page]:
        """A page and those below it that are guides, in the order that lists show them."""
        if self._is(node.page, "guide"):
            yield node.page
        for child in _in_order(node):
            yield from self._guides(child)

    def _guides_at_home(self, node: Node, parent: Page | None = None) -> Iterator[Page]:
        """As `_guides`, each only where its breadcrumbs lead."""
        page = node.page
        own = (self.tree.parent(page), self.tree.section(page)) == (parent, node.section)
        if own and self._is(page, "guide"):
            yield page
        for child in _in_order(node):
            yield from self._guides_at_home(child, page)

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[Page | None, Page | None]]:
        """Path of a guide -> the guides before and behind it."""
        found: dict[str, tuple[Page | None, Page | None]] = {}
        for node in self.tree.top:
            guides = list(self._guides_at_home(node))
            behind = (*guides[1:], None)
            for before, page, after in zip((None, *guides), guides, behind, strict=False):
                found[page.path] = before, after
        return found

    def _in_locales(self, page: Page) -> list[tuple[str, str]]:
        """Locale -> URL from the root of the same page."""
        collection = self.collection
        siblings = [p for p in collection.siblings(page.path) if not hidden(collection.pages[p])]
        paths = [page.path, *siblings]
        found = [(collection.names[path].locale, collection.urls[path]) for path in paths]
        return [(locale, url) for locale, url in found if locale in self.locales]

    def _way(self, page: Page | None) -> list[str]:
        """The paths of the pages above a page, the highest first, and its own; none for the home."""
        return [above.path for above in (*self.tree.above(page), page)] if page else []

    # Pieces

    def _is(self, page: Page, *types: str) -> bool:
        return self.collection.names[page.path].type in types

    def _url(self, page: Page, base: str) -> str:
        return base + quote(self.collection.urls[page.path])

    def _link(self, page: Page | None, base: str) -> PageLink | None:
        return PageLink(title_of(page), self._url(page, base)) if page else None

    def _with_pages(self, nodes: Sequence[Node]) -> Iterator[Node]:
        return (node for node in nodes if not self._is(node.page, "guide"))

    def _entry(self, node: Node, way: Sequence[str], base: str) -> NavigationEntry:
        page = node.page
        entry = NavigationEntry(node.title, self._url(page, base))
        if page.path in way:
            entry.open = True
            for section, children in _grouped(node.children[:MANY], node.sections):
                inside = [self._entry(child, way, base) for child in children]
                if section:
                    entry.children.append(
                        NavigationEntry(decoded(section), open=True, children=inside)
                    )
                else:
                    entry.children += inside
        return entry

    def _sections(
        self, nodes: Sequence[Node], sections: Sequence[str], base: str
    ) -> tuple[Section, ...]:
        found: list[Section] = []
        for name, children in _grouped(nodes, sections):
            cards = tuple(self._card(node, base) for node in self._with_pages(children))
            guides = (n for n in children if self._is(n.page, "guide"))
            found.append(Section(decoded(name), cards, tuple(self._card(n, base) for n in guides)))
        return tuple(found)

    def _card(self, node: Node, base: str) -> Card:
        page = node.page
        guides = 0 if self._is(page, "guide") else sum(1 for _ in self._guides(node))
        icon = self._picture(page, base) or dirname(page.path).rpartition("/")[2]
        excerpt = excerpt_of(page)
        color = page.value("color") or ""
        return Card(node.title, self._url(page, base), excerpt, icon, color, guides)

    def _picture(self, page: Page, base: str) -> str:
        """The address of the picture that a page has for itself, if it is there."""
        picture = own_picture(page, self.collection)
        return base + quote(self.urls[picture]) if picture in self.urls else ""


def _in_order(node: Node) -> Iterator[Node]:
    """What is below a node, section by section."""
    for _, children in _grouped(node.children, node.sections):
        yield from children


def _grouped(nodes: Sequence[Node], sections: Sequence[str]) -> Iterator[tuple[str, list[Node]]]:
    """The nodes of no section, then those of each that has any; all in one if there are no sections."""
    for name in ("", *sections):
        inside = [node for node in nodes if not sections or node.section == name]
        if inside:
            yield name, inside
