"""One build of the whole site: read, check, make, and put in its place."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from balise.cache import Cache, code, digest
from balise.collection import Collection
from balise.incremental import check_library
from balise.library import Library, open_library
from balise.publish.build import Build, Builder
from balise.publish.manifest import Manifest, manifest_file, read_manifest, stat_of, write_manifest
from balise.publish.manual import BuiltPage, index_of_manual
from balise.publish.pages import Pages
from balise.publish.project import Project
from balise.publish.shell import Shell
from balise.publish.site import Site
from balise.publish.sitemap import NAME, SitemapPage, sitemap, sitemap_index
from balise.publish.staging import Staging, files_below
from balise.publish.telling import tell_new
from balise.reading import without_collecting
from balise.selection import select_rules
from balise.stamps import hash_of

MANUAL_SITEMAP = "sitemap-manual.xml"
SETTINGS = (
    "copyright",
    "edit_uri",
    "extra",
    "extra_css",
    "extra_javascript",
    "repo_url",
    "site_name",
    "site_url",
)
"""What of `mkdocs.yml` is on every page."""
PACKAGES = ("mkdocs", "mkdocs-material", "Jinja2", "Pygments", "markdown-it-py", "pagefind")


class Publishing:
    """The steps of a build, in their order: `begin`, `read`, `publish`; or `discard` at any time.

    `keep` is whether to remember what the site was made from.
    """

    def __init__(self, project: Project, *, keep: bool = True) -> None:
        self.project = project
        self.keep = keep
        self.staging = Staging(project.site_dir)
        self.library: Library | None = None

    def begin(self) -> None:
        """Make the folder in which the site is built. Raises OSError."""
        self.staging.begin()

    def discard(self) -> None:
        """Give up: the site stays as it was."""
        if self.library:
            self.library.close()
        self.staging.discard()

    def read(self, manual: Sequence[str]) -> int:
        """Read all pages and report what is wrong; how many findings make a strict build fail."""
        project = self.project
        scope = project.scope(manual)
        with without_collecting():
            self.library = open_library(
                scope, project.settings.urls, Cache(project.configuration.root), project.processes
            )
            if not project.check:
                self.library.store()
                return 0
            rules = select_rules(project.settings)
            report = check_library(self.library, rules, project.processes)
        report = replace(report, findings=project.policy.applied(report.findings))
        return tell_new(report, project)

    def publish(self, shell: Shell, manual: Sequence[BuiltPage]) -> None:
        """Make the pages of the collection, and move the site to its place.

        `manual` are the pages of the manual, which are built already. Raises OSError, and
        UserError where the index for the search cannot be made.
        """
        project, library = self.project, self.library
        if library is None:
            return
        found = library.collections.get(project.guides)
        collection = found.unwatched() if found else Collection(project.guides, ())
        unreadable = {path for path in library.pages if not library.hash(path)}
        site = project.site(collection, without=unreadable)
        pages = Pages(site, shell, project.surroundings())
        state = self._state(library, site)
        file = manifest_file(project.cache, project.site_dir)
        builder = Builder(
            library,
            pages,
            project.site_dir,
            self.staging.folder,
            read_manifest(file),
            state,
            project.processes,
            [index_of_manual(manual)] if project.search and manual else [],
        )
        result = builder.build()
        library.close()
        self._sitemaps(manual, result)
        self.staging.publish(result.kept)
        for target in result.made:
            result.records[target].stat = stat_of(project.site_dir / target)
        if self.keep:
            write_manifest(file, Manifest(state, result.records, builder.sources.stamps))

    def _sitemaps(self, manual: Sequence[BuiltPage], result: Build) -> None:
        """The sitemap of the manual, and the index of all."""
        url = (self.project.mkdocs.site_url or "").rstrip("/") + "/"
        if not self.project.mkdocs.site_url:
            return
        pages = sorted(url + page.url for page in manual)
        found = [target for target in result.records if target.endswith(f"/{NAME}")]
        folder = self.staging.folder
        if pages:
            text = sitemap(SitemapPage(page) for page in pages)
            (folder / MANUAL_SITEMAP).write_text(text, encoding="utf-8")
            found.append(MANUAL_SITEMAP)
        text = sitemap_index(url + target for target in sorted(found))
        (folder / NAME).write_text(text, encoding="utf-8")

    def _state(self, library: Library, site: Site) -> bytes:
        """Stands for everything that all pages of the collection are made from."""
        config = self.project.mkdocs
        own = Path(__file__).parent / "theme"
        folders = [own, *(Path(folder) for folder in [config.theme.custom_dir] if folder)]
        theme = [
            (path, hash_of((folder / path).read_bytes()))
            for folder in folders
            for path in files_below(folder)
        ]
        collection = site.collection
        entries = [(p, page.entry.values, page.entry.aliases) for p, page in library.pages.items()]
        return digest(
            code(),
            [_version(package) for package in PACKAGES],
            [repr(config[key]) for key in SETTINGS],
            sorted((key, repr(config.theme[key])) for key in config.theme),
            theme,
            entries,
            sorted(collection.files),
            sorted(collection.data.items()),
            self.project.settings.urls,
            sorted(site.locales),
            self.project.search,
        )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
