"""The blocks of a page, collected while its tokens are walked."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token
from msgspec.structs import asdict

from balise.base.source import Span
from balise.document.block_model import (
    ApiBlock,
    ApiCall,
    BaseBlock,
    Block,
    Callout,
    Carousel,
    Details,
    Faq,
    FaqEntry,
    MarkerBlock,
    ProductSection,
    Slide,
    Tab,
    Tabs,
    UnknownBlock,
)
from balise.document.inlines import InlineCollector
from balise.document.source_map import SourceMap
from balise.syntax import BLOCKS, CALLOUT_TYPES
from balise.syntax.block import block_type
from balise.syntax.carousel import caption
from balise.syntax.image import alt_text

OTHERWISE = re.compile(r"[ \t]*+\[!| *+\t")
"""A line that with a `>` in front begins a block, or whose tab reaches to another column."""
DETAILS = "details_open"
OPENINGS = frozenset(f"{construct.name}_open" for construct in BLOCKS) | {DETAILS}
CLOSINGS = frozenset(f"{construct.name}_close" for construct in BLOCKS) | {"details_close"}
PARTS = frozenset({"tab_open", "faq_entry_open", "slide", "api_call"})
"""Types of the tokens with which a part of a block begins."""


@dataclass
class _OpenBlock:
    """A block whose end has not been reached, and the parts of it that have."""

    token: Token
    empty: bool
    nested: bool
    parts: list[Any] = field(default_factory=list)


class BlockCollector:
    """Collects the blocks of a page, in the order in which they end."""

    def __init__(self, source_map: SourceMap, inlines: InlineCollector) -> None:
        self.source_map = source_map
        self.inlines = inlines
        self.blocks: list[Block] = []
        self.quotation_depth = 0
        """How many blocks with `>`, and quotations, are open."""
        self._open: list[_OpenBlock] = []

    def open(self, tokens: Sequence[Token], index: int) -> None:
        """A block begins at `tokens[index]`."""
        token = tokens[index]
        # `details_open, details_title_open, inline, details_title_close, ...`
        content = index + (4 if token.type == DETAILS else 1)
        empty = tokens[content].nesting < 0
        self._open.append(_OpenBlock(token, empty, nested=self.quotation_depth > 0))
        self.quotation_depth += token.type != DETAILS

    def close(self) -> None:
        """The block that was opened last ends."""
        block = self._open.pop()
        if block.token.type == DETAILS:
            self.blocks.append(self._details(block))
        else:
            self.quotation_depth -= 1
            self.blocks.append(self._marker_block(block))

    def part(self, tokens: Sequence[Token], index: int) -> None:
        """A part of the innermost block begins at `tokens[index]`, which is of a type in `PARTS`."""
        self._open[-1].parts.append(self._part(tokens, index))

    def _details(self, block: _OpenBlock) -> Details:
        column = self.source_map.lines[_lines(block.token)[0]].find("/")
        shared = self._base(block, column)
        meta = block.token.meta
        return Details(**asdict(shared), title=meta["title"], closed=meta["closed"])

    def _marker_block(self, block: _OpenBlock) -> Block:
        shared = asdict(self._marker_fields(block))
        meta, parts = block.token.meta, tuple(block.parts)
        match block.token.type:
            case "tabs_open":
                bare_lines = tuple(self._last_character(line) for line in meta["bare"])
                return Tabs(**shared, tabs=parts, bare_lines=bare_lines)
            case "faq_open":
                return Faq(**shared, entries=parts)
            case "carousel_open":
                return Carousel(**shared, slides=parts)
            case "api_open":
                malformed = tuple(self.source_map.span(ends) for ends in meta["malformed"])
                return ApiBlock(**shared, calls=parts, malformed=malformed)
            case "product_section_open":
                return ProductSection(**shared)
        known = block_type(block.token) in CALLOUT_TYPES
        return Callout(**shared) if known else UnknownBlock(**shared)

    def _marker_fields(self, block: _OpenBlock) -> MarkerBlock:
        lines = self.source_map.lines
        first, last = _lines(block.token)
        meta = block.token.meta
        before = self.source_map.offset(meta["marker"][0]) - self.source_map.file_starts[first]
        shared = self._base(block, lines[first].rfind(">", 0, before))
        behind: tuple[int, int] | None = meta["behind"]
        lazy: list[tuple[int, int]] = meta["lazy"]
        return MarkerBlock(
            **asdict(shared),
            behind=self.source_map.span(behind) if behind else None,
            lazy=tuple(self.source_map.span(ends) for ends in lazy),
            reads_otherwise=any(OTHERWISE.match(self.source_map.text, at) for at, _ in lazy),
            swallowed=self._swallowed(first, lazy, behind),
            ends_bare=last > first + 1 and not lines[last - 1].strip(" \t>"),
            blank_below=last < len(lines) and not lines[last].strip(),
        )

    def _base(self, block: _OpenBlock, column: int) -> BaseBlock:
        """What all blocks have; `column`, from 0, is where the block begins on its first line."""
        first, last = _lines(block.token)
        lines = self.source_map.lines_span(first, last)
        return BaseBlock(
            type=block.token.info,
            marker=self.source_map.span(block.token.meta["marker"]),
            span=Span(lines.start + column, lines.end),
            line=first + 1,
            empty=block.empty,
            nested=block.nested,
            below_text=first > 0 and bool(self.source_map.lines[first - 1].strip(" \t>")),
        )

    def _part(self, tokens: Sequence[Token], index: int) -> Tab | FaqEntry | Slide | ApiCall:
        token = tokens[index]
        first, last = _lines(token)
        span, line = self.source_map.lines_span(first, last), first + 1
        match token.type:
            case "slide":
                return Slide(*self._caption(token), span, line)
            case "api_call":
                return ApiCall(
                    **token.meta["call"], span=self.source_map.span(token.meta["place"]), line=line
                )
        kind = Tab if token.type == "tab_open" else FaqEntry
        return kind(*self._title(tokens, index), span, line, empty=not token.meta["filled"])

    def _title(self, tokens: Sequence[Token], index: int) -> tuple[str | None, Span]:
        """The title of a panel that begins at `tokens[index]`, and its place."""
        # `tab_open, tab_title_open, inline, tab_title_close, ...`, and likewise for a faq.
        inline = tokens[index + 2]
        if inline.content:
            return alt_text(inline.children), self.source_map.content_span(inline)
        return None, self.source_map.bare_line(_lines(tokens[index])[0])

    def _caption(self, token: Token) -> tuple[str | None, Span]:
        """The caption of a slide, and the place of its content."""
        self.inlines.read(token)
        text = alt_text(caption(token)).strip()
        images = [child for child in token.children or () if child.type == "image"]
        if not text and images:
            text = alt_text(images[0].children)
        return text or None, self.source_map.content_span(token)

    def _swallowed(
        self, first: int, lazy: Sequence[tuple[int, int]], behind: tuple[int, int] | None
    ) -> Span | None:
        """The first lazy line, where it stands below a bare one that follows content."""
        if not lazy:
            return None
        line = bisect_right(self.source_map.starts, lazy[0][0]) - 1
        above = [text.strip(" \t>") for text in self.source_map.lines[first + 1 : line]]
        ended = above and not above[-1] and (behind or any(above))
        return self.source_map.span(lazy[0]) if ended else None

    def _last_character(self, line: int) -> Span:
        end = self.source_map.file_starts[line] + len(self.source_map.lines[line].rstrip(" \t"))
        return Span(end - 1, end)


def _lines(token: Token) -> tuple[int, int]:
    """The lines `[first, last)` of a block's token, from 0."""
    first, last = token.map or (0, 1)
    return first, last
