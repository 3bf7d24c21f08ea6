"""The collection while it is being written: always that of the files as they are at the moment.

Pages are rendered when they are asked for. A change of a page's text costs nothing but reading
that page; one of its front matter, a new page and one that is gone make the navigation anew.
"""

import logging
import mimetypes
from collections import deque
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from balise.base.memory import no_garbage_collection
from balise.base.paths import absolute_path, is_within, path_here
from balise.check.baseline import BASELINE_FILE, read_baseline
from balise.check.live import LiveCheck
from balise.check.pipeline import CheckSettings
from balise.check.report import Report
from balise.collection import Collection
from balise.publish.background import BackgroundCheck
from balise.publish.contributors import authors_of
from balise.publish.dates import last_changes
from balise.publish.indexing import INDEX_FOLDER, search_page
from balise.publish.markdown_copies import markdown_copy, page_of_copy
from balise.publish.page_history import PageHistory
from balise.publish.pages import Pages
from balise.publish.panel import FindingsPanel, panel_of
from balise.publish.pictures import PictureSizes
from balise.publish.project import Project
from balise.publish.search import SearchPage
from balise.publish.shared_texts import locale_texts, site_texts
from balise.publish.site import Site
from balise.publish.site_files import target_of
from balise.publish.stale_pages import stale_pages
from balise.publish.theme_renderer import ThemeRenderer
from balise.render import redirect_page
from balise.workspace.reading import ReadOptions
from balise.workspace.sources import read_source
from balise.workspace.touched import is_in, touched
from balise.workspace.workspace import Workspace

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Pages that are read before others may be asked for."""
LOOKED_AT = 4
"""Pages that are taken to be open in browsers: those that were asked for last."""


class LiveSite:
    """The site of a project. Opened by any thread, used by one only from then on.

    `renderer` gives the theme as it is at the moment; it is asked again after `reload`.
    """

    def __init__(
        self, project: Project, renderer: Callable[[], ThemeRenderer], workspace: Workspace
    ) -> None:
        self.project = project
        self.renderer = renderer
        configuration = project.configuration
        settings = CheckSettings.of(configuration) if project.check else CheckSettings(())
        baseline = read_baseline(configuration.root / BASELINE_FILE)
        self.live = LiveCheck(configuration, settings, workspace, baseline)
        self.reload_key = project.reload_key()
        self.root = project.guides
        self.sizes = PictureSizes()
        self.shown: deque[str] = deque(maxlen=LOOKED_AT)
        self.background = BackgroundCheck(project, self.live) if project.check else None
        self.reload(project)

    @classmethod
    def open(cls, project: Project, renderer: Callable[[], ThemeRenderer]) -> "LiveSite":
        """Read the collection of a project. Raises UserError, as `Project.site`."""
        with no_garbage_collection():
            workspace = Workspace.open(
                project.scope(),
                project.settings.urls,
                project.store,
                ReadOptions(processes=project.processes, translations=project.translations),
            )
            workspace.save()
            workspace.forget()  # a first run has read all pages
            opened = cls(project, renderer, workspace)
            workspace.close()  # a store is open for one thread alone; the next may be another
        return opened

    def close(self) -> None:
        """Let go of the store."""
        if self.background:
            self.background.close()
        self.workspace.close()

    @property
    def workspace(self) -> Workspace:
        """The pages as they are at the moment."""
        return self.live.workspace

    @property
    def collection(self) -> Collection:
        """What is shown: that of today, or what came before one that cannot be published."""
        return self.site.collection

    @property
    def folder_beside(self) -> str:
        """The folder beside that of the guides that belongs to them; empty if none does."""
        return self.workspace.scope.folder_beside(self.root)

    def _forget(self) -> None:
        """Keep the memory within bounds, however long the server runs."""
        if self.live.forget():
            self.collection.forget_anchors()

    def _show(self, earlier: Site | None = None) -> None:
        """Publish today's collection, `earlier` as of a `Site`. Raises UserError, as `Project.site`."""
        found = self.workspace.collections.get(self.root)
        today = (
            Collection(found.structure, found.documents) if found else Collection.of(self.root, ())
        )
        self.site = self.project.site(today, self.sizes, earlier=earlier)
        self.pages = Pages(
            self.site,
            self.project,
            self.renderer(),
            PageHistory(today, self.changed, self.authors, self._source_of_stale),
            self.workspace.text_digests(),
        )

    def reload(self, project: Project) -> None:
        """Take the theme anew, and the settings of the site.

        The `reload_key` of both projects is the same. Raises UserError, as `Project.site`.
        """
        self.project = project
        self.changed = last_changes(project.configuration.guides, project.store)
        self.authors = authors_of(project)
        self._show()

    # What is asked for

    def html(self, url: str) -> str | None:
        """The page at `url` (from the site's root, decoded); None if there is none."""
        if path := self.site.pages.get(url):
            self.shown.append(path)
            try:
                told = self.project.check and path in self.workspace.records
                panel = self._panel(path) if told else None
                html = self.pages.page(path, panel)
                self._forget()
                return html
            except OSError as error:  # it has just been removed, or is no file
                log.warning(
                    f"{path_here(path)}: cannot be read: {(error.strerror or str(error)).lower()}"
                )
                return None
        if url[-1:] in ("", "/") and (made := self._made(target_of(url))):
            return made()
        return redirect_page(self.collection, url, self.site.pages)

    def untranslated(self, url: str) -> str | None:
        """The page at the `url` of a guide that a locale lacks; None if there is none, which is for `html` to know."""
        return (
            self.pages.made_up.untranslated(url)
            if url in self.pages.made_up.missing_guides
            else None
        )

    def text(self, url: str) -> tuple[str, str] | None:
        """What is made of pages at `url` and is no HTML, and its media type; None if nothing is."""
        made = self._made(url)
        if made and not url.endswith(".html"):
            return made(), mimetypes.guess_type(url)[0] or "text/plain"
        page = page_of_copy(url, self.site.pages)
        if page is None or not self.pages.copy_of(page):
            return None
        copy = markdown_copy(self.site, page)
        self._forget()
        return copy, "text/markdown"

    def _made(self, target: str) -> Callable[[], str] | None:
        """What makes the file at `target` from many pages together."""
        locale = self.collection.locale_of(target)
        own = locale_texts(self.pages, locale) if locale in self.site.locales else {}
        return own.get(target) or site_texts(self.pages).get(target)

    def not_found(self, url: str) -> str | None:
        """The page for an address of a locale at which there is nothing."""
        locale = self.collection.locale_of(url)
        return self.pages.made_up.not_found(locale) if locale in self.site.locales else None

    def file(self, url: str) -> str | None:
        """The file of the collection that is published at `url`."""
        folder, _, below = url.partition("/")
        path = f"{self.root}/{below}"
        known = folder == self.site.urls.folder and path in self.collection.files
        return path if known and is_within(path, self.root) else None

    def listed(self, folder: str) -> tuple[str, list[str], tuple[tuple[str, ...], ...]] | None:
        """Language, pages and synonyms of the locale whose search index is published in a folder."""
        name = self.collection.locale_of(folder)
        locale = self.site.locale(name) if name in self.site.locales else None
        if locale is None or locale.prefix + INDEX_FOLDER != folder:
            return None
        synonyms = self.collection.structure.synonyms.of(locale.locale)
        return locale.language, [page.path for page in self.site.listed[locale.locale]], synonyms

    def searched(self, path: str) -> SearchPage:
        """A page as it is found."""
        locale = self.site.locale(self.collection.names[path].locale)
        page = self.collection.pages[path]
        html = self.site.content(path).html
        self._forget()
        return search_page(locale, page, self.collection.urls[path], html)

    # What is changed

    def portions(self, changed: AbstractSet[str]) -> Sequence[AbstractSet[str]]:
        """The changes that `update` is to be told of, one by one: first pages that somebody looks at.

        A few changes are one portion. Many have the pages that are known already in small ones, which others
        may ask for something between, and whatever else has changed in the last.
        """
        paths = {absolute_path(path): path for path in changed if path[-1] != "/"}
        known = sorted(paths.keys() & self.workspace.records.keys())
        if len(known) <= AT_ONCE:
            return [changed]
        looked_at = [path for path in known if path in self.shown]
        others = [path for path in known if path not in self.shown]
        chunks = [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
        pages = [{paths[path] for path in chunk} for chunk in (looked_at, *chunks) if chunk]
        rest = changed - {paths[path] for path in known}
        return [*pages, rest] if rest else pages

    def update(self, changed: AbstractSet[str]) -> list[str]:
        """Take note that files were written, made or removed; the pages among them that are there.

        A path that ends in `/` is a folder with whatever is in it. Raises UserError where what is
        left cannot be published: what was there before is shown until it can.
        """
        if self.background:
            self.background.want()
        found = touched(self.workspace, self.root, self.project.configuration, changed)
        self.live.workspace = self.workspace.updated(
            self.root,
            sorted(found.pages - found.gone),
            found.gone & self.workspace.records.keys(),
            files=bool(found.others or found.folders),
        )
        files = self.collection.files if found.folders else ()
        self.sizes.forget({*found.others, *(file for file in files if is_in(file, found.folders))})
        today = self.workspace.collections.get(self.root)
        same = today is not None and today.structure is self.collection.structure
        if found.pages or not same:
            self._show(self.site if same else None)
        return sorted(path for path in found.pages if path in self.collection.pages)

    # What is wrong

    def report(self, path: str) -> Report:
        """What is wrong with a page, by all rules about single pages; nothing that is known."""
        return self.live.page(path)

    def _source_of_stale(self, path: str) -> str:
        if not (
            self.project.check and self.project.stale_notice and path in self.workspace.records
        ):
            return ""
        return stale_pages(self.report(path).findings).get(path, "")

    def _panel(self, path: str) -> FindingsPanel | None:
        return panel_of(
            self.report(path).findings,
            self.workspace.facts(path).document,
            read_source(path, self.root),
        )
