"""What rules about the index ask of it: which guides there are, and which one an item was meant for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from posixpath import basename, dirname
from urllib.parse import unquote

from balise.base.suggestions import nearest
from balise.collection import Collection, Page
from balise.collection.page import hidden
from balise.collection.structure import folded_path

BEHIND = re.compile(r"(?:/guide\.[a-z]{2}-[a-z]{2,4}\.md|\.md)?/?(?:#.*)?$")
"""What is written behind a folder by mistake."""

LIKENESS = 80.0
"""Least similarity (0 to 100) of a folder's name that was mistyped."""

MAX_NAMED = 3
"""Names that a message lists; more are counted."""


def listed(names: list[str]) -> str:
    """The first of some names, for people, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in names[:MAX_NAMED])
    more = len(names) - MAX_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def guides_of(collection: Collection) -> Mapping[str, Page]:
    """Folder, from the collection's root, -> its guide in the language that guides are written in first."""
    found: dict[str, tuple[bool, str]] = {}
    for path, name in collection.names.items():
        if name.type == "guide":
            rank = (name.locale != collection.scheme.original, path)
            folder = collection.folder(path)
            found[folder] = min(rank, found.get(folder, rank))
    return {folder: collection.pages[path] for folder, (_, path) in found.items()}


def is_hidden(folder: str, collection: Collection) -> bool:
    """Whether the guides of a folder are in no list, in any locale."""
    pages = collection.folders.get(folder, {})
    guides = [path for (type_, _), path in pages.items() if type_ == "guide"]
    return all(hidden(collection.pages[path]) for path in guides)


class Meant:
    """Which guides the items of an index were meant for that lead to none; each `ref` is looked at once.

    Guides that are `listed` have an item, so another one is hardly a slip for theirs.
    """

    def __init__(
        self, collection: Collection, guides: Iterable[str], listed: AbstractSet[str]
    ) -> None:
        self.collection = collection
        self.guides = frozenset(guides)
        self.free = self.guides - listed
        self._beside: dict[str, list[str]] = defaultdict(list)
        for folder in sorted(self.free):
            self._beside[dirname(folder)].append(basename(folder))
        self._known: dict[str, tuple[str, bool]] = {}

    def folder(self, ref: str) -> tuple[str, bool]:
        """The folder that was meant, and whether that is certain; empty if none is likely.

        Looked at are folders that are spelt alike, and of guides without an item those of the same
        name and those beside.
        """
        if ref not in self._known:
            self._known[ref] = self._find(unquote(BEHIND.sub("", ref.strip())))
        return self._known[ref]

    def _find(self, ref: str) -> tuple[str, bool]:
        alike = self._guides(self.collection.folders_by_folded_path, folded_path(ref))
        if ref in self.guides or len(alike) == 1:
            return (ref if ref in self.guides else alike[0]), True
        name = folded_path(ref.rpartition("/")[2])
        named = self._guides(self.collection.folders_by_name, name)
        same = [folder for folder in named if folder in self.free]
        if same:
            return nearest(ref, same, threshold=LIKENESS) or "", False
        parent = dirname(ref)
        beside = nearest(basename(ref), self._beside.get(parent, ()), threshold=LIKENESS)
        return f"{parent}/{beside}" if beside else "", False

    def _guides(self, table: Mapping[str, Sequence[str]], key: str) -> list[str]:
        return [folder for folder in table.get(key, ()) if folder in self.guides]
