"""One page as HTML, with its table of contents. Tokens are read, never written to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from posixpath import relpath
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from balise.collection import Collection, Target, find_picture, resolve, title_of
from balise.document import ParsedPage, page_name
from balise.render.draft import Draft, TocEntry, draft_page, words_of
from balise.render.highlight import highlight
from balise.render.summary import NOTHING, Summary
from balise.syntax import ImageSource, LinkTarget
from balise.syntax.context import Resolver
from balise.syntax.unsafe_html import AllowedHtml


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The page's HTML, its table of contents, every anchor on it, what it says in short, and the
    addresses of its pictures, as written."""

    html: str
    toc: Sequence[TocEntry] = ()
    anchors: Sequence[str] = ()
    summary: Summary = NOTHING
    pictures: Sequence[str] = ()


NOT_PLAIN = frozenset({"", ".", ".."})
"""Names in an address that are not those of folders or files."""
EMPTY = RenderedPage("")
"""A page that says nothing."""


def _no_page(path: str) -> ParsedPage | None:
    return None


def _no_text(path: str) -> str | None:
    return None


def _no_size(path: str) -> tuple[int, int]:
    return 0, 0


def relative_address(url: str, base: str) -> str:
    """The address of `url`, encoded, on the page at `base`: both from the root; a folder keeps its `/`."""
    slash = "/" if url.endswith("/") or not url else ""
    names, folders = url.removesuffix("/").split("/"), base.split("/")[:-1]
    if not (NOT_PLAIN.isdisjoint(names) and NOT_PLAIN.isdisjoint(folders)):
        return quote(relpath(f"/{url}", f"/{'/'.join(folders)}") + slash)
    shared = 0
    for name, folder in zip(names, folders, strict=False):
        if name != folder:
            break
        shared += 1
    steps = [".."] * (len(folders) - shared) + names[shared:]
    return quote(("/".join(steps) or ".") + slash)


class PublishedFiles(msgspec.Struct, frozen=True):
    """What is known of the files of a site.

    `urls` are the addresses, from the site's root, of all pages and files by path; a folder's
    address ends in `/`. `parsed` gives the pages that may be included, by path; `size` the width
    and height of a picture's file, in CSS pixels, 0 for what is not known. `html` is what raw HTML may
    do; None for all. `text` gives the texts of files that may be included as code, by path. `address` makes the
    address of a URL on the page at another one.
    """

    urls: Mapping[str, str]
    parsed: Callable[[str], ParsedPage | None] = _no_page
    size: Callable[[str], tuple[int, int]] = _no_size
    html: AllowedHtml | None = None
    text: Callable[[str], str | None] = _no_text
    address: Callable[[str, str], str] = relative_address


def render_page(
    page: ParsedPage, collection: Collection, files: PublishedFiles, language: str = "en"
) -> RenderedPage:
    """Render `page`; the other arguments are those of `render_draft`."""
    path = page.document.path
    draft = draft_page(page, words_of(path, language))
    return render_draft(draft, path, collection, files, language)


def render_draft(
    draft: Draft, path: str, collection: Collection, files: PublishedFiles, language: str = "en"
) -> RenderedPage:
    """Print what the draft of the page at `path` has left open.

    `language` is that of the interface where the page does not tell its own.
    """
    own = files.urls.get(path, "")
    renderer = PageRenderer(collection, files, words_of(path, language), own)
    html = renderer.html(draft, path, ())
    return RenderedPage(html, draft.toc, draft.anchors, draft.summary, draft.pictures)


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders one page and what it includes, for the address `own`."""

    collection: Collection
    files: PublishedFiles
    words: Mapping[str, str]
    own: str

    def html(self, draft: Draft, path: str, within: tuple[str, ...]) -> str:
        """The HTML of a page that is included by the pages `within`."""
        resolver = Resolver(
            link=partial(self.link, path),
            image=partial(self.image, path),
            include=partial(self.include, (*within, path)),
            text=self.text,
            highlight=highlight,
        )
        if self.files.html is not None:
            resolver = replace(resolver, allows=self.files.html.allows)
        return "".join(p if isinstance(p, str) else p.html(resolver) for p in draft.parts)

    def include(self, within: tuple[str, ...], path: str) -> str | None:
        """The HTML of an included file; None if it is not there, outside, or includes itself."""
        target = self.collection.included(path)
        if target in within or not self.collection.contains(target):
            return None
        page = self.files.parsed(target)
        return self.html(draft_page(page, self.words), target, within) if page else None

    def text(self, path: str) -> str | None:
        """The text of a file that is included as code; None if it is not there, or outside."""
        target = self.collection.included(path)
        return self.files.text(target) if self.collection.contains(target) else None

    def link(self, page: str, href: str) -> LinkTarget:
        """Where a link of the page at `page` leads from the rendered page."""
        target = resolve(href, page, self.collection)
        fragment = f"#{quote(target.fragment)}" if target.fragment else ""
        if target.reason in ("script", "local", "empty"):
            return LinkTarget(None)
        if target.path == page:
            return LinkTarget(fragment or "#", title=title_of(target, self.collection))
        if target.path in self.files.urls:
            language = self._language(target, page)
            href = self.files.address(self.files.urls[target.path], self.own) + fragment
            return LinkTarget(href, language=language, title=title_of(target, self.collection))
        if target.kind == "external":
            return LinkTarget(target.address, external=target.form != "other-scheme")
        return LinkTarget((target.address if target.reason == "malformed" else href) or None)

    def _language(self, target: Target, page: str) -> str:
        """The language of a target that is in another one than the page."""
        own, other = page_name(page), page_name(target.path)
        foreign = own is not None and other is not None and own.language != other.language
        return other.language if other is not None and foreign else ""

    def image(self, page: str, src: str) -> ImageSource:
        """The address of a picture on the page at `page` from the rendered page, and its size."""
        picture = find_picture(src, page, self.collection)
        path = picture.there or picture.path
        if picture.kind in ("script", "local"):
            return ImageSource("")
        if path not in self.files.urls:
            return ImageSource(src)
        address = self.files.address(self.files.urls[path], self.own)
        return ImageSource(address, *self.files.size(path))
