"""The collection while it is being written: always that of the files as they are at the moment.

Pages are rendered when they are asked for. A change of a page's text costs nothing but reading
that page; one of its front matter, a new page and one that is gone make the navigation anew.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from balise.baseline import FILE as BASELINE
from balise.baseline import Baseline, new_findings, read_baseline
from balise.cache import Cache
from balise.claims import Claims
from balise.collection import Collection
from balise.discovery import pages_below, was_page
from balise.document import Document
from balise.findings import Finding, in_order
from balise.gathering import DATA_FILES, collection_of, folders_of
from balise.checking import silenced
from balise.library import Library, open_library
from balise.publish.panel import Panel, panel_of
from balise.publish.pages import Pages
from balise.publish.pictures import PictureSizes
from balise.publish.project import Project
from balise.publish.shell import Shell
from balise.publish.site import Site
from balise.reading import read_facts, read_source, without_collecting
from balise.render import redirect_files
from balise.rules import PageFacts
from balise.running import Crash, on_page
from balise.selection import select_rules
from balise.source import SourceFile


class Live:
    """The site of a project, from opening on. Used by one thread only.

    `shell` gives the theme as the last build of the manual left it.
    """

    def __init__(self, project: Project, shell: Callable[[], Shell]) -> None:
        self.project = project
        self.shell = shell
        self.root = project.guides
        self.around = project.surroundings()
        self.sizes = PictureSizes()
        self.rules = select_rules(project.settings) if project.check else []
        self.baseline: Baseline | None = read_baseline(project.configuration.root / BASELINE)
        with without_collecting():
            self.library: Library = open_library(
                project.scope(),
                project.settings.urls,
                Cache(project.configuration.root),
                project.processes,
            )
            self.library.store()
        self.documents: dict[str, Document] = dict(self.library.pages)
        self.folders = {f for page in self.library.pages.values() for f in page.entry.folders}
        self.claims: dict[str, Claims] = {}
        self.collection = self.library.collections.get(self.root) or self._collected()
        self._show()

    def close(self) -> None:
        """Let go of the cache."""
        self.library.close()

    def _collected(self) -> Collection:
        documents = list(self.documents.values())
        urls = self.project.settings.urls
        return collection_of(self.root, documents, self.folders, urls, whole=True)

    def _show(self, earlier: Site | None = None) -> None:
        """Publish the collection as it is; with what is the same as `earlier`."""
        site = self.project.site(self.collection, self.sizes)
        self.site = site.like(earlier) if earlier else site
        self._pages: Pages | None = None
        self._redirects: Mapping[str, str] | None = None

    def themed(self) -> None:
        """Take the theme anew: the manual or its settings have changed."""
        self._pages = None

    @property
    def pages(self) -> Pages:
        """Makes the pages of the site."""
        if self._pages is None:
            self._pages = Pages(self.site, self.shell(), self.around)
        return self._pages

    # What is asked for

    def html(self, url: str) -> str | None:
        """The page at `url` (from the site's root, decoded); None if there is none."""
        if path := self.site.pages.get(url):
            panel = self._panel(path) if self.project.check else None
            return self.pages.page(path, panel)
        if locale := self.site.homeless.get(url):
            return self.pages.home(locale)
        file = f"{url}index.html" if url.endswith("/") else url
        return self.redirects.get(file)

    @property
    def redirects(self) -> Mapping[str, str]:
        """The pages at old addresses, by their files."""
        if self._redirects is None:
            self._redirects = redirect_files(self.collection, self.shell().root)
        return self._redirects

    def not_found(self, url: str) -> str | None:
        """The page for an address of a locale at which there is nothing."""
        locale = self.collection.locale_of(url)
        return self.pages.not_found(locale) if locale in self.site.locales else None

    def file(self, url: str) -> str | None:
        """The file of the collection that is published at `url`."""
        folder, _, below = url.partition("/")
        path = f"{self.root}/{below}"
        return path if folder == self.site.urls.folder and path in self.collection.files else None

    # What is changed

    def update(self, changed: AbstractSet[str]) -> list[str]:
        """Take note that these files were written, made or removed; the pages among them that are there."""
        pages = {path for path in changed if self._is_page(path)}
        others = changed - pages
        if any(os.path.basename(path) == ".gitignore" for path in others):  # noqa: PTH119
            pages |= self.rescan()
        same = self._read(pages)
        self.sizes.forget(others)
        if others or not same:
            self.collection = self._collected()
            self._show()
        else:
            self.collection = self.collection.with_pages(self.documents[p] for p in pages)
            self._show(self.site)
        return sorted(path for path in pages if path in self.documents)

    def rescan(self) -> set[str]:
        """The pages that have come or gone since they were looked for the last time."""
        there = set(pages_below(Path(self.root), self.project.configuration))
        return there ^ self.documents.keys()

    def _is_page(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return name not in DATA_FILES and was_page(path, self.project.configuration)

    def _read(self, pages: AbstractSet[str]) -> bool:
        """Read these pages; whether only their text is different."""
        same = True
        bare = Collection(self.root, (), urls=self.project.settings.urls)
        for path in pages:
            before = self.documents.pop(path, None)
            self.claims.pop(path, None)
            if not os.path.lexists(path):
                same = same and before is None
                continue
            document, claims = read_facts(path)
            self.documents[path], self.claims[path] = document, claims
            folders = folders_of(document, bare)
            same = same and before is not None and _front(before) == _front(document)
            same = same and folders <= self.folders
            self.folders |= folders
        return same

    # What is wrong

    def findings(self, path: str) -> list[Finding]:
        """What is wrong with a page, by all rules about single pages."""
        document = self.documents[path]
        claims = _ClaimsOf(self.claims, self.library.claims)
        facts = PageFacts(document, claims[path], self.collection, claims)
        crashes: list[Crash] = []
        found = on_page(facts, self.rules, crashes)
        asked = {path: (self.root, document)}
        whole = frozenset({self.root})
        found = silenced(found, asked, self.rules, whole, frozenset(), crashes)
        found = self.project.policy.applied(found)
        if self.baseline is not None and found:
            texts: dict[str, SourceFile | None] = {path: read_source(path)}
            root = self.project.configuration.root
            found = list(new_findings(found, self.baseline, texts, root))
        return in_order(found)

    def _panel(self, path: str) -> Panel | None:
        return panel_of(self.findings(path), self.documents[path], read_source(path))


class _ClaimsOf(Mapping[str, Claims]):
    """Claims that were read anew, before those of the library."""

    def __init__(self, new: Mapping[str, Claims], old: Mapping[str, Claims]) -> None:
        self.new = new
        self.old = old

    def __getitem__(self, path: str) -> Claims:
        return self.new[path] if path in self.new else self.old[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.new, **dict.fromkeys(self.old)})

    def __len__(self) -> int:
        return len(self.new.keys() | self.old.keys())


def _front(document: Document) -> dict[str, str]:
    """What a page says of itself in its front matter: the navigation and addresses follow from it."""
    front = document.front_matter
    found: dict[str, str] = {}
    for entry in front.entries if front else ():
        found.setdefault(entry.key, entry.value)
    return found


