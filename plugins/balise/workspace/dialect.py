"""Whether a tree is in the dialect, or of plain Markdown: told by the names of its files."""

from collections.abc import Iterable
from pathlib import Path

from balise.config import Configuration, Dialect
from balise.document import page_name

INDEX_LABELS = "index-translations.*.yaml"
"""The files beside the index of a collection without home pages."""
ARTICLE = "meta.yaml"
"""What a folder of such a collection may have beside its guide."""


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
    return any(map(page_name, map(str, root.glob("*.md")))) or any(
        any(folder.glob(INDEX_LABELS))
        or (folder / ARTICLE).is_file()
        or ((folder / "index.md").is_file() and (folder.parent / "links").is_dir())
        for folder in (root, *root.parents)
    )
