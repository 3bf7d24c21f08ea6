"""The rest of the site: the pages of `docs_dir`, which MkDocs builds and balise reads and renders."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from balise.base.source import SourceFile
from balise.check.pipeline import CheckSettings, check
from balise.check.trace_store import TraceStore
from balise.collection import locale_prefix
from balise.collection.page import shown
from balise.config import Urls
from balise.document import Document, ParsedPage, read_page
from balise.mkdocs_plugin.renderer import contents
from balise.publish.drafts import included_page, included_text
from balise.publish.indexing import INDEX_FOLDER, BuiltPage
from balise.publish.locale_site import locale_name
from balise.publish.page_context import Translation
from balise.publish.pictures import PictureSizes
from balise.publish.project import Project
from balise.publish.report_log import log_build
from balise.render import PublishedFiles, RenderedPage, render_page
from balise.syntax.unsafe_html import AllowedHtml
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.files import collection_of
from balise.workspace.reading import ReadOptions
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace


class ManualPage(NamedTuple):
    """A page of the manual: its text, its tokens and facts."""

    source: SourceFile
    parsed: ParsedPage


class Manual:
    """The pages below `docs_dir`, at `root`, by path, without those that cannot be read.

    `urls` are those of its files, from the site's root, by path; `scheme` is that of the guides. `html` is
    what raw HTML may do on them; None for all.
    """

    def __init__(
        self, urls: Mapping[str, str], root: str, scheme: Urls, html: AllowedHtml | None = None
    ) -> None:
        self.html = html
        self.urls = urls
        self.pages: dict[str, ManualPage] = {}
        for path in urls:
            if path.endswith(".md"):
                with suppress(OSError):  # the check says so
                    source = read_source(path)
                    self.pages[path] = ManualPage(source, read_page(source))
        documents = [page.parsed.document for page in self.pages.values()]
        self.collection = collection_of(root, documents, scheme)
        self.sizes = PictureSizes()

    def render(self, path: str, language: str) -> RenderedPage:
        """The content of the page at `path`."""
        page = self.pages[path].parsed
        included = partial(included_page, folder=self.collection.root)
        text = partial(included_text, folder=self.collection.root)
        files = PublishedFiles(self.urls, included, self.sizes, self.html, text)
        return render_page(page, self.collection, files, language)


def url_of(file: File) -> str:
    """The URL of a file of MkDocs, from the site's root."""
    return file.url if file.url != "./" else ""


def built_pages(files: Files, nav: Navigation) -> list[BuiltPage]:
    """The pages among the files of MkDocs, as they are after the build."""
    begun = {_first_file(item): str(item.title or "") for item in reversed(nav.items)}
    return [
        BuiltPage(url_of(file), page.title or "", page.content or "", begun.get(file.src_uri, ""))
        for file in files.documentation_pages()
        if (page := file.page) is not None
    ]


def _first_file(item: StructureItem) -> str:
    """The file of the page that a part of the navigation is or begins with; empty if it has none."""
    if isinstance(item, Page):
        return item.file.src_uri
    children = item.children if isinstance(item, Section) else ()
    return next((file for child in children if (file := _first_file(child))), "")


def log_manual_findings(manual: Manual, project: Project) -> None:
    """Log what is wrong with the pages of the manual, which are read already."""
    scope = Scope([PageFile(path, manual.collection.root) for path in manual.pages])
    with Workspace.open(
        scope, project.settings.urls, project.store, ReadOptions(processes=1)
    ) as workspace:
        report = check(workspace, CheckSettings.of(project.configuration), TraceStore())
        workspace.save()
    log_build(report, project)


def manual_context(project: Project, base: str) -> Mapping[str, Any]:
    """What the templates of the manual are told; `base` leads to the root, without a `/`."""
    root = f"{base.rstrip('/')}/"
    homes = _homes(project, root)
    preferred = (*project.settings.urls.fallbacks, *(home.locale for home in homes))
    first = next((h for locale in preferred for h in homes if h.locale == locale), None)
    return {
        "search_bundle": f"{root}{INDEX_FOLDER}" if project.search else "",
        "homes": homes,
        "guides_home": first,
    }


def _homes(project: Project, base: str) -> tuple[Translation, ...]:
    """The homes of the locales, by name, from an address that `base` leads to the root from."""
    found: list[Translation] = []
    for name in project.homes:
        if not project.locales or name.locale in project.locales:
            url = base + locale_prefix(name, project.settings.urls)
            found.append(Translation(name.locale, locale_name(name.locale), url))
    return tuple(sorted(found, key=lambda home: home.name))


class BalisePage(Page):
    """Python-Markdown has no part in it: the HTML, the anchors and the contents are balise's."""

    def __init__(
        self, title: str | None, file: File, config: MkDocsConfig, manual: Manual, path: str
    ) -> None:
        self.manual = manual
        self.path = path
        document = manual.pages[path].parsed.document
        super().__init__(title or escape(title_of(document), quote=False), file, config)
        self.meta = meta_of(document)

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs the text; it has been parsed already."""
        self.markdown = self.manual.pages[self.path].source.text

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page."""
        page = self.manual.render(self.path, config.theme.locale.language)
        self.content = page.html
        if page.summary.text:
            self.meta.setdefault("description", escape(page.summary.text))
        self.toc = contents(page.toc)
        self.present_anchor_ids = set(page.anchors)


def title_of(document: Document) -> str:
    """The title in the front matter, or the first heading of level 1, or the name of the file."""
    headings = (heading.text for heading in document.headings if heading.level == 1)
    return shown(document, "title") or next(headings, None) or Path(document.path).stem


def meta_of(document: Document) -> dict[str, Any]:
    """What the theme's templates read of a page, ready to be printed."""
    meta: dict[str, Any] = {"title": escape(title_of(document))}
    if description := shown(document, "excerpt") or shown(document, "description"):
        meta["description"] = escape(description)
    return meta


def titles_in(nav: Any) -> Iterator[tuple[str, str]]:
    """The pages of a `nav` setting that are given a title there, as (path, title)."""
    if isinstance(nav, dict):
        for key, value in nav.items():
            if isinstance(value, str):
                yield value, key
            else:
                yield from titles_in(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from titles_in(item)
