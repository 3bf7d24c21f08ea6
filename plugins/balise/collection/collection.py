"""The collection: every page of a folder of guides, and every other file that pages point at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.urls import FALLBACK_LOCALE, published_url
from balise.document import Document, page_name

SOURCE_PREFIXES = ("{filename}", "{attach}", "{static}")
"""What the guides' first renderer put in front of a path to a source file."""


class Collection:
    """Immutable. `root` is the folder of the collection, as a prefix of the documents' paths.

    `files` are the other files that exist, with paths like the documents'.
    """

    def __init__(self, root: str, documents: Iterable[Document], files: Iterable[str] = ()) -> None:
        self.root = root
        self.documents: Mapping[str, Document] = {d.path: d for d in documents}
        self.files = frozenset(files)
        self._anchors: dict[str, Anchors] = {}

    @cached_property
    def folders(self) -> Mapping[str, list[Document]]:
        """Folder, from the collection's root, -> its pages."""
        folders: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents.values():
            folders[dirname(self.relative(document.path))].append(document)
        return folders

    @cached_property
    def urls(self) -> Mapping[str, str]:
        """Path of a page -> its published URL from the site's root."""
        urls = ((path, published_url(self.relative(path), self.folders)) for path in self.documents)
        return {path: url for path, url in urls if url is not None}

    @cached_property
    def by_url(self) -> Mapping[str, Document]:
        """Published URL -> page; the first by path where two pages share one."""
        return {url: self.documents[path] for path, url in sorted(self.urls.items(), reverse=True)}

    def relative(self, path: str) -> str:
        """`path` from the collection's root."""
        prefix = self.root.rstrip("/") + "/"
        return path.removeprefix(prefix) if self.root not in ("", ".") else path

    def siblings(self, document: Document) -> Iterator[Document]:
        """The same guide in the other locales, the one it was translated from first."""
        own = page_name(document.path)
        if own is None:
            return
        others: list[tuple[bool, str, Document]] = []
        for page in self.folders.get(dirname(self.relative(document.path)), ()):
            name = page_name(page.path)
            if name and name.type == own.type and name.locale != own.locale:
                others.append((name.locale != FALLBACK_LOCALE, name.locale, page))
        for _, _, page in sorted(others, key=lambda item: item[:2]):
            yield page

    def anchors(self, document: Document) -> Anchors:
        """The anchors of a page."""
        if document.path not in self._anchors:
            self._anchors[document.path] = Anchors(document)
        return self._anchors[document.path]

    def resolve_anchor(self, document: Document, fragment: str) -> AnchorMatch | None:
        """What `#fragment` (decoded, without `#`) means on a page, or None."""
        siblings = (self.anchors(sibling) for sibling in self.siblings(document))
        return self.anchors(document).find(fragment, siblings)

    def path_of(self, address: str, document: Document) -> str | None:
        """The path that a relative `address` on `document` means, or None if it means no path.

        It need not exist, and may lie outside of the collection: see `contains`.
        """
        for prefix in SOURCE_PREFIXES:
            address = address.removeprefix(unquote(prefix)).removeprefix(_quoted(prefix))
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        if path.startswith("/"):
            return normpath(join(self.root, path.lstrip("/")))
        return normpath(join(dirname(document.path), path))

    def included(self, path: str) -> str:
        """The path that `{!> path !}` means, on any page; it may lie outside of the collection."""
        return normpath(join(self.root, path))

    def contains(self, path: str) -> bool:
        """Whether `path` (normalised) lies in the collection's folder."""
        root = normpath(self.root or ".")
        if root == ".":
            return not (path == ".." or path.startswith(("../", "/")))
        return path == root or path.startswith(root.rstrip("/") + "/")

    def files_near(self, path: str) -> list[str]:
        """Names of the known files in the folder of `path`."""
        folder = dirname(path)
        return sorted(f.rpartition("/")[2] for f in self.files if dirname(f) == folder)


def _quoted(prefix: str) -> str:
    return prefix.replace("{", "%7B").replace("}", "%7D")
