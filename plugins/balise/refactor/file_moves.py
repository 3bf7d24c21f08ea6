"""Which files a move is about: what is at the old path, in which locales, and whether the new one is free."""

import os
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname, join

import msgspec

from balise.base.errors import UserError
from balise.base.paths import is_utf8, path_here, with_slashes
from balise.base.suggestions import nearest
from balise.collection import PICTURES, Collection
from balise.collection.layouts.index import PRODUCTS, UNIVERSES, IndexLayout
from balise.document import page_name
from balise.refactor.backlinks import Backlinks
from balise.refactor.made_pages import made_moves
from balise.workspace.file_changes import is_other_case
from balise.workspace.workspace import Workspace

LONGEST = 255
"""Bytes of a name that every file system takes."""


class FileMoves(msgspec.Struct, frozen=True):
    """What becomes of files of the collection at `root`: those that move, from old paths to new ones, and those that go.

    `made` are the paths of pages without files.
    """

    root: str
    moves: dict[str, str]
    removed: tuple[str, ...] = ()
    made: dict[str, str] = {}


def files_of_move(
    workspace: Workspace,
    old: str,
    new: str,
    locales: Sequence[str],
    backlinks: Backlinks,
) -> FileMoves:
    """The files that move.

    `old` is a folder, a page or another file of the collection; a page of a guide stands for its
    folder. Of some `locales` alone their pages move, and the pictures that only these have. A folder
    that has locales of the guide already keeps its own data file. Raises UserError.
    """
    root = _root_of(workspace, old)
    collection = workspace.collections[root]
    old, new = _meant(collection, old, new, locales)
    if made := made_moves(collection, old, new):
        return FileMoves(root, {}, made=made)
    _require_place(workspace, root, old, new)
    if any(document.path == old for document in collection.structure.data.values()):
        raise UserError(
            f"{path_here(old)}: is a data file, which has its place by its name; it stays"
        )
    if old in collection.pages or not os.path.isdir(old):  # noqa: PTH112 - paths are texts here
        files = [old]
    else:
        files = list(_below(old))
        there = _locales(files, collection)
        if unknown := [locale for locale in locales if locale not in there]:
            has = ", ".join(sorted(there)) or "no page in any locale"
            raise UserError(f"{path_here(old)}: has no page in {unknown[0]}; there is {has}")
        if locales and there != set(locales):
            files = list(_in_locales(files, set(locales), collection, backlinks))
    moves = {file: new + file[len(old) :] for file in files}
    removed = tuple(
        file for file, path in moves.items()
        if basename(file) in collection.layout.in_folders and _is_taken(file, path)
    )  # fmt: skip
    moves = {file: path for file, path in moves.items() if file not in removed}
    require_free(moves)
    require_names(collection, moves)
    return FileMoves(root, moves, removed)


def expanded(workspace: Workspace, moves: Mapping[str, str]) -> FileMoves:
    """As `files_of_move`, of exactly these files, and all that is below these folders. Raises UserError."""
    found: dict[str, str] = {}
    roots: set[str] = set()
    for old, new in moves.items():
        roots.add(root := _root_of(workspace, old))
        _require_place(workspace, root, old, new)
        is_folder = os.path.isdir(old)  # noqa: PTH112 - as above
        found |= {f: new + f[len(old) :] for f in _below(old)} if is_folder else {old: new}
    if len(roots) != 1:
        raise UserError("these files are of several collections: move those of one at a time")
    root = roots.pop()
    require_free(found)
    require_names(workspace.collections[root], found)
    return FileMoves(root, found)


def require_free(moves: Mapping[str, str]) -> None:
    """Raise UserError where something is at a new path already, and does not move away itself."""
    for old, new in moves.items():
        if _is_taken(old, new) and new not in moves:
            raise UserError(
                f"{path_here(new)}: is there already; name another place, or remove it first"
            )


def _is_taken(old: str, new: str) -> bool:
    """Whether something is at a new path that is not the file itself, by a name in another case."""
    return os.path.lexists(new) and not is_other_case(old, new)


def require_names(collection: Collection, moves: Mapping[str, str]) -> None:
    """Raise UserError where a page would be none of its type any more, or none at all."""
    for old, new in moves.items():
        if old not in collection.pages:
            continue
        was, now = page_name(old), page_name(new)
        if not new.endswith(".md") or basename(new).startswith("default."):
            raise UserError(f"{path_here(new)}: is no name of a page: it ends in `.md`")
        if was is not None and (now is None or now.type != was.type):
            name = f"{was.type}.{was.locale}.md"
            raise UserError(
                f"{path_here(new)}: is no name of a {was.type}: it is called {name}, or so in another locale"
            )


def _root_of(workspace: Workspace, path: str) -> str:
    """The root of the collection that has something at a path. Raises UserError where none has."""
    for root, collection in workspace.collections.items():
        if collection.structure.contains(path) and path != root:
            there = path in workspace.records or collection.relative(path) in collection.folders
            if there or os.path.lexists(path):
                return root
            raise UserError(f"{path_here(path)}: there is nothing{_like(path, collection)}")
    roots = ", ".join(map(path_here, workspace.collections)) or "no collection here"
    raise UserError(f"{path_here(path)}: is no part of a collection; there is {roots}")


def _like(path: str, collection: Collection) -> str:
    """`; did you mean X?` with the page, folder or picture whose path is most like this one."""
    folders = [join(collection.root, folder) for folder in collection.folders if folder]
    near = nearest(path, [*collection.pages, *folders, *collection.files], threshold=90)
    return f"; did you mean `{path_here(near)}`?" if near else ""


def _meant(collection: Collection, old: str, new: str, locales: Sequence[str]) -> tuple[str, str]:
    """The paths that move: a page stands for its folder, unless it is to be one of another locale."""
    own, other = page_name(old), page_name(new)
    if old not in collection.pages or own is None or collection.plain:
        return old, new
    if own.type == "home" or not collection.folder(old):
        raise UserError(f"{path_here(old)}: stands for the whole collection, and stays where it is")
    if other is None:
        if new.endswith(".md"):
            raise UserError(f"{path_here(new)}: is no name of a page, such as {basename(old)}")
        return dirname(old), new
    if own != other or own.type == "404":
        if locales or own.type != other.type:
            raise UserError(
                f"{path_here(new)}: is no name of a {own.type}, such as {basename(old)}"
            )
        return old, new
    return dirname(old), dirname(new)


def _require_place(workspace: Workspace, root: str, old: str, new: str) -> None:
    """Raise UserError where nothing of a collection may be at a new path."""
    collection, shown = workspace.collections[root], path_here(new)
    if new == old:
        raise UserError(f"{shown}: is there already: old and new are the same")
    if new.startswith(f"{old}/"):
        raise UserError(f"{shown}: lies in {path_here(old)}, which cannot move into itself")
    others = [
        r for r, c in workspace.collections.items() if r != root and c.structure.contains(new)
    ]
    if others:
        raise UserError(
            f"{shown}: lies in another collection than {path_here(old)}; its links would break"
        )
    if not collection.structure.contains(new) or new == root:
        raise UserError(f"{shown}: lies outside of the collection, which is {path_here(root)}")
    parts = collection.relative(new).split("/")
    if any(part.startswith(".") for part in parts):
        raise UserError(
            f"{shown}: is hidden, since a name begins with a dot, so no page there counts"
        )
    if any(len(part.encode("utf-8", "surrogateescape")) > LONGEST for part in parts) or "\0" in new:
        raise UserError(f"{shown}: no file can have this name: it is too long")
    if any(part != part.strip() for part in parts):
        raise UserError(f"{shown}: a name begins or ends in a blank; take it off")
    if not is_utf8(new):
        raise UserError(f"{shown}: is not UTF-8, so no link could lead there")
    if collection.layout.name == IndexLayout.name and old not in collection.files:
        _require_listable(collection, old, new)


def _require_listable(collection: Collection, old: str, new: str) -> None:
    """In the layout `index` an item leads to a guide by a folder in a folder."""
    relative = f"{collection.relative(new)}/"
    if relative.startswith((PRODUCTS, UNIVERSES)):
        raise UserError(
            f"{path_here(new)}: pages of products and universes are made there; name another folder"
        )


def _below(folder: str) -> Iterator[str]:
    """All files in a folder and below, symbolic links among them."""
    for found, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(join(found, name))]  # noqa: PTH114
        yield from (f"{with_slashes(found)}/{name}" for name in sorted([*names, *links]))


def _locales(files: Sequence[str], collection: Collection) -> set[str]:
    return {collection.names[file].locale for file in files if file in collection.names}


def _in_locales(
    files: Sequence[str], locales: set[str], collection: Collection, backlinks: Backlinks
) -> Iterator[str]:
    """The pages in these locales, and the pictures beside them that no other page has."""
    pages = {f for f in files if f in collection.names and collection.names[f].locale in locales}
    yield from sorted(pages)
    for file in files:
        if file.lower().endswith(PICTURES):
            users = {use.path for use in backlinks.of(file)}
            if users and users <= pages:
                yield file
