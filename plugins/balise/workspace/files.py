"""The files of a collection beside its pages: those that pages may name, and its data files."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from posixpath import dirname, join, normpath

from balise.base.paths import (
    ignores_case,
    is_below,
    is_utf8,
    is_within,
    resolved_path,
    with_slashes,
)
from balise.base.source import SourceFile
from balise.collection import Collection
from balise.collection.folder import Folder
from balise.collection.github_links import plain_places
from balise.collection.layouts import DataKind, Layout
from balise.collection.page import ABSOLUTE, IMG
from balise.config import Urls
from balise.document import (
    Document,
    page_name,
    read_api_schema,
    read_data,
    read_index,
    read_link_table,
    read_redirects,
)
from balise.workspace.sources import read_source

READERS: Mapping[DataKind, Callable[[SourceFile], Document]] = {
    "yaml": read_data,
    "redirects": read_redirects,
    "index": read_index,
    "links": read_link_table,
    "api": read_api_schema,
}


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


def data_files(root: str, layout: Layout, pages: Iterable[str]) -> dict[str, Document]:
    """The data files of the collection that has these `pages`, by name."""
    found: dict[str, Document] = {}
    for name in data_names(root, layout, pages):
        kind = layout.data_kind(name)
        source = _data_file(root, name, layout) if kind else None
        if kind and source is not None:
            found[name] = READERS[kind](source)
    return found


def data_names(root: str, layout: Layout, pages: Iterable[str]) -> list[str]:
    """The names of the data files that a collection has or may have, from its root."""
    folder = Folder(root)
    names: list[str] = []
    with suppress(OSError):
        names += sorted(os.listdir(root or "."))  # noqa: PTH208 - as below
    folders = dict.fromkeys(map(folder.folder, pages)) if layout.in_folders else ()
    names += [f"{below}/{name}" for below in folders for name in layout.in_folders if below]
    if layout.beside:
        names += _names_beside(root, layout.beside)
    return [name for name in names if layout.data_kind(name)]


def shared_folders(root: str, layout: Layout) -> Iterator[str]:
    """The folders of a collection whose pictures are for all of its pages."""
    for name in layout.shared:
        for folder, folders, _ in os.walk(f"{root}/{name}" if root else name):
            folders[:] = sorted(below for below in folders if not below.startswith("."))
            yield with_slashes(folder)


def folder_beside(root: str, layout: Layout) -> str:
    """The folder beside that of a collection that belongs to it; empty if there is none in its layout."""
    return normpath(join(root or ".", "..", layout.beside)) if layout.beside else ""


def _names_beside(root: str, folder: str) -> Iterator[str]:
    top = normpath(join(root or ".", "..", folder))
    for found, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = with_slashes(found).removeprefix(top).strip("/")
        prefix = f"../{folder}/{below}/" if below else f"../{folder}/"
        yield from (prefix + name for name in sorted(names) if not name.startswith("."))


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


def _data_file(root: str, name: str, layout: Layout) -> SourceFile | None:
    path = normpath(join(root, name))
    inside = folder_beside(root, layout) if name.startswith("../") else root
    if not is_within(path, inside):
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
