"""The files of a collection beside its pages: those that pages may name, and its data files."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from posixpath import dirname, join

from balise.base.paths import ignores_case, is_below, is_utf8, is_within, resolved_path
from balise.base.source import SourceFile
from balise.collection import Collection
from balise.collection.facts import FACTS
from balise.collection.folder import Folder
from balise.collection.github_links import plain_places
from balise.collection.layouts.tree import LINKS
from balise.collection.page import ABSOLUTE, IMG
from balise.collection.redirects import REDIRECTS
from balise.config import Urls
from balise.document import Document, page_name, read_data, read_redirects
from balise.workspace.sources import read_source

READERS = {LINKS: read_data, FACTS: read_data, REDIRECTS: read_redirects}
"""Name of a data file -> what reads it."""


def folders_of(document: Document, root: Folder) -> set[str]:
    """The folders of the collection at `root` in which a page may name files.

    Those are all that it shows, includes or links to something in, and `images` beside it. Nothing
    outside of the collection is looked at, whichever way a link or a symbolic link leads there.
    """
    addresses = [image.src for image in document.images]
    addresses += filter(None, [document.value(IMG)])
    addresses += [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    paths = [root.path_of(address, document.path) for address in addresses]
    if page_name(document.path) is None:
        paths += plain_places(document, root)
    paths += [root.included(include.path) for include in document.includes]
    folders = {dirname(path) for path in paths if path is not None and root.contains(path)}
    return folders | {join(dirname(document.path), "images")}


def collection_of(root: str, documents: Sequence[Document], urls: Urls) -> Collection:
    """A part of a collection, whose documents are all at hand, with the files that they name."""
    folder = Folder(root)
    folders = {found for document in documents for found in folders_of(document, folder)}
    return Collection.of(root, documents, files_in(folders, root), urls=urls, whole=False)


def files_in(folders: Iterable[str], root: str) -> list[str]:
    """The files directly in these folders of a collection."""
    inside = resolved_path(root or ".")
    places = _Places(root, ignores_case(inside))
    return [file for folder in sorted(folders) for file in _files_in(folder, inside, places)]


def data_files(root: str) -> dict[str, Document]:
    """The data files of a collection by name."""
    sources = {name: _data_file(root, name) for name in READERS}
    return {name: READERS[name](source) for name, source in sources.items() if source is not None}


def _is_inside(entry: os.DirEntry[str], inside: str) -> bool:
    """Whether an entry is a file, and no symbolic link to one outside of the folder `inside`."""
    if entry.is_symlink() and not is_below(entry.path, inside):
        return False
    return entry.is_file()


class _Places:
    """Where folders really are; many have the same ones above them.

    The names below `root` are compared with those that are listed where the file system has
    `any_case`: what is found there must not depend on that.
    """

    def __init__(self, root: str, any_case: bool) -> None:
        self.root = root
        self.any_case = any_case
        self._known: dict[str, str] = {"": resolved_path(".")}
        self._names: dict[str, frozenset[str]] = {}

    def of(self, folder: str) -> str:
        """The path of a folder without symbolic links; of one that is not there, a guess."""
        if folder not in self._known:
            parent, slash, name = folder.rpartition("/")
            plain = name not in ("", ".", "..") and not os.path.islink(folder)  # noqa: PTH114
            below = os.path.splitdrive(parent)[1] or not slash
            if plain and below and os.sep not in name:
                self._known[folder] = f"{self.of(parent).rstrip('/')}/{name}"
            else:
                self._known[folder] = resolved_path(folder)
        return self._known[folder]

    def has(self, folder: str) -> bool:
        """Whether there is a folder of this very name."""
        return os.path.isdir(self.of(folder)) and (not self.any_case or self._is_listed(folder))  # noqa: PTH112 - thousands of folders

    def _is_listed(self, path: str) -> bool:
        if path in ("", self.root):
            return True
        parent, _, name = path.rpartition("/")
        if parent not in self._names:
            with suppress(OSError):
                self._names[parent] = frozenset(os.listdir(parent or "."))  # noqa: PTH208 - as above
        return name in self._names.get(parent, ()) and self._is_listed(parent)


def _files_in_alike(folder: str, inside: str, places: _Places) -> Iterator[str]:
    """The files of a folder that differs from the one named by its capitals alone."""
    parent, _, name = folder.rpartition("/")
    try:
        with os.scandir(parent or ".") as entries:
            alike = [e.name for e in entries if e.name.casefold() == name.casefold()]
    except (OSError, ValueError):
        return
    for found in alike:
        if found != name:
            yield from _files_in(f"{parent}/{found}" if parent else found, inside, places)


def _data_file(root: str, name: str) -> SourceFile | None:
    path = f"{root}/{name}" if root else name
    if not is_within(path, root):
        return None
    try:
        return read_source(path)
    except OSError:
        return None


def _files_in(folder: str, inside: str, places: _Places) -> Iterator[str]:
    """The files of a folder that really lies in the folder `inside`."""
    if not places.has(folder):
        yield from _files_in_alike(folder, inside, places)
        return
    real = places.of(folder)
    if real != inside and not real.startswith(inside.rstrip("/") + "/"):
        return
    prefix = f"{folder}/" if folder else ""
    try:
        with os.scandir(folder or ".") as entries:
            # No address can mean a file whose name is not UTF-8.
            names = (e.name for e in entries if is_utf8(e.name) and _is_inside(e, inside))
            yield from (prefix + name for name in names)
    except (OSError, ValueError):
        return
