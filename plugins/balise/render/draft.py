"""A page printed as far as it can be without the collection: what is left are slots.

A draft depends on the text of its page alone. So it is made where the page is parsed and can be
kept, while what the slots say changes with every other page.
"""

from collections.abc import Mapping

import msgspec

from balise.document import Heading, ParsedPage, page_name
from balise.render.highlight import highlight
from balise.render.summary import Summary, summary_of
from balise.render.words import FALLBACK, interface_words
from balise.syntax import HeadingIds, RenderContext, make_parser
from balise.syntax.abbreviation import ENV_KEY as ABBREVIATIONS
from balise.syntax.abbreviation import abbreviations
from balise.syntax.context import ENV_KEY, pieces
from balise.syntax.fence import CodeSlot
from balise.syntax.html import AddressSlot
from balise.syntax.image import ImageSlot
from balise.syntax.include import IncludeSlot
from balise.syntax.link import LinkSlot
from balise.syntax.raw_html import PictureSizeSlot, UnsafeHtmlSlot

Slots = (
    LinkSlot | ImageSlot | AddressSlot | PictureSizeSlot | IncludeSlot | UnsafeHtmlSlot | CodeSlot
)


class TocEntry(msgspec.Struct, array_like=True):
    """A heading in the table of contents, with those below it. `title` is plain text."""

    title: str
    id: str
    level: int
    children: "list[TocEntry]" = []


class Draft(msgspec.Struct, array_like=True, frozen=True):
    """HTML and slots in their order, the table of contents, every anchor on the page, what it says in short."""

    parts: list[str | Slots]
    toc: list[TocEntry]
    anchors: list[str]
    summary: Summary = Summary()

    @property
    def pictures(self) -> list[str]:
        """The addresses of its pictures, as written."""
        return [part.src for part in self.parts if isinstance(part, ImageSlot)]


DRAFTS = msgspec.msgpack.Decoder(Draft)


ENCODER = msgspec.msgpack.Encoder()


def words_of(path: str, language: str) -> Mapping[str, str]:
    """The words around the text of a page; `language` is for one that does not tell its own."""
    name = page_name(path)
    return interface_words(name.language if name else language)


def draft_page(page: ParsedPage, words: Mapping[str, str]) -> Draft:
    """Print a page, with the interface's `words` in it."""
    document = page.document
    slots: list[Slots] = []
    context = RenderContext(
        headings={h.line - 1: HeadingIds(h.id, h.aliases) for h in document.headings},
        words=words,
        highlight=highlight,
        slots=slots,
    )
    env = {ENV_KEY: context, ABBREVIATIONS: abbreviations(page.tokens)}
    parser = make_parser()
    html: str = parser.renderer.render(page.tokens, parser.options, env)
    anchors = {a for h in document.headings for a in (h.id, *h.aliases) if a}
    anchors.update(anchor.name for anchor in document.anchors)
    parts = list(pieces(html, slots))
    return Draft(parts, _toc(document.headings), sorted(anchors), summary_of(document))


def packed_draft(page: ParsedPage) -> bytes:
    """The draft of a page of a collection, in a form to be kept; see `DRAFTS`."""
    return ENCODER.encode(draft_page(page, words_of(page.document.path, FALLBACK)))


def _toc(headings: tuple[Heading, ...]) -> list[TocEntry]:
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
    return top
