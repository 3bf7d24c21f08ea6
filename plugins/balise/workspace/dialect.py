"""Whether a tree is in the dialect, or of plain Markdown: told by the names of its files."""

import os
from collections.abc import Iterable
from pathlib import Path

from balise.collection.layouts import LAYOUTS, layouts_of
from balise.config import Configuration, Dialect
from balise.document import page_name


def is_plain(root: Path, pages: Iterable[str], configuration: Configuration) -> bool:
    """Whether the `pages` below a folder are to be read as plain Markdown.

    What is not configured is told by the tree: one without a configuration, without a page of the
    dialect and without other marks of a collection is plain. So is none that is empty.
    """
    chosen = configuration.config.dialect
    if chosen is not Dialect.AUTO or configuration.file is not None:
        return chosen is Dialect.GITHUB
    names = list(pages)
    return bool(names) and not any(map(page_name, names)) and not _is_in_collection(root)


def _is_in_collection(root: Path) -> bool:
    """Whether a folder has marks of a collection, or one above it has."""
    return any(map(page_name, _names(root))) or any(map(_has_marks, (root, *root.parents)))


def _has_marks(folder: Path) -> bool:
    """Whether a folder has files that some layout of collections has."""
    names = _names(folder)
    return bool(layouts_of(names)) or any(
        any(map(layout.is_mark, names))
        or (not names.isdisjoint(layout.markdown) and (folder.parent / layout.beside).is_dir())
        for layout in LAYOUTS.values()
    )


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names are all that is asked for
    except OSError:
        return frozenset()
