"""One page as HTML, with its table of contents. Tokens are read, never written to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from posixpath import relpath
from urllib.parse import quote

from balise.collection import Collection, Target, find_picture, resolve, title_of
from balise.document import Document, Heading, ParsedPage, page_name
from balise.render.highlight import highlight
from balise.render.words import interface_words
from balise.syntax import Anchors, ImageSource, LinkTarget, RenderContext, make_parser
from balise.syntax.abbreviation import ENV_KEY as ABBREVIATIONS
from balise.syntax.abbreviation import abbreviations
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


def _no_page(path: str) -> ParsedPage | None:
    return None


def _no_size(path: str) -> tuple[int, int]:
    return 0, 0


def render_page(
    page: ParsedPage,
    collection: Collection,
    urls: Mapping[str, str],
    language: str = "en",
    parsed: Callable[[str], ParsedPage | None] = _no_page,
    size: Callable[[str], tuple[int, int]] = _no_size,
) -> RenderedPage:
    """Render `page`.

    `urls` are the addresses, from the site's root, of all pages and files by path; a folder's
    address ends in `/`. `language` is that of the interface where the page does not tell its own.
    `parsed` gives the pages that may be included, by path; `size` the width and height of a
    picture's file, in CSS pixels, 0 for what is not known.
    """
    document = page.document
    name = page_name(document.path)
    words = interface_words(name.language if name else language)
    own = urls.get(document.path, "")
    renderer = _Renderer(collection, urls, words, parsed, size, own)
    html = renderer.html(page, ())
    anchors = {a for h in document.headings for a in (h.id, *h.aliases) if a}
    anchors.update(anchor.name for anchor in document.anchors)
    return RenderedPage(
        html,
        _toc(document.headings),
        frozenset(anchors),
        tuple(link.href for link in renderer.links),
    )


@dataclass(frozen=True, slots=True)
class _Renderer:
    """Renders one page and what it includes, for the address `own`."""

    collection: Collection
    urls: Mapping[str, str]
    words: Mapping[str, str]
    parsed: Callable[[str], ParsedPage | None]
    size: Callable[[str], tuple[int, int]]
    own: str
    links: list[LinkTarget] = field(default_factory=list)

    def html(self, page: ParsedPage, within: tuple[str, ...]) -> str:
        """The HTML of a page that is included by the pages `within`."""
        document = page.document
        context = RenderContext(
            headings={h.line - 1: Anchors(h.id, h.aliases) for h in document.headings},
            words=self.words,
            link=partial(self.link, document),
            image=partial(self.image, document),
            include=partial(self.include, (*within, document.path)),
            highlight=highlight,
        )
        env = {ENV_KEY: context, ABBREVIATIONS: abbreviations(page.tokens)}
        parser = make_parser()
        html: str = parser.renderer.render(page.tokens, parser.options, env)
        return html

    def include(self, within: tuple[str, ...], path: str) -> str | None:
        """The HTML of an included file; None if it is not there, outside, or includes itself."""
        target = self.collection.included(path)
        if target in within or not self.collection.contains(target):
            return None
        page = self.parsed(target)
        return self.html(page, within) if page else None

    def link(self, document: Document, href: str) -> LinkTarget:
        """Where a link of `document` leads from the rendered page."""
        target = resolve(href, document, self.collection)
        self.links.append(found := self._target(target, document, href))
        return found

    def _target(self, target: Target, document: Document, href: str) -> LinkTarget:
        fragment = f"#{quote(target.fragment)}" if target.fragment else ""
        if target.reason in ("script", "local", "empty"):
            return LinkTarget("")
        if target.path == document.path:
            return LinkTarget(fragment or "#", title=title_of(target, self.collection))
        if target.path in self.urls:
            language = self._language(target, document)
            href = self._relative(self.urls[target.path]) + fragment
            return LinkTarget(href, language=language, title=title_of(target, self.collection))
        if target.kind == "external":
            return LinkTarget(target.address, external=target.form != "other-scheme")
        return LinkTarget(target.address if target.reason == "malformed" else href)

    def _language(self, target: Target, document: Document) -> str:
        """The language of a target that is in another one than the page."""
        own, other = page_name(document.path), page_name(target.path)
        foreign = own is not None and other is not None and own.language != other.language
        return other.language if other is not None and foreign else ""

    def image(self, document: Document, src: str) -> ImageSource:
        """The address of a picture of `document` from the rendered page, and its size."""
        picture = find_picture(src, document, self.collection)
        path = picture.there or picture.path
        if picture.kind in ("script", "local"):
            return ImageSource("")
        if path not in self.urls:
            return ImageSource(src)
        return ImageSource(self._relative(self.urls[path]), *self.size(path))

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
