"""A page that MkDocs takes for one of its own, and that balise reads and renders."""

from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from balise.collection.tree import hidden
from balise.document import Document, page_name
from balise.publish.site import Site
from balise.render import TocEntry


class BalisePage(Page):
    """Python-Markdown has no part in it: the HTML, the anchors and the contents are balise's."""

    def __init__(
        self, title: str | None, file: File, config: MkDocsConfig, site: Site, path: str
    ) -> None:
        self.site = site
        self.path = path
        document = site.pages[path].parsed.document
        super().__init__(title or escape(title_of(document), quote=False), file, config)
        self.meta = meta_of(document)

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs the text; it has been parsed already."""
        self.markdown = self.site.pages[self.path].source.text

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the page."""
        page = self.site.render(self.path, config.theme.locale.language)
        self.content = page.html
        self.toc = TableOfContents([_anchor_link(entry) for entry in page.toc])
        self.present_anchor_ids = set(page.anchors)


def title_of(document: Document) -> str:
    """The title in the front matter, or the first heading of level 1, or the name of the file."""
    headings = (heading.text for heading in document.headings if heading.level == 1)
    name = document.path.rpartition("/")[2].removesuffix(".md")
    return document.value("title") or next(headings, None) or name


def meta_of(document: Document) -> dict[str, Any]:
    """What the theme's templates and the search plugin read of a page, ready to be printed."""
    meta: dict[str, Any] = {"title": escape(title_of(document))}
    description = document.value("excerpt") or document.value("description")
    if description:
        meta["description"] = escape(description)
    if name := page_name(document.path):
        meta["language"] = name.language
        meta["locale"] = name.locale
    if hidden(document):
        meta["search"] = {"exclude": True}
    return meta


def _anchor_link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(escape(entry.title, quote=False), entry.id, entry.level)
    link.children = [_anchor_link(child) for child in entry.children]
    return link
