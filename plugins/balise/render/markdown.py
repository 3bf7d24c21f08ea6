"""A page as plain Markdown: its text, edited where the dialect, or where its place, would be missed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

import msgspec

from balise.base.source import Edit, Span
from balise.collection import Collection
from balise.document import (
    ApiBlock,
    ApiCall,
    Attributes,
    BaseBlock,
    Callout,
    Details,
    Document,
    Faq,
    Image,
    Include,
    Link,
    MarkerBlock,
    Tabs,
    UnknownBlock,
)
from balise.render.page import PageRenderer, PublishedFiles
from balise.render.words import interface_words
from balise.syntax.api import console_url
from balise.syntax.callout import FALLBACK

ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\`*[]<"})
SPECIAL = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "%0A"})


class PageText(msgspec.Struct, frozen=True):
    """A page's decoded text, and its facts, whose places are in it."""

    text: str
    document: Document


Pages = Callable[[str], PageText | None]
"""The page at a path; None where it is not there, or may not be read."""


def as_text(text: str) -> str:
    """Plain text, on one line, as Markdown that prints it."""
    return " ".join(text.split()).translate(ESCAPES)


def list_entry(title: str, url: str, excerpt: str = "") -> str:
    """A line of a list that leads to a page; all is plain text."""
    behind = f": {as_text(excerpt)}" if excerpt.strip() else ""
    return f"- [{as_text(title)}]({url.translate(SPECIAL)}){behind}\n"


def render_markdown(
    page: PageText, collection: Collection, files: PublishedFiles, pages: Pages, language: str
) -> str:
    """The body of a page as plain Markdown, with LF at the end of its lines.

    Addresses are those of `files`; `pages` gives pages that are included, `language` is that of the
    interface.
    """
    path = page.document.path
    own = files.urls.get(path, "")
    renderer = PageRenderer(collection, files, interface_words(language), own)
    return _Writer(renderer, pages).write(page, ()).strip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one page and what it includes."""

    renderer: PageRenderer
    pages: Pages

    def write(self, page: PageText, within: tuple[str, ...]) -> str:
        """A page that is included by the pages `within`."""
        return (
            _apply(page.text, self._edits(page, within)).replace("\r\n", "\n").replace("\r", "\n")
        )

    def _edits(self, page: PageText, within: tuple[str, ...]) -> Iterator[Edit]:
        text, document = page.text, page.document
        if document.front_matter:
            yield Edit(document.front_matter.span, "")
        for lists in document.attribute_lists():
            yield from map(_removed, lists)
        for heading in document.headings:
            if heading.attributes:
                yield Edit(Span(heading.content.end, heading.attributes[-1].span.end), "")
            at = heading.span.start + heading.level
            if heading.content.start == at and text.startswith("#", at - 1):
                yield Edit(Span(at, at), " ")
        for link in document.links:
            yield from self._link(document.path, link)
        for image in document.images:
            yield from self._image(document.path, image)
        for table in document.tables:
            header = table.rows[0]
            if not table.separator:
                row = "|".join(("", *(" --- " for _ in header.cells), ""))
                behind = table.misfit or Span(header.span.end, header.span.end)
                yield Edit(behind, row if table.misfit else f"\n{_blanked(header.prefix)}{row}")
        for item in document.list_items:
            if item.empty:
                yield Edit(item.marker, "")
        for suppression in document.suppressions:
            yield Edit(suppression.removal or suppression.span, "")
        for include in document.includes:
            yield from self._include(page, include, within)
        for block in document.blocks:
            yield from self._block(page, block)

    # Addresses

    def _link(self, path: str, link: Link) -> Iterator[Edit]:
        target = self.renderer.link(path, link.href)
        href = self._absolute(target.href or "")
        if link.address:
            yield Edit(link.address, _written(href, html=link.kind == "html"))
        elif link.kind == "link":
            yield Edit(link.span, f"[{as_text(link.text)}]({_written(href)})")

    def _image(self, path: str, image: Image) -> Iterator[Edit]:
        src = self.renderer.image(path, image.src).src
        if image.address:
            yield Edit(image.address, _written(src, html=image.html))
        elif not image.html:
            yield Edit(image.span, f"![{as_text(image.alt)}]({_written(src)})")

    def _absolute(self, href: str) -> str:
        """An address on this page counts from the page's own: plain Markdown has no ids."""
        own = self.renderer.own
        here = href.startswith("#")
        return self.renderer.files.address(own, own) + href.rstrip("#") if here else href

    # What takes the place of something else

    def _include(self, page: PageText, include: Include, within: tuple[str, ...]) -> Iterator[Edit]:
        renderer = self.renderer
        before = _blanked(_before(page, include.span.start))
        path = renderer.collection.included(include.path)
        found: str | None = None
        if include.code:
            found = renderer.text(include.path)
        elif path not in (*within, page.document.path) and renderer.collection.contains(path):
            other = self.pages(path)
            found = self.write(other, (*within, page.document.path)) if other else None
        if found is not None:
            yield Edit(include.span, found.strip("\n").replace("\n", f"\n{before}"))
        elif not include.code:
            note = f"{renderer.words['not_included']} `{include.path}`"
            yield Edit(include.span, note)

    def _block(self, page: PageText, block: BaseBlock) -> Iterator[Edit]:
        words = self.renderer.words
        if isinstance(block, Details):
            yield from _details(page, block, words["details"])
            return
        title = ""
        if isinstance(block, Callout | UnknownBlock):
            known = block.type.strip().casefold() if isinstance(block, Callout) else FALLBACK
            title = f"**{words.get(known, words[FALLBACK])}**"
        if isinstance(block, MarkerBlock):
            yield from _marker(page, block, title)
        if isinstance(block, Tabs | Faq):
            yield from _panels(page, block)
        elif isinstance(block, ApiBlock):
            for call in block.calls:
                yield Edit(call.span, _call(call, words["console"]))


def _details(page: PageText, block: Details, word: str) -> Iterator[Edit]:
    """Its title in bold, and nothing in the place of the fence that closes it."""
    before = _blanked(_before(page, block.marker.start))
    yield Edit(block.marker, f"**{block.title or word}**\n{before.rstrip()}")
    if block.closed:
        written = page.text[block.span.start : block.span.end].rstrip()
        start, end = (block.span.start + len(part) for part in (written.rstrip("/"), written))
        yield Edit(Span(start, end), "")


def _marker(page: PageText, block: MarkerBlock, title: str) -> Iterator[Edit]:
    """A title in the place of a marker, a paragraph of its own; each line of the block has its `>`."""
    before = _blanked(_before(page, block.marker.start))
    parts = title and (block.behind or not _is_above_blank(page, block))
    parted = f"{title}\n{before.rstrip()}" if parts else title
    if block.behind:
        yield Edit(
            Span(block.marker.start, block.behind.start), f"{parted}\n{before}" if title else ""
        )
    else:
        yield Edit(block.marker, parted)
    for line in block.lazy:
        yield Edit(Span(line.start, line.start), "> ")


def _is_above_blank(page: PageText, block: MarkerBlock) -> bool:
    """Whether the line below a marker is nothing but `>`."""
    starts, line = page.document.line_starts, page.document.line(block.marker.start)
    end = starts[line + 1] if line + 1 < len(starts) else len(page.text)
    return line < len(starts) and not page.text[starts[line] : end].strip("> \t\r\n")


def _panels(page: PageText, block: Tabs | Faq) -> Iterator[Edit]:
    """Titles in bold, each parted from what stands above it."""
    titles: list[tuple[str | None, Span]]
    if isinstance(block, Tabs):
        titles = [(tab.title, tab.title_span) for tab in block.tabs]
    else:
        titles = [(entry.question, entry.question_span) for entry in block.entries]
    for title, span in titles:
        if title is None:
            continue
        before = _before(page, span.start)
        line = span.start - len(before)
        yield Edit(Span(line, line), f"{_blanked(before).rstrip()}\n")
        if not page.text.startswith("**", span.start):
            yield Edit(Span(span.start, span.start), "**")
            end = span.start + len(page.text[span.start : span.end].rstrip())
            yield Edit(Span(end, end), "**")


def _call(call: ApiCall, word: str) -> str:
    fields = {f: getattr(call, f) for f in ("verb", "path", "zone", "version", "section")}
    name = f"{call.verb} {call.path or call.section}".strip()
    return f"- `{name}` ([{word}]({_written(console_url(fields))}))"


# Places


def _before(page: PageText, offset: int) -> str:
    """What stands in front of a place on its line."""
    document = page.document
    return page.text[document.line_starts[document.line(offset) - 1] : offset]


def _blanked(prefix: str) -> str:
    """What stands in front of text, for one more line of the same block: bullets are not repeated."""
    return "".join(char if char in "> \t" else " " for char in prefix)


def _removed(attributes: Attributes) -> Edit:
    return Edit(attributes.span, "")


def _written(address: str, *, html: bool = False) -> str:
    return escape(address) if html else address.translate(SPECIAL)


def _apply(text: str, edits: Iterator[Edit]) -> str:
    """`text` with the edits; what is within another edit is part of what that one replaces."""
    parts: list[str] = []
    cursor = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, -edit.span.end)):
        if edit.span.start >= cursor:
            parts += (text[cursor : edit.span.start], edit.text)
            cursor = edit.span.end
    return "".join(parts) + text[cursor:]
