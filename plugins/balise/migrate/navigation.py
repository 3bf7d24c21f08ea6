"""The tree of all locales -> the one navigation that they are to share: what stands where, and its names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from posixpath import dirname, join
from typing import Literal

import msgspec

from balise.collection import Page, Structure
from balise.collection.layouts.index import ENGLISH, PRODUCTS, UNIVERSES
from balise.collection.layouts.tree import in_order, section_of, sections_listed
from balise.collection.page import hidden
from balise.document.slugs import IdPool, slugify
from balise.migrate.model import Loss

OVERVIEW = "overview"
"""The folder of the guide that is made of the text of a product's page."""

OTHER_SECTION = "a guide is in another section than it was in its locale"
NO_SECTION = "a guide that was in no section in its locale is in that of the others"

Kind = Literal["universe", "product", "section", "guide"]
Pages = Mapping[str, Page]
"""Locale -> page."""


class Entry(msgspec.Struct, frozen=True):
    """A line of the navigation. `folder` is where it was; `labels` are those by locale.

    `ref` is what the line leads to, as of an `Item` of the index.
    """

    kind: Kind
    ref: str
    label: str
    labels: Mapping[str, str] = {}
    folder: str = ""
    entries: tuple["Entry", ...] = ()

    @property
    def page_folder(self) -> str:
        """The folder of its page in the new layout."""
        return {"universe": UNIVERSES, "product": PRODUCTS}.get(self.kind, "") + self.ref


class Navigation(msgspec.Struct, frozen=True):
    """What stands where. `overviews` leads from folders of groups to those of the guides of their text."""

    entries: tuple[Entry, ...]
    overviews: Mapping[str, str]
    losses: tuple[Loss, ...]

    def walk(self) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
        """Each entry with those above it, the highest first."""
        left: list[tuple[Entry, tuple[Entry, ...]]] = [
            (entry, ()) for entry in reversed(self.entries)
        ]
        while left:
            entry, above = left.pop()
            yield entry, above
            left += [(below, (*above, entry)) for below in reversed(entry.entries)]


class _Node(msgspec.Struct, frozen=True):
    """The pages of a folder that are one line: a group (home, universe, product) or a guide."""

    folder: str
    kind: Kind
    pages: Pages

    @property
    def first(self) -> Page:
        """The page whose words count where only one can."""
        return self.pages[next(iter(self.pages))]


def navigation_of(tree: Structure, texts: AbstractSet[str]) -> Navigation:
    """The navigation of a collection whose layout is `tree`; `texts` are its groups' pages with a text."""
    return _Builder(tree, texts).navigation()


def preferred(locales: Iterable[str], original: str) -> list[str]:
    """Locales in the order in which their words count: English, the original's, others."""
    return sorted(
        locales,
        key=lambda locale: (
            locale != ENGLISH,
            not locale.startswith("en-"),
            locale != original,
            locale,
        ),
    )


class _Builder:
    def __init__(self, tree: Structure, texts: AbstractSet[str]) -> None:
        self.tree = tree
        self.texts = texts
        self.groups: dict[str, _Node] = {}
        self.overviews: dict[str, str] = {}
        self.losses: list[Loss] = []
        self.locales = sorted({name.locale for name in tree.names.values() if name.type == "guide"})
        guides: list[_Node] = []
        for folder, pages in sorted(tree.folders.items()):
            for kind in ("universe", "product"):
                if folder not in self.groups and (found := self._pages(pages, kind)):
                    self.groups[folder] = _Node(folder, kind, found)
            if found := self._pages(pages, "guide"):
                guides.append(_Node(folder, "guide", found))
        self.children: dict[str, list[_Node]] = defaultdict(list)
        for node in (*self.groups.values(), *guides):
            self.children[self._above(node.folder)].append(node)
        self.refs = IdPool()

    def navigation(self) -> Navigation:
        home = self._pages(self.tree.folders.get("", {}), "home")
        top = _Node("", "section", home)
        universes = [node for node in self.children[""] if node.kind == "universe"]
        for node in universes:  # their refs follow from their labels
            self.refs.add(slugify(self._label(node)))
        entries = self._entries(top, "")
        return Navigation(entries, self.overviews, tuple(sorted(self.losses)))

    def _pages(self, pages: Mapping[tuple[str, str], str], kind: str) -> dict[str, Page]:
        locales = [locale for type_, locale in pages if type_ == kind]
        ordered = preferred(locales, self.tree.scheme.original)
        return {locale: self.tree.pages[pages[kind, locale]] for locale in ordered}

    def _above(self, folder: str) -> str:
        """The nearest folder above that has a group; empty for the top."""
        while folder:
            folder = dirname(folder)
            if folder in self.groups:
                return folder
        return ""

    def _entries(self, group: _Node, ref: str) -> tuple[Entry, ...]:
        """What is below a group: what is in no section, then the sections in their order."""
        children = [node for node in self._in_order(group) if self._is_shown(node)]
        sections = Sections(group.pages, children, self.tree.scheme.original)
        self.losses += order_losses(group.pages, children, sections)
        found = list(self._overview(group))
        found += [self._entry(node, ref) for node in children if not sections.of(node)]
        for name in sections.names:
            labels = sections.labels(name)
            own = self.refs.unique(slugify(f"{ref}-{name}" if ref else name))
            inside = [node for node in children if sections.of(node) == name]
            self.losses += section_losses(inside, name, labels)
            below = tuple(self._entry(node, ref) for node in inside)
            found.append(Entry("section", own, name, labels, entries=below))
        return tuple(found)

    def _entry(self, node: _Node, above: str) -> Entry:
        label = self._label(node)
        if node.kind == "guide":
            return Entry("guide", node.folder, label, folder=node.folder)
        is_universe = node.kind == "universe"
        kind: Kind = "universe" if is_universe and not self._above(node.folder) else "product"
        ref = slugify(label) if kind == "universe" else self._product_ref(node, above)
        if is_universe and kind == "product":
            loss = "a universe in another one is a product now"
            self.losses.append(Loss(loss, node.first.path))
        for page in node.pages.values():
            if hidden(page):
                self.losses.append(Loss("a product was hidden in some locales only", page.path))
            if section := section_of(page):
                loss = "a product was in a section, and only guides can be"
                self.losses.append(Loss(loss, page.path, section))
        entries = self._entries(node, ref)
        return Entry(kind, ref, label, self._labels(node), node.folder, entries)

    def _overview(self, group: _Node) -> Iterator[Entry]:
        """The guide of the text of a group's pages."""
        if any(page.path in self.texts for page in group.pages.values()):
            names = (OVERVIEW, *(f"{OVERVIEW}_{number}" for number in range(1, 1000)))
            paths = (join(group.folder, name) for name in names)
            folder = next(path for path in paths if path not in self.tree.folders)
            self.overviews[group.folder] = folder
            yield Entry("guide", folder, self._label(group))

    def _product_ref(self, node: _Node, above: str) -> str:
        """Its slug; with the ref above it in front where another has that."""
        slug = slugify((node.first.value("slug") or node.folder.rpartition("/")[2]).strip("/"))
        if slug in self.refs.taken and above:
            slug = f"{above}-{slug}"
        return self.refs.unique(slug)

    def _is_shown(self, node: _Node) -> bool:
        """Whether it gets a line; of what is below a hidden group, nothing was in any list."""
        if not node.folder:
            self.losses.append(
                Loss("a guide in the folder of all guides has no place", node.first.path)
            )
            return False
        if node.kind == "guide" or not all(map(hidden, node.pages.values())):
            return True
        self.losses.append(Loss("a hidden product has no place", node.first.path))
        return False

    def _in_order(self, group: _Node) -> list[_Node]:
        by_path = {node.first.path: node for node in self.children[group.folder]}
        return [by_path[page.path] for page in in_order([node.first for node in by_path.values()])]

    def _label(self, node: _Node) -> str:
        label = _title(node.first)
        return label if slugify(label) else node.folder.rpartition("/")[2]

    def _labels(self, node: _Node) -> dict[str, str]:
        """The titles by locale; one without a page borrows that of its language."""
        titles = {locale: _title(page) for locale, page in node.pages.items()}
        by_language: dict[str, str] = {}
        for locale in titles:
            by_language.setdefault(locale[:2], titles[locale])
        found = {
            locale: titles.get(locale) or by_language.get(locale[:2]) for locale in self.locales
        }
        return {locale: title for locale, title in found.items() if title}


class Sections:
    """In which section each child of a group is, in all locales at once, by the section's English name."""

    def __init__(self, group: Pages, children: Sequence[_Node], original: str) -> None:
        self.listed = {locale: sections_listed(page) for locale, page in group.items()}
        self._named = {
            node.folder: {
                locale: name for locale, page in node.pages.items() if (name := section_of(page))
            }
            if node.kind == "guide"
            else {}
            for node in children
        }
        locales = {locale for names in self._named.values() for locale in names}
        self._main = next(iter(preferred(locales, original)), "")
        self._votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._sections: dict[str, str] = {}
        self._read_lists()
        of_main = [n for n in children if self._main in self._named[n.folder]]
        others = [n for n in children if self._main not in self._named[n.folder]]
        for node in of_main:
            self._put(node, self._named[node.folder][self._main])
        for node in others:
            if names := self._named[node.folder]:
                self._put(node, self._guess(names))
        first = self.listed.get(self._main, ())
        used = dict.fromkeys(self._sections.values())
        self.names = [
            *(name for name in first if name in used),
            *(n for n in used if n not in first),
        ]

    def of(self, node: _Node) -> str:
        """The section of a child; empty for none."""
        return self._sections.get(node.folder, "")

    def labels(self, name: str) -> dict[str, str]:
        """What the section is called by most in each locale."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for folder, section in self._sections.items():
            if section == name:
                for locale, own in self._named[folder].items():
                    found[locale][own] += 1
        return {locale: names.most_common(1)[0][0] for locale, names in found.items()}

    def _read_lists(self) -> None:
        """Lists of the same length in two locales name the same sections."""
        main = self.listed.get(self._main, ())
        for locale, names in self.listed.items():
            if len(names) == len(main):
                for own, name in zip(names, main, strict=True):
                    self._votes[locale, own][name] += 1

    def _put(self, node: _Node, section: str) -> None:
        self._sections[node.folder] = section
        for locale, name in self._named[node.folder].items():
            self._votes[locale, name][section] += 2

    def _guess(self, names: Mapping[str, str]) -> str:
        """The section that others are in whose name is the same in a locale; else a new one."""
        for named in names.items():
            if votes := self._votes.get(named):
                return votes.most_common(1)[0][0]
        return next(iter(names.values()))


def section_losses(
    children: Iterable[_Node], section: str, labels: Mapping[str, str]
) -> Iterator[Loss]:
    """The pages that were in a section of another name in their locale, or in none."""
    for node in children:
        for locale, page in node.pages.items():
            label = labels.get(locale, section)
            own = section_of(page)
            if hidden(page) or own == label:
                continue
            if own:
                yield Loss(OTHER_SECTION, page.path, f"{own} -> {label}")
            else:
                yield Loss(NO_SECTION, page.path, label)


def order_losses(group: Pages, children: Sequence[_Node], sections: Sections) -> Iterator[Loss]:
    """The locales in which what is below a group stood in another order."""
    for locale in sorted({locale for node in children for locale in node.pages}):
        now: dict[str, list[Page]] = defaultdict(list)
        for node in children:
            if locale in node.pages and not hidden(node.pages[locale]):
                now[sections.of(node)].append(node.pages[locale])
        if any(in_order(pages) != pages for pages in now.values()):
            place = group.get(locale) or next(iter(now.values()))[0]
            yield Loss("the order below a page was another one in its locale", place.path, locale)


def _title(page: Page) -> str:
    return " ".join((page.value("title") or dirname(page.path).rpartition("/")[2]).split())
