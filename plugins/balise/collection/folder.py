"""Paths in the folder of a collection: what an address means, whether it stays inside."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from balise.collection.forms import IN_BRACES, SOURCE_PREFIXES

PAGES = "/pages/"
"""How addresses begin that count from the root of the collection."""


class Folder:
    """The folder at `root`, a prefix of the paths of all that is in it. Nothing is read."""

    def __init__(self, root: str) -> None:
        self.root = root

    def relative(self, path: str) -> str:
        """`path` from the collection's root."""
        prefix = self.root.rstrip("/") + "/"
        return path.removeprefix(prefix) if self.root not in ("", ".") else path

    def folder(self, path: str) -> str:
        """The folder of `path` from the collection's root."""
        return dirname(self.relative(path))

    def path_of(self, address: str, page: str) -> str | None:
        """The path that a relative `address` on the page at `page` means, or None if it means none.

        It need not exist, and may lie outside of the collection: see `contains`.
        """
        if (braces := IN_BRACES.match(address)) and braces[1] in SOURCE_PREFIXES:
            address = address[braces.end() :]
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        return self.joined(unquote(parts.path), page)

    def joined(self, path: str, page: str) -> str:
        """`path` (decoded) from the folder of the page at `page`; from the root with a `/` first.

        `/pages/` is what links call the root, whatever its folder is called.
        """
        if path.startswith("/"):
            return normpath(join(self.root, path.removeprefix(PAGES).lstrip("/")))
        return normpath(join(dirname(page), path))

    def included(self, path: str) -> str:
        """The path that `{!> path !}` means, on any page; it may lie outside of the collection."""
        return normpath(join(self.root, path))

    def contains(self, path: str) -> bool:
        """Whether `path` (normalised) lies in the collection's folder."""
        root = normpath(self.root or ".")
        if root == ".":
            return not (path == ".." or path.startswith(("../", "/")))
        return path == root or path.startswith(root.rstrip("/") + "/")
