"""From pages to their collection: its data files, and the other files that pages name."""

import os
from collections.abc import Iterable, Iterator, Sequence
from posixpath import dirname

from balise.base.paths import is_below, is_utf8, is_within
from balise.base.source import SourceFile
from balise.collection import IMG, Collection
from balise.collection.collection import LINKS, Kept
from balise.collection.facts import FACTS
from balise.collection.lookups import Watch, nothing_kept
from balise.collection.redirects import REDIRECTS
from balise.config import Urls
from balise.document import Document, read_data, read_redirects
from balise.workspace.reading import read_source

DATA_FILES = {LINKS: read_data, FACTS: read_data, REDIRECTS: read_redirects}


ABSOLUTE = ("https://", "http://", "#", "mailto:")
"""How most links begin that lead to no file."""


def make_collection(
    root: str, documents: Sequence[Document], urls: Urls, whole: bool
) -> Collection:
    """The collection of these pages, of its data files, and of the files that pages point at.

    Those are all files in the folders that pages show, include or link to something in, and in
    the folders `images` beside pages. Nothing outside of the collection is looked at, whichever
    way a link or a symbolic link leads there.
    """
    bare = Collection(root, (), urls=urls)
    folders = {folder for document in documents for folder in folders_of(document, bare)}
    return collection_of(root, documents, folders, urls, whole)


def folders_of(document: Document, bare: Collection) -> set[str]:
    """The folders of the collection in which a page may name files."""
    addresses = [image.src for image in document.images]
    addresses += filter(None, [document.value(IMG)])
    addresses += [link.href for link in document.links if not link.href.startswith(ABSOLUTE)]
    paths = [bare.path_of(address, document) for address in addresses]
    paths += [bare.included(include.path) for include in document.includes]
    folders = {dirname(path) for path in paths if path is not None and bare.contains(path)}
    return folders | {f"{dirname(document.path)}/images".lstrip("/")}


def collection_of(
    root: str,
    documents: Sequence[Document],
    folders: Iterable[str],
    urls: Urls,
    whole: bool,
    watch: Watch | None = None,
    kept: Kept = nothing_kept,
) -> Collection:
    files = files_in(folders, root)
    data = data_files(root) if whole else {}
    return Collection(
        root, documents, files, urls=urls, data=data, whole=whole, watch=watch, kept=kept
    )


def files_in(folders: Iterable[str], root: str) -> list[str]:
    """The files directly in these folders of a collection."""
    inside = os.path.realpath(root or ".")
    places = _Places()
    return [file for folder in sorted(folders) for file in _files_in(folder, inside, places)]


def data_files(root: str) -> dict[str, Document]:
    """The data files of a collection by name."""
    return {
        name: read(source)
        for name, read in DATA_FILES.items()
        if (source := _data_file(root, name)) is not None
    }


def _is_inside(entry: os.DirEntry[str], inside: str) -> bool:
    """Whether an entry is a file, and no symbolic link to one outside of the folder `inside`."""
    if entry.is_symlink() and not is_below(entry.path, inside):
        return False
    return entry.is_file()


class _Places:
    """Where folders really are; many have the same ones above them."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {"": os.path.realpath(".")}

    def of(self, folder: str) -> str:
        """The path of a folder without symbolic links; of one that is not there, a guess."""
        if folder not in self._known:
            parent, slash, name = folder.rpartition("/")
            plain = name not in ("", ".", "..") and not os.path.islink(folder)  # noqa: PTH114
            if plain and (parent or not slash):
                self._known[folder] = f"{self.of(parent).rstrip('/')}/{name}"
            else:
                self._known[folder] = os.path.realpath(folder)
        return self._known[folder]


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
    real = places.of(folder)
    if not os.path.isdir(real):  # noqa: PTH112 - thousands of folders
        yield from _files_in_alike(folder, inside, places)
        return
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
