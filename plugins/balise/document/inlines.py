"""The inline constructs of one run of content, and its text as a reader sees it.

markdown-it-py's text tokens carry no position, but everything between them does: walking the
tokens with a cursor in the content tells where each piece of text begins.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import itemgetter

from markdown_it.token import Token

from balise.base.source import Span
from balise.document.foreign import ForeignCollector
from balise.document.html import is_of_words, named_tags, tags
from balise.document.model import (
    Anchor,
    AttributeItem,
    Attributes,
    CodeSpan,
    Emphasis,
    HtmlElement,
    HtmlTag,
    Image,
    Link,
    LinkKind,
    Residue,
    ResidueKind,
    Text,
)
from balise.document.residues import (
    STRONG,
    last_word,
    residue_behind,
    residues,
    stray_attributes,
    swallowed_number,
)
from balise.document.source_map import Segments, SourceMap, source_span, to_source
from balise.document.suppressions import SuppressionCollector
from balise.syntax.attributes import OWNERS, AttributeList, attribute_lists
from balise.syntax.html import addresses, start_tags
from balise.syntax.image import alt_text
from balise.syntax.positions import ADDRESS, SPAN

BLANKS = (" ", "\t")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class InlineCollector:
    """Collects the inline facts of a page: links, images, code spans, anchors, HTML, residues."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.code_spans: list[CodeSpan] = []
        self.emphases: list[Emphasis] = []
        self.anchors: list[Anchor] = []
        self.html_tags: list[HtmlTag] = []
        self.html_elements: list[HtmlElement] = []
        self.residues: list[Residue] = []
        self.foreign = ForeignCollector(source_map)
        self.suppressions = SuppressionCollector(source_map)

    def read(self, token: Token) -> Text:
        """Collect what is in one inline token, and return its text."""
        segments = self.source_map.segments(token)
        content, children = token.content, token.children or ()
        lines = (token.map[0], token.map[1]) if token.map else None
        run = _InlineRun(content, segments, lines)
        alone = children[0] if len(children) == 1 else None
        if alone and alone.type == "text" and len(alone.content) == len(content):
            self._residues(content, run)
            return Text(content, segments)
        opened: list[tuple[Token, int]] = []
        emphasized: list[tuple[int, int]] = []
        before = ""
        for child in children:
            kind = child.type
            if kind == "text" and opened and opened[-1][0].markup == "autolink":
                start, end = opened[-1][0].meta[SPAN]  # the token's text is decoded
                run.add(content[start + 1 : end - 1], end - start - 2)
            elif kind == "text":
                self._residues(child.content, run)
                run.add(child.content, len(child.content))
            elif kind in ("softbreak", "hardbreak"):
                run.line_end()
                run.behind = swallowed_number
                before = ""
                continue
            elif kind == "text_special":
                run.add(child.content, len(child.markup))
            elif kind == "code_inline":
                self._glued(before, run)
                self._code_span(child, run)
            elif kind == "image":
                self._image(child, run)
            elif kind == "link_open":
                self._glued(before, run)
                opened.append((child, len(run.parts)))
                run.cursor = child.meta[SPAN][0] + 1
            elif kind == "link_close":
                self._link(*opened.pop(), run)
            elif kind == "html_inline":
                self._html(child, run)
            elif SPAN in child.meta:
                run.cursor = child.meta[SPAN][1]
            else:
                if child.nesting > 0 and attribute_lists(child):
                    emphasized.append((run.cursor, len(run.parts)))
                run.cursor += len(child.markup)
                if child.nesting < 0 and attribute_lists(child):
                    self._emphasis(child, *emphasized.pop(), run)
            run.behind = residue_behind if kind in OWNERS else None
            before = child.content if kind == "text" else ""
        return run.text()

    def _glued(self, before: str, run: "_InlineRun") -> None:
        """Collect the word that a text ends in directly in front of a link or code."""
        if before[-1:].isalpha():
            word = last_word(before)
            place = run.span(run.cursor - len(word), run.cursor)
            self.residues.append(Residue("glued-word", word, place))

    def _residues(self, text: str, run: "_InlineRun") -> None:
        at = run.cursor
        found = list(residues(text, one_open=run.marks % 2 == 1))
        run.marks += text.count(STRONG)
        first = run.behind(text) if run.behind else None
        if first:
            found.append(first)
        if "{" in text:
            ends = {end for _, _, end in found}
            lists = stray_attributes(text, first[2] if first else 0)
            found += [stray for stray in lists if stray[1] not in ends]
        for kind, start, end in found:
            self.residues.append(Residue(kind, text[start:end], run.span(at + start, at + end)))
        if "{" in text:
            self.foreign.attribute_lists(text, lambda start, end: run.span(at + start, at + end))

    def _code_span(self, token: Token, run: "_InlineRun") -> None:
        start, end = token.meta[SPAN]
        inner = run.content[start + len(token.markup) : end - len(token.markup)]
        run.cursor = start + len(token.markup) + (len(inner) > len(token.content))
        first, base = len(run.mapping), run.length
        run.add(token.content, len(token.content))
        segments = tuple((at - base, place) for at, place in run.mapping[first:])
        run.cursor = end
        span = run.span(start, end)
        self.code_spans.append(
            CodeSpan(token.content, span, self._attributes(token, run), segments)
        )

    def _image(self, token: Token, run: "_InlineRun") -> None:
        start, end = token.meta[SPAN]
        run.cursor = end
        attributes = self._attributes(token, run)
        src = str(token.attrs["src"])
        alt, span = alt_text(token.children), run.span(start, end)
        self.images.append(Image(src, alt, span, attributes, _address(token, run)))

    def _link(self, token: Token, first_part: int, run: "_InlineRun") -> None:
        start, end = token.meta[SPAN]
        run.cursor = end
        attributes = self._attributes(token, run)
        text = "".join(run.parts[first_part:])
        kind: LinkKind = "autolink" if token.markup == "autolink" else "link"
        href = str(token.attrs["href"])
        span = run.span(start, end)
        self.links.append(Link(href, text, span, kind, attributes, _address(token, run)))

    def _emphasis(self, token: Token, start: int, first_part: int, run: "_InlineRun") -> None:
        text, span = "".join(run.parts[first_part:]), run.span(start, run.cursor)
        self.emphases.append(Emphasis(text, span, self._attributes(token, run)))

    def _html(self, token: Token, run: "_InlineRun") -> None:
        start = run.cursor
        if BREAK.fullmatch(token.content):
            run.add(" ", len(token.content))
            self.html_tags += [
                HtmlTag("br", closing, run.span(start, run.cursor))
                for closing in ((False, True) if token.content.endswith("/>") else (False,))
            ]
            return
        run.cursor += len(token.content)

        def span(at: int, end: int) -> Span:
            return run.span(start + at, start + end)

        self.read_html(token.content, span)
        if token.content.startswith("<!--"):
            self.suppressions.in_text(token.content, span, run.lines)

    def read_html(self, html: str, span: Callable[[int, int], Span]) -> None:
        """Collect the anchors, tags, links and pictures of raw HTML; `span` source_map its offsets."""
        for name, at, end in named_tags(html):
            self.anchors.append(Anchor(name, span(at, end)))
        if "<!--" in html:
            self.foreign.comments(html, span)
        for name, closing, at, end in tags(html):
            words = html[at:end] if is_of_words(html[at:end], name) else ""
            self.html_tags.append(HtmlTag(name, closing, span(at, end), words))
        for tag in start_tags(html):
            self.html_elements.append(HtmlElement(tag.name, tag.attributes, span(*tag.place)))
        for found in addresses(html):
            place, address = span(*found.tag), span(*found.address) if found.value else None
            if found.name == "a":
                self.links.append(Link(found.value, "", place, "html", address=address))
            else:
                self.images.append(Image(found.value, found.alt, place, address=address, html=True))

    def _attributes(self, token: Token, run: "_InlineRun") -> tuple[Attributes, ...]:
        lists = attribute_lists(token)
        if not lists:
            return ()
        run.cursor = lists[-1].end
        facts = tuple(attributes_fact(found, run.segments) for found in lists)
        for fact in facts:
            self.anchors += [Anchor(i.value, i.span) for i in fact.items if i.kind == "id"]
        return facts


def _address(token: Token, run: "_InlineRun") -> Span | None:
    ends = token.meta.get(ADDRESS)
    return run.span(*ends) if ends and ends[0] < ends[1] else None


class _InlineRun:
    """One run of content: its text so far, and how far the walk has come."""

    __slots__ = (
        "behind", "content", "cursor", "length", "lines", "mapping", "marks", "parts", "segments",
    )  # fmt: skip

    def __init__(self, content: str, segments: Segments, lines: tuple[int, int] | None) -> None:
        self.marks = 0  # of bold text, so far, that print
        self.lines = lines
        self.content = content
        self.segments = segments
        self.cursor = 0
        self.parts: list[str] = []
        self.length = 0
        self.mapping: list[tuple[int, int]] = []
        self.behind: Callable[[str], tuple[ResidueKind, int, int] | None] | None = None

    def add(self, text: str, width: int) -> None:
        """Text that stands at the cursor, `width` characters wide in the content."""
        at = self.cursor
        self.mapping.append((self.length, to_source(self.segments, at)))
        if len(self.segments) > 1 and width == len(text) > 1:
            # A code span over several lines: each line begins elsewhere in the file.
            first = bisect_right(self.segments, at, key=itemgetter(0))
            last = bisect_left(self.segments, at + width, key=itemgetter(0))
            self.mapping += [(self.length + s - at, f) for s, f in self.segments[first:last]]
        self.parts.append(text)
        self.length += len(text)
        self.cursor = at + width

    def line_end(self) -> None:
        """A line end in the content, with the blanks around it: one space for a reader."""
        self.cursor = self.content.find("\n", self.cursor)
        self.add(" ", 1)
        while self.content.startswith(BLANKS, self.cursor):
            self.cursor += 1

    def span(self, start: int, end: int) -> Span:
        """The place in the file of `content[start:end]`."""
        return source_span(self.segments, start, end)

    def text(self) -> Text:
        """All text so far."""
        return Text("".join(self.parts), tuple(self.mapping))


def attributes_fact(found: AttributeList, segments: Segments) -> Attributes:
    """The fact of a list whose offsets are in the content that `segments` describe."""
    items = (
        AttributeItem(source_span(segments, i.start, i.end), i.kind, i.value, i.key)
        for i in found.items
    )
    return Attributes(source_span(segments, found.start, found.end), tuple(items))
