"""One build of the whole site: read, check, make, and put in its place."""

import logging
from collections.abc import Mapping, Sequence

from balise.base.digests import digest
from balise.base.memory import collect_garbage, give_back, no_garbage_collection
from balise.base.paths import path_here
from balise.base.phases import phase
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.collection import Collection, Inputs
from balise.collection.site_names import misfit_of, twins_of
from balise.publish.build import Builder
from balise.publish.build_context import BuildContext
from balise.publish.contributors import authors_of
from balise.publish.dates import last_changes
from balise.publish.drafts import KeptDrafts
from balise.publish.file_records import stat_of
from balise.publish.indexing import BuiltPage
from balise.publish.manifest import Manifest, package_version, read_manifest, write_manifest
from balise.publish.page_history import PageHistory
from balise.publish.pages import Pages
from balise.publish.picture_copies import require_encoders
from balise.publish.project import Project
from balise.publish.report_log import log_build
from balise.publish.robots import NAME as ROBOTS
from balise.publish.robots import robots
from balise.publish.site import Site
from balise.publish.sitemap import NAME, SitemapPage, sitemap, sitemap_index
from balise.publish.social_cards import SocialCards
from balise.publish.staging import Staging
from balise.publish.stale_pages import stale_pages
from balise.publish.steps.search_indexes import SearchIndexes
from balise.publish.theme_renderer import ThemeRenderer
from balise.render import packed_draft
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.page_facts import ENCODER
from balise.workspace.reading import ReadOptions
from balise.workspace.store import code
from balise.workspace.workspace import Workspace

MANUAL_SITEMAP = "sitemap-manual.xml"
GUIDES_SITEMAP = "sitemap-guides.xml"
PACKAGES = ("Pygments", "markdown-it-py")
MANY = 1000
"""Pages from which on to look for all that is not needed any more costs less than to keep it."""

log = logging.getLogger(__name__)


class SiteBuild:
    """The steps of a build, in their order: `begin`, `read`, `publish`; or `discard` at any time.

    `keep` is whether to remember what the site was made from, `report` what a check has found, `cards` are the
    social cards of a site that has some. The `whole` site is made, or a part of it.
    """

    whole = True

    def __init__(self, project: Project, *, keep: bool = True) -> None:
        self.project = project
        self.keep = keep
        self.staging = Staging(project.site_dir)
        self.workspace: Workspace | None = None
        self.report: Report | None = None
        self.stale: Mapping[str, str] = {}
        self.cards: SocialCards | None = None

    def begin(self) -> None:
        """Make the folder in which the site is built. Raises OSError, and UserError where a package is missing."""
        project = self.project
        if project.picture_formats:
            require_encoders(project.picture_formats)
        if project.card_look:
            self.cards = SocialCards(project.card_look, project.site_name, project.site_url)
        self.staging.begin()

    def discard(self) -> None:
        """Give up: the site stays as it was."""
        if self.workspace:
            self.workspace.close()
        self.staging.discard()

    def read(self, manual: Sequence[PageFile] = ()) -> int:
        """Read all pages and log what is wrong; how many findings make a strict build fail.

        `manual` are pages that are checked with those of the collection.
        """
        project = self.project
        with no_garbage_collection():
            with phase("read guides"):
                workspace = self._open(project.scope(manual))
            if not project.check:
                workspace.save()
                return 0
            with phase("check"):
                report = check(workspace, CheckSettings.of(project.configuration))
        self.report = report
        if project.stale_notice:
            self.stale = stale_pages(report.findings)
        return log_build(report, project)

    def _open(self, scope: Scope) -> Workspace:
        """Read the pages of a scope, and print their drafts."""
        project = self.project
        self.workspace = Workspace.open(
            scope,
            project.settings.urls,
            project.store,
            ReadOptions(
                processes=project.processes, draft=packed_draft, translations=project.translations
            ),
        )
        return self.workspace

    @no_garbage_collection()
    def publish(self, renderer: ThemeRenderer, manual: Sequence[BuiltPage] = ()) -> None:
        """Make the pages of the collection, and move the site to its place.

        `manual` are the pages of the manual, which are built already. Raises OSError, and
        UserError where the index for the search cannot be made.
        """
        project = self.project
        if self.workspace is None:
            return
        self.report = None  # nobody asks for it any more, and it may be large
        give_back()
        indexes, manifest = self._made(self.workspace, renderer, manual)
        files, store, kept = indexes.files, project.store, self.workspace.store
        self._let_go(indexes)
        indexes.run()
        files.remove_unused()
        with phase("put in place"):
            self.staging.publish(files.made, files.kept)
            for target in files.made:
                files.note_stat(target, stat_of(f"{project.site_dir}/{target}"))
        if manifest is not None:
            with phase("manifest"):
                manifest.records = files.records.encoded
                write_manifest(store, project.site_dir, manifest)
        for trouble in {store.trouble, kept.trouble if kept else ""} - {""}:
            log.info(trouble)

    def _made(
        self, workspace: Workspace, renderer: ThemeRenderer, manual: Sequence[BuiltPage]
    ) -> tuple[SearchIndexes, Manifest | None]:
        """Make all files but those of the search indexes, which are left; what all are made from, if that is kept."""
        builder = Builder(self._context(workspace, renderer, manual))
        indexes = builder.build(manual if self.project.index_manual else ())
        self._sitemaps(manual, builder.context.site)
        with phase("manifest"):
            return indexes, builder.manifest if self.keep else None

    def _let_go(self, indexes: SearchIndexes) -> None:
        """Give back what pages were made from: an index needs much memory, and nothing but the pages themselves."""
        if self.workspace is None:
            return
        many = len(self.workspace.records) >= MANY
        self.workspace.close()
        self.workspace = None
        if many and indexes.bundles:
            collect_garbage()

    def _context(
        self, workspace: Workspace, renderer: ThemeRenderer, manual: Sequence[BuiltPage]
    ) -> BuildContext:
        """What the files are made from, beside those of the last build."""
        project = self.project
        collection = _publishable(workspace, project.guides)
        drafts = KeptDrafts(workspace)
        site = project.site(collection, drafts=drafts)
        _log_clashes(site, manual)
        with phase("git history"):
            changed = last_changes(project.configuration.guides, project.store)
            authors = authors_of(project)
        history = PageHistory(collection, changed, authors, lambda path: self.stale.get(path, ""))
        pages = Pages(site, project, renderer, history, workspace.text_digests())
        pages.around.cards = self.cards
        state = self._state(pages)
        before = self._before(workspace, state)
        return BuildContext(workspace, pages, drafts, self.staging.folder, before, state)

    def _before(self, workspace: Workspace, state: bytes) -> Manifest:
        """The site of the last build."""
        return read_manifest(self.project.store, self.project.site_dir)

    def _sitemaps(self, manual: Sequence[BuiltPage], site: Site) -> None:
        """The sitemap of the manual, unless it has one, the index of all that are made here, and
        `robots.txt`, unless the manual has one."""
        url = self.project.site_url
        if not url:
            return
        listed = self.project.list_manual
        pages = sorted(url + page.url for page in manual) if listed else []
        found = [f"{site.locale(locale).prefix}{NAME}" for locale in site.locales]
        folder = self.staging.folder
        if pages:
            text = sitemap(SitemapPage(page) for page in pages)
            (folder / MANUAL_SITEMAP).write_text(text, encoding="utf-8", newline="\n")
            found.append(MANUAL_SITEMAP)
        text = sitemap_index(url + target for target in sorted(found))
        index = NAME if listed else GUIDES_SITEMAP
        (folder / index).write_text(text, encoding="utf-8", newline="\n")
        if not (folder / ROBOTS).exists():
            named = [name for name in (NAME, GUIDES_SITEMAP) if (folder / name).exists()]
            text = robots(url + name for name in named)
            (folder / ROBOTS).write_text(text, encoding="utf-8", newline="\n")

    def _state(self, pages: Pages) -> bytes:
        """Stands for everything that all pages of the collection are made from."""
        site, collection = pages.site, pages.site.collection
        inputs = collection.structure.inputs
        return digest(
            code(),
            [package_version(package) for package in PACKAGES],
            pages.renderer.digest(),
            self.project.site_url,
            ENCODER.encode((inputs.pages, inputs.data)),
            self.project.settings.urls,
            self.project.allowed_html,
            sorted(site.locales),
            self.project.edit_base,
            self.project.manual_title,
            self.project.search,
            self.project.report_form,
            self.project.markdown,
            [pages.around.has_feed(locale) for locale in sorted(site.locales)],
            self.project.click_to_load,
            self.project.picture_formats,
        )


def _publishable(workspace: Workspace, root: str) -> Collection:
    """The collection without the pages that cannot be published; the check tells of them."""
    found = workspace.collections.get(root)
    if found is None:
        return Collection.of(root, ())
    structure, inputs = found.structure, found.structure.inputs
    urls = structure.urls
    misfits = {path for path, url in urls.items() if misfit_of(url)}
    unread = {path for path in urls if not (inputs.pages[path].made or workspace.digest(path))}
    left_out = unread | misfits | twins_of(structure.by_url).keys()
    if not left_out:
        return Collection(structure, found.documents)
    published = Inputs(
        {path: page for path, page in inputs.pages.items() if path not in left_out},
        tuple(file for file in inputs.files if file not in left_out),
        inputs.data,
        inputs.references,
    )
    return Collection(structure.like(published), found.documents)


def _log_clashes(site: Site, manual: Sequence[BuiltPage]) -> None:
    """Log the addresses that the manual and the collection both have a page for."""
    for page in manual:
        if page.url in site.pages:
            log.warning(
                f"{path_here(site.pages[page.url])}: the manual has a page at `{page.url}` as well; the guide "
                "is published: move the page of the manual"
            )
