"""The collection while it is being written: always that of the files as they are at the moment.

Pages are rendered when they are asked for. A change of a page's text costs nothing but reading
that page; one of its front matter, a new page and one that is gone make the navigation anew.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from posixpath import dirname

from msgspec.structs import replace

from balise.base.findings import in_order
from balise.base.paths import is_within
from balise.check.baseline import FILE as BASELINE
from balise.check.baseline import Baseline, read_baseline, without_known
from balise.check.report import Crash, Report
from balise.check.running import on_page
from balise.check.selection import select_rules
from balise.check.suppress import apply_suppressions
from balise.claims import Claims
from balise.collection import Collection
from balise.publish.background import BackgroundCheck
from balise.publish.indexing import FOLDER, search_page
from balise.publish.pages import Pages, SiteContext
from balise.publish.panel import FindingsPanel, panel_of
from balise.publish.pictures import PictureSizes
from balise.publish.project import Project
from balise.publish.search import SearchPage
from balise.publish.site import Site
from balise.publish.theme_renderer import ThemeRenderer
from balise.render import redirect_page
from balise.rules import RuleContext
from balise.workspace.discovery import PageFile, Scope, pages_below, was_page
from balise.workspace.gathering import DATA_FILES, data_files, files_in, folders_of
from balise.workspace.reading import read_facts, read_source, source_of, without_collecting
from balise.workspace.store import Cache
from balise.workspace.workspace import Library, open_library

log = logging.getLogger(__name__)

KEPT = 256
"""Pages whose facts are kept at hand: those that a writer goes to and fro between, and more."""


class LiveSite:
    """The site of a project. Opened by any thread, used by one only from then on.

    `renderer` gives the theme as it is at the moment; it is asked again after `reload`.
    """

    site: Site
    _pages: Pages | None

    def __init__(
        self,
        project: Project,
        renderer: Callable[[], ThemeRenderer],
        library: Library,
        context: SiteContext,
        baseline: Baseline | None,
    ) -> None:
        self.project = project
        self.renderer = renderer
        self.library = library
        self.context = context
        self.baseline = baseline
        self.reload_key = project.reload_key()
        self.root = project.guides
        self.sizes = PictureSizes()
        self.rules = select_rules(project.settings) if project.check else []
        self.folders = {f for page in self.library.pages.values() for f in page.entry.folders}
        self.claims: dict[str, Claims] = {}
        self.bare = Collection(self.root, (), urls=project.settings.urls)
        found = self.library.collections.get(self.root)
        self.newest = found.unwatched() if found else self.bare
        self.background = (
            BackgroundCheck(project, self.rules, self.baseline, self._scope)
            if project.check
            else None
        )

    @classmethod
    def open(cls, project: Project, renderer: Callable[[], ThemeRenderer]) -> "LiveSite":
        """Read the collection of a project. Raises UserError, as `Project.site`."""
        context = project.site_context()
        baseline = read_baseline(project.configuration.root / BASELINE)
        with without_collecting():
            library = open_library(
                project.scope(),
                project.settings.urls,
                Cache(project.configuration.root),
                project.processes,
            )
            library.store()
            library.forget()  # a first run has read all pages
            library.close()  # a cache is open for one thread alone; the next may be another
        opened = cls(project, renderer, library, context, baseline)
        opened._show()
        return opened

    def close(self) -> None:
        """Let go of the cache."""
        if self.background:
            self.background.close()
        self.library.close()

    @property
    def collection(self) -> Collection:
        """What is shown: the `newest`, or what came before one that cannot be published."""
        return self.site.collection

    def _forget(self) -> None:
        """Keep the memory within bounds, however long the server runs."""
        if self.library.forget(KEPT):
            self.collection.forget_anchors()

    def _show(self, earlier: Site | None = None) -> None:
        """Publish the newest collection, `earlier` as of a `Site`. Raises UserError, as `Project.site`."""
        self.site = self.project.site(self.newest, self.sizes, earlier=earlier)
        self._pages = None

    def reload(self, project: Project) -> None:
        """Take the theme anew, and the settings of the site.

        The `reload_key` of both projects is the same. Raises UserError, as `Project.site`.
        """
        self.project = project
        self.context = project.site_context()
        self._show()

    @property
    def pages(self) -> Pages:
        """Makes the pages of the site."""
        if self._pages is None:
            self._pages = Pages(self.site, self.renderer(), self.context)
        return self._pages

    # What is asked for

    def html(self, url: str) -> str | None:
        """The page at `url` (from the site's root, decoded); None if there is none."""
        if path := self.site.pages.get(url):
            try:
                panel = self._panel(path) if self.project.check else None
                html = self.pages.page(path, panel)
                self._forget()
                return html
            except OSError as error:  # it has just been removed, or is no file
                log.warning(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}")
                return None
        if locale := self.site.homeless.get(url):
            return self.pages.home(locale)
        return redirect_page(self.collection, url, self.site.pages)

    def not_found(self, url: str) -> str | None:
        """The page for an address of a locale at which there is nothing."""
        locale = self.collection.locale_of(url)
        return self.pages.not_found(locale) if locale in self.site.locales else None

    def file(self, url: str) -> str | None:
        """The file of the collection that is published at `url`."""
        folder, _, below = url.partition("/")
        path = f"{self.root}/{below}"
        known = folder == self.site.urls.folder and path in self.collection.files
        return path if known and is_within(path, self.root) else None

    def listed(self, folder: str) -> tuple[str, list[str]] | None:
        """Language and pages of the locale whose search index is published in a folder."""
        locale = self.collection.locale_of(folder)
        if locale not in self.site.locales or self.site.locale(locale).prefix + FOLDER != folder:
            return None
        paths = [document.path for document in self.site.listed[locale]]
        return self.site.locale(locale).language, paths

    def searched(self, path: str) -> SearchPage:
        """A page as it is found."""
        locale = self.site.locale(self.collection.names[path].locale)
        document = self.collection.documents[path]
        html = self.site.content(path).html
        self._forget()
        return search_page(locale, document, self.collection.urls[path], html)

    # What is changed

    def update(self, changed: AbstractSet[str]) -> list[str]:
        """Take note that files were written, made or removed; the pages among them that are there.

        A path that ends in `/` is a folder with whatever is in it. Raises UserError where what is
        left cannot be published: what was there before is shown until it can.
        """
        if self.background:
            self.background.want()
        folders = {_shown(path) for path in changed if path[-1] == "/"}
        paths = {_shown(path) for path in changed if path[-1] != "/"}
        if folders:
            paths |= self.rescan()
            # a folder that is moved away, or takes the place of another, is one event for all
            paths |= {path for path in self.newest.documents if _is_in(path, folders)}
        pages = {path for path in paths if self._is_page(path)}
        others = paths - pages
        if any(path.rpartition("/")[2] == ".gitignore" for path in others):
            pages |= self.rescan()
        gone = {path for path in pages if not os.path.lexists(path)}
        if not gone.isdisjoint(self.newest.documents):
            self.newest = self.newest.without(gone)
        for path in sorted(pages - gone):
            self._read(path)
        self._look_at(others, folders)
        if self.newest is not self.collection:
            same = self.collection.urls is self.newest.__dict__.get("urls")
            same = same and not others and not folders
            self._show(self.site if same else None)
        return sorted(path for path in pages if path in self.collection.documents)

    def rescan(self) -> set[str]:
        """The pages that have come or gone since they were looked for the last time."""
        there = set(pages_below(Path(self.root), self.project.configuration))
        return there ^ self.newest.documents.keys()

    def _is_page(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return name not in DATA_FILES and was_page(path, self.project.configuration)

    def _read(self, path: str) -> None:
        """Read a page that may be new."""
        document, self.claims[path] = read_facts(path, self.root)
        folders = folders_of(document, self.bare) - self.folders
        if folders:
            self.folders |= folders
            files = {*self.newest.files, *files_in(folders, self.root)}
            self.newest = self.newest.with_files(files)
        self.newest = self.newest.with_page(document)

    def _look_at(self, files: AbstractSet[str], folders: AbstractSet[str]) -> None:
        """Take note of files that are no pages, and of folders with all such files in them."""
        files = files | {file for file in self.newest.files if _is_in(file, folders)}
        self.sizes.forget(files)
        names = {path.removeprefix(f"{self.root}/") for path in files}
        if not names.isdisjoint(DATA_FILES):
            self.newest = self.newest.with_data(data_files(self.root))
        again = {dirname(path) for path in files} & self.folders
        again |= {folder for folder in self.folders if _is_in(f"{folder}/", folders)}
        if again:
            elsewhere = {f for f in self.newest.files if dirname(f) not in again}
            there = {*elsewhere, *files_in(again, self.root)}
            if there != self.newest.files:
                self.newest = self.newest.with_files(there)

    # What is wrong

    def report(self, path: str) -> Report:
        """What is wrong with a page, by all rules about single pages; nothing that is known."""
        document = self.collection.documents[path]
        claims = _ClaimsOf(self.claims, self.library.claims)
        facts = RuleContext(document, claims[path], self.collection, claims)
        crashes: list[Crash] = []
        found = on_page(facts, self.rules, crashes)
        asked = {path: (self.root, document)}
        whole = frozenset({self.root})
        found = apply_suppressions(found, asked, self.rules, whole, frozenset(), crashes)
        found = in_order(self.project.severities.applied(found))
        report = Report(found, crashes, {path: document}, {self.root: self.collection}, 1)
        return without_known(report, self.baseline, source_of, self.project.configuration.root)

    def _scope(self) -> Scope:
        pages = [PageFile(path, self.root) for path in self.newest.documents]
        return replace(self.library.scope, pages=pages)

    def _panel(self, path: str) -> FindingsPanel | None:
        return panel_of(
            self.report(path).findings,
            self.collection.documents[path],
            read_source(path, self.root),
        )


def _shown(path: str) -> str:
    """`path` as those of pages are: from the current folder."""
    return Path(os.path.relpath(path)).as_posix()


def _is_in(path: str, folders: AbstractSet[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


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
