"""What changes of files are about: pages of a collection, those of them that are gone, and other files."""

import os
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from balise.base.paths import absolute_path
from balise.config import Configuration
from balise.workspace.discovery import is_page_path, pages_below
from balise.workspace.workspace import Workspace


class Touched(msgspec.Struct, frozen=True):
    """Pages that were written or made or are `gone`, other files, and folders with all in them."""

    pages: AbstractSet[str]
    gone: AbstractSet[str]
    others: AbstractSet[str]
    folders: AbstractSet[str]


def touched(
    workspace: Workspace, root: str, configuration: Configuration, changed: AbstractSet[str]
) -> Touched:
    """What changed paths are about in the collection at `root`.

    One that ends in `/` is a folder with whatever is in it.
    """
    folders = {absolute_path(path) for path in changed if path[-1] == "/"}
    paths = {absolute_path(path) for path in changed if path[-1] != "/"}
    known = workspace.records
    # Not every system tells whether what is gone was a file or a folder.
    lost = {path for path in paths if not path.endswith(".md") and not os.path.lexists(path)}
    folders |= {path for path in lost if any(is_in(page, {path}) for page in known)}
    if folders:
        paths |= _come_or_gone(workspace, root, configuration)
        # a folder that is moved away, or takes the place of another, is one event for all
        paths |= {path for path in known if is_in(path, folders)}
    pages = {path for path in paths if is_page_path(path, configuration)}
    others = paths - pages
    if any(path.rpartition("/")[2] == ".gitignore" for path in others):
        pages |= _come_or_gone(workspace, root, configuration)
    gone = {path for path in pages if not os.path.lexists(path)}
    return Touched(pages, gone, others, folders)


def _come_or_gone(workspace: Workspace, root: str, configuration: Configuration) -> set[str]:
    """The pages that have come or gone since they were looked for the last time."""
    return set(pages_below(Path(root), configuration)) ^ workspace.records.keys()


def is_in(path: str, folders: AbstractSet[str]) -> bool:
    """Whether a path is below one of some folders, by its name."""
    return any(path.startswith(f"{folder}/") for folder in folders)
