"""One page as HTML, with its table of contents. Tokens are read, never written to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import relpath
from urllib.parse import quote

from balise.collection import Collection, resolve
from balise.document import Document, Heading, ParsedPage, page_name
from balise.render.words import interface_words
from balise.syntax import Anchors, LinkTarget, RenderContext, make_parser
from balise.syntax.context import ENV_KEY


@dataclass(slots=True)
class TocEntry:
    """A heading in the table of contents, with those below it. `title` is plain text."""

    title: str
    id: str
    level: int
    children: "list[TocEntry]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The page's HTML, its table of contents, every anchor on it, and every address it links to."""

    html: str
    toc: tuple[TocEntry, ...]
    anchors: frozenset[str]
    links: tuple[str, ...]


def render_page(
    page: ParsedPage, collection: Collection, urls: Mapping[str, str], language: str = "en"
) -> RenderedPage:
    """Render `page`.

    `urls` are the addresses, from the site's root, of all pages and files by path; a folder's
    address ends in `/`. `language` is that of the interface where the page does not tell its own.
    """
    document = page.document
    name = page_name(document.path)
    linker = _Linker(document, collection, urls)
    context = RenderContext(
        headings={h.line - 1: Anchors(h.id, h.aliases) for h in document.headings},
        words=interface_words(name.language if name else language),
        link=linker.link,
        image=linker.image,
    )
    parser = make_parser()
    html = parser.renderer.render(page.tokens, parser.options, {ENV_KEY: context})
    anchors = {a for h in document.headings for a in (h.id, *h.aliases) if a}
    anchors.update(anchor.name for anchor in document.anchors)
    return RenderedPage(html, _toc(document.headings), frozenset(anchors), tuple(linker.links))


class _Linker:
    """Addresses of one page, relative to where it is published."""

    def __init__(self, document: Document, collection: Collection, urls: Mapping[str, str]) -> None:
        self.document = document
        self.collection = collection
        self.urls = urls
        self.own = urls.get(document.path, "")
        self.links: list[str] = []

    def link(self, href: str) -> LinkTarget:
        target = resolve(href, self.document, self.collection)
        fragment = f"#{quote(target.fragment)}" if target.fragment else ""
        if target.path == self.document.path:
            found = LinkTarget(fragment or "#")
        elif target.path in self.urls:
            found = LinkTarget(self._relative(self.urls[target.path]) + fragment)
        else:
            found = LinkTarget(href, external=target.kind == "external")
        self.links.append(found.href)
        return found

    def image(self, src: str) -> str:
        path = self.collection.path_of(src, self.document)
        return self._relative(self.urls[path]) if path and path in self.urls else src

    def _relative(self, url: str) -> str:
        """`url` from the page's own address; a folder keeps its `/`."""
        base = self.own if self.own.endswith("/") else self.own.rpartition("/")[0]
        relative = relpath(f"/{url}", f"/{base}")
        return quote(f"{relative}/" if url.endswith("/") or not url else relative)


def _toc(headings: tuple[Heading, ...]) -> tuple[TocEntry, ...]:
    """Headings below the nearest one above of a lower level; empty ones are not on the page."""
    top: list[TocEntry] = []
    above: list[TocEntry] = []
    for heading in headings:
        if not heading.id:
            continue
        entry = TocEntry(heading.text, heading.id, heading.level)
        while above and above[-1].level >= entry.level:
            above.pop()
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    return tuple(top)
