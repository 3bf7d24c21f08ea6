"""What becomes of each page: where it is in the new layout, and which keys stand elsewhere then."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from posixpath import dirname, join

import msgspec
from msgspec.structs import replace

from balise.collection import Collection, Page, number_of
from balise.collection.page import ALIASES, NUMBER, hidden
from balise.document import Document
from balise.migrate.front_matter import removable_keys
from balise.migrate.navigation import Navigation

GROUPS = ("home", "universe", "product")
"""The types of pages that the new layout makes by itself."""
OVERVIEW_KEYS = frozenset({"title", "excerpt", "description", "keywords", "updated", "hidden"})
"""Keys of a group that the guide of its text has as well."""
KEPT_KEYS = frozenset({"title", "slug", "section", "sections", "order", "hidden", ALIASES, NUMBER})
"""Keys of a group that the index or a redirect says."""


class Fate(msgspec.Struct, frozen=True):
    """The page at `path` is at `new_path`, empty if it is made or gone, without some `keys`."""

    path: str
    new_path: str
    keys: AbstractSet[str] = frozenset()


def is_group(path: str, old: Collection) -> bool:
    """Whether a page is of a type that the new layout makes by itself."""
    return path in old.names and old.names[path].type in GROUPS


def is_readable(document: Document) -> bool:
    """Whether every byte of a page is understood, so that it may be written."""
    return not any(p.kind in ("undecodable", "unreadable") for p in document.problems)


def fates_of(
    old: Collection, navigation: Navigation, texts: AbstractSet[str]
) -> Mapping[str, Fate]:
    """What becomes of each page; `texts` are those of groups that have a text of their own."""
    listed = {entry.folder for entry, _ in navigation.walk() if entry.kind == "guide"}
    hidden_folders = folders_hidden(old)
    found: dict[str, Fate] = {}
    for path in old.pages:
        folder = old.folder(path)
        if not is_group(path, old):
            keys = _keys_said(old.pages[path], folder in listed, folder in hidden_folders)
            is_guide = path in old.names and old.names[path].type == "guide"
            found[path] = _without(Fate(path, path), keys if is_guide else frozenset(), old)
        elif path in texts and folder in navigation.overviews:
            name = f"guide.{old.names[path].locale}.md"
            new_path = join(old.root, navigation.overviews[folder], name)
            other = old.pages[path].values.keys() - OVERVIEW_KEYS
            found[path] = _without(Fate(path, new_path), other, old)
        else:
            found[path] = Fate(path, "")
    return found


def _keys_said(page: Page, listed: bool, all_hidden: bool) -> AbstractSet[str]:
    """The keys of a guide that say what its article, the index or a redirect says from now on."""
    keys = {"slug", ALIASES}
    keys |= {NUMBER} if number_of(page) else set()
    keys |= {"section", "order"} if listed else set()
    return keys | ({"hidden"} if all_hidden else set())


def _without(fate: Fate, keys: AbstractSet[str], old: Collection) -> Fate:
    document = old.documents[fate.path]
    return replace(
        fate, keys=removable_keys(document, keys) if is_readable(document) else frozenset()
    )


def new_page(fate: Fate, old: Collection) -> Page:
    """The page as it is in the new layout."""
    page = old.pages[fate.path]
    values = {key: value for key, value in page.values.items() if key not in fate.keys}
    aliases = () if ALIASES in fate.keys else page.aliases
    return replace(page, path=fate.new_path, values=values, aliases=aliases)


def folders_hidden(old: Collection) -> AbstractSet[str]:
    """The folders of guides all of whose pages are hidden."""
    found: dict[str, bool] = {}
    for path, name in old.names.items():
        if name.type == "guide":
            folder = old.folder(path)
            found[folder] = found.get(folder, True) and hidden(old.pages[path])
    return {folder for folder, is_hidden in found.items() if is_hidden}


class Successors:
    """Where readers of an old page find it in the `new` collection: itself, or the nearest one above."""

    def __init__(
        self, old: Collection, new: Collection, fates: Mapping[str, Fate], navigation: Navigation
    ) -> None:
        self.old, self.new, self.fates = old, new, fates
        self._folders = {"": ("", "home")} | {
            entry.folder: (entry.page_folder, entry.kind)
            for entry, _ in navigation.walk()
            if entry.kind in ("universe", "product")
        }

    def of_text(self, path: str) -> str:
        """The page with the text of an old one."""
        return self.fates[path].new_path or self.of_list(path)

    def of_list(self, path: str) -> str:
        """The page that lists what an old one did; of a guide itself."""
        if not is_group(path, self.old):
            return path
        return self.own_list(path) or self.fates[path].new_path or self._above(path)

    def own_list(self, path: str) -> str:
        """The page that is made in the place of one of a group; empty where none is."""
        found = self._folders.get(self.old.folder(path))
        return self._made(found, self.old.names[path].locale) if found else ""

    def _made(self, place: tuple[str, str], locale: str) -> str:
        path = join(self.new.root, place[0], f"{place[1]}.{locale}.md")
        return path if path in self.new.pages else ""

    def _above(self, path: str) -> str:
        """The nearest page above in the locale; a home of another one where it has no guides."""
        locale, folder = self.old.names[path].locale, self.old.folder(path)
        while folder:
            folder = dirname(folder)
            place = self._folders.get(folder)
            if place and (found := self._made(place, locale)):
                return found
        return self.new.in_locale("", locale, "home") or ""
