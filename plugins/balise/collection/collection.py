"""The collection: every page of a folder of guides, and every other file that pages point at."""

from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.folder import Folder
from balise.collection.github_anchors import GithubAnchors
from balise.collection.inputs import Inputs, Reading
from balise.collection.layouts import LAYOUTS
from balise.collection.layouts.tree import TreeLayout
from balise.collection.page import page_of, references_of
from balise.collection.reads import ReadTracker, tracked
from balise.collection.redirects import Redirects
from balise.collection.structure import Structure
from balise.collection.urls import Addresses, siblings_of
from balise.config import OVH_URLS, Urls
from balise.document import Document


class Collection(Folder):
    """A structure, and the documents of its pages, which may be loaded when they are read.

    Frozen. With `reads`, what is read of the structure is recorded there; `documents` record for
    themselves. See `Structure` for its tables.
    """

    def __init__(
        self,
        structure: Structure,
        documents: Mapping[str, Document],
        reads: ReadTracker | None = None,
    ) -> None:
        self.structure = structure
        self.documents = documents
        self.reads = reads
        self.root = structure.root
        self.scheme = structure.scheme
        self.plain = structure.plain
        self.layout = structure.layout
        self.generated = structure.generated
        self._anchors: dict[str, tuple[Document, Anchors]] = {}

    @classmethod
    def of(
        cls,
        root: str,
        documents: Iterable[Document],
        files: Iterable[str] = (),
        *,
        data: Mapping[str, Document] | None = None,
        urls: Urls = OVH_URLS,
        whole: bool = True,
        layout: str = TreeLayout.name,
    ) -> "Collection":
        """The collection of documents that are all at hand; the others as of a `Structure`."""
        by_path = {document.path: document for document in documents}
        own = {path: page_of(document) for path, document in by_path.items()}
        inputs = Inputs(
            LAYOUTS[layout].completed(root, own, data or {}),
            tuple(sorted(set(files))),
            dict(data or {}),
            {path: references_of(document) for path, document in by_path.items()},
        )
        reading = Reading(whole=whole, layout=layout)
        return cls(Structure(root, inputs, urls, reading), by_path)

    pages = tracked(Structure.pages)
    files = tracked(Structure.files)
    data = tracked(Structure.data)
    references = tracked(Structure.references)
    origins = tracked(Structure.origins)
    broken_pictures = tracked(Structure.broken_pictures)
    names = tracked(Structure.names)
    folders = tracked(Structure.folders)
    homes = tracked(Structure.homes)
    urls = tracked(Structure.urls)
    by_url = tracked(Structure.by_url)
    locales = tracked(Structure.locales)
    by_slugs = tracked(Structure.by_slugs)
    by_last_slug = tracked(Structure.by_last_slug)
    slugs = tracked(Structure.slugs)
    folders_by_slug = tracked(Structure.folders_by_slug)
    by_title = tracked(Structure.by_title)
    folders_by_name = tracked(Structure.folders_by_name)
    folders_by_folded_path = tracked(Structure.folders_by_folded_path)
    numbers = tracked(Structure.numbers)
    articles = tracked(Structure.articles)
    products = tracked(Structure.products)
    sections_named = tracked(Structure.sections_named)
    foreign = tracked(Structure.foreign)
    keyed_addresses = tracked(Structure.keyed_addresses)
    local_addresses = tracked(Structure.local_addresses)
    services = tracked(Structure.services)
    api_sections = tracked(Structure.api_sections)
    redirect_ends = tracked(Structure.redirect_ends)
    files_by_folder = tracked(Structure.files_by_folder)
    known_folders = tracked(Structure.known_folders)
    files_by_folded_path = tracked(Structure.files_by_folded_path)
    pictures_by_stem = tracked(Structure.pictures_by_stem)

    @property
    def whole(self) -> bool:
        """Whether all of the collection is there; of a part, what is not there may be elsewhere."""
        if self.reads is not None:
            self.reads.record("whole")
        return self.structure.whole

    @property
    def redirects(self) -> Redirects:
        """Addresses that pages had once, as they are written; to read any of them is to read all."""
        if self.reads is not None:
            for name in ("pages", "data"):
                self.reads.record(name)
        return self.structure.redirects

    @property
    def addresses(self) -> Addresses:
        """Makes published addresses, from all pages."""
        if self.reads is not None:
            self.reads.record("pages")
        return self.structure.addresses

    # Pages

    def locale_of(self, url: str) -> str | None:
        """The locale that a published URL is in, whether there is a page or not."""
        parts = url.split("/", 2)
        for prefix in ("/".join(parts[:2]) + "/", f"{parts[0]}/"):
            if locale := self.locales.get(prefix):
                return locale
        return None

    def in_locale(self, folder: str, locale: str, type_: str = "") -> str | None:
        """The page of a folder in a locale, or the best one that it has; a guide before others.

        The best is of the same language, then of the locales to fall back on, then any.
        """
        pages = self.folders.get(folder, {})
        types = [type_] if type_ else ["guide", "product", "universe", "home"]
        for wanted in types:
            there = sorted(found for found_type, found in pages if found_type == wanted)
            if there:
                return pages[wanted, min(there, key=lambda found: self.distance(found, locale))]
        return None

    def distance(self, locale: str, wanted: str) -> tuple[bool, bool, int]:
        """How far `locale` is from the one that is wanted: the smallest is the best in its place."""
        fallbacks = self.scheme.fallbacks
        rank = fallbacks.index(locale) if locale in fallbacks else len(fallbacks)
        return locale != wanted, locale[:2] != wanted[:2], rank

    def siblings(self, path: str) -> list[str]:
        """The same guide in the other locales, the one it was translated from first."""
        own = self.names.get(path)
        return (
            siblings_of(own, self.folders[self.folder(path)], self.scheme.original) if own else []
        )

    # Anchors

    def anchors(self, path: str) -> Anchors:
        """The anchors of the page at `path`."""
        document = self.documents[path]
        known = self._anchors.get(path)
        if known is None or known[0] is not document:
            known = self._anchors[path] = (document, self.anchors_of(document))
        return known[1]

    def anchors_of(self, document: Document) -> Anchors:
        """The anchors that a page of the collection has with another text."""
        return GithubAnchors(document) if self.plain else Anchors(document)

    def forget_anchors(self) -> None:
        """Let go of the anchors of all pages; they are found again when they are asked for."""
        self._anchors.clear()

    def resolve_anchor(self, path: str, fragment: str) -> AnchorMatch | None:
        """What `#fragment` (decoded, without `#`) means on the page at `path`, or None.

        On a file that is included and is no page it means nothing by itself.
        """
        if path not in self.pages:
            return None
        anchors = self.anchors(path)
        if exact := anchors.exact(fragment):
            return exact
        siblings = (self.anchors(sibling) for sibling in self.siblings(path))
        if found := anchors.find(fragment, siblings):
            return found
        made = anchors.document.has_generated_parts or self.generated.has_anchor(path, fragment)
        return AnchorMatch("generated", fragment) if made else None

    # Files

    def files_near(self, path: str) -> Sequence[str]:
        """Names of the known files in the folder of `path`."""
        return self.files_by_folder.get(dirname(path), ())
