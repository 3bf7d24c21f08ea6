"""The blocks of a page and their parts, collected while its tokens are walked."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from markdown_it.token import Token

from balise.base.source import Span
from balise.document.inlines import Inlines
from balise.document.model import Block, Part
from balise.document.source_map import SourceMap
from balise.syntax import BLOCKS
from balise.syntax.carousel import caption
from balise.syntax.image import alt_text

OPENINGS = frozenset(f"{construct.name}_open" for construct in BLOCKS) | {"details_open"}
CLOSINGS = frozenset(f"{construct.name}_close" for construct in BLOCKS) | {"details_close"}
PARTS: dict[str, Literal["tab", "faq-entry", "slide", "api-call"]] = {
    "tab_open": "tab",
    "faq_entry_open": "faq-entry",
    "slide": "slide",
    "api_call": "api-call",
}


class Blocks:
    """Blocks that are open, and those that are complete (`found`, by where they end)."""

    def __init__(self, source_map: SourceMap, inlines: Inlines) -> None:
        self.source_map = source_map
        self.inlines = inlines
        self.found: list[Block] = []
        self.opened: list[tuple[Token, list[Part], bool, bool]] = []
        self.quoting = 0
        """How many blocks with `>`, and quotations, are open."""

    def open(self, tokens: Sequence[Token], index: int) -> None:
        """A block begins at `tokens[index]`."""
        token = tokens[index]
        # `details_open, details_title_open, inline, details_title_close, ...`
        content = index + (4 if token.type == "details_open" else 1)
        self.opened.append((token, [], tokens[content].nesting < 0, self.quoting > 0))
        self.quoting += token.type != "details_open"

    def close(self) -> None:
        """The block that was opened last ends."""
        token, parts, empty, nested = self.opened.pop()
        self.quoting -= token.type != "details_open"
        first, last = token.map or (0, 1)
        marker = self.source_map.span(token.meta["marker"])
        lines = self.source_map.lines_span(first, last)
        mark = "/" if token.type == "details_open" else ">"
        column = self.source_map.lines[first].find(mark)
        if mark == ">":
            column = self.source_map.lines[first].rfind(mark, 0, marker.start - lines.start)
        behind = token.meta.get("behind")
        lazy: list[tuple[int, int]] = token.meta.get("lazy", [])
        self.found.append(
            Block(
                type=token.info,
                marker=marker,
                span=Span(lines.start + column, lines.end),
                line=first + 1,
                title=token.meta.get("title", ""),
                behind=self.source_map.span(behind) if behind else None,
                parts=tuple(parts),
                bare_lines=tuple(self._last_character(line) for line in token.meta.get("bare", ())),
                below_text=first > 0 and bool(self.source_map.lines[first - 1].strip(" \t>")),
                empty=empty,
                closed=token.meta.get("closed", True),
                nested=nested,
                lazy=tuple(self.source_map.span(ends) for ends in lazy),
                swallowed=self._swallowed(first, lazy, behind),
                malformed=tuple(
                    self.source_map.span(ends) for ends in token.meta.get("malformed", ())
                ),
                ends_bare=last > first + 1 and not self.source_map.lines[last - 1].strip(" \t>"),
                blank_below=last < len(self.source_map.lines)
                and not self.source_map.lines[last].strip(),
            )
        )

    def part(self, tokens: Sequence[Token], index: int) -> None:
        """A part of the innermost block begins at `tokens[index]`."""
        token = tokens[index]
        kind = PARTS[token.type]
        first, last = token.map or (0, 1)
        span = self.source_map.lines_span(first, last)
        parts = self.opened[-1][1]
        if kind == "api-call":
            call = token.meta
            place_of_call = self.source_map.span((call["start"], call["end"]))
            parts.append(
                Part(
                    kind,
                    None,
                    place_of_call,
                    first + 1,
                    place_of_call,
                    verb=call["verb"],
                    path=call["path"],
                    zone=call["zone"],
                    version=call["version"],
                    section=call["section"],
                )
            )
        elif kind == "slide":
            self.inlines.read(token)
            behind = alt_text(caption(token)).strip()
            images = [t for t in token.children or () if t.type == "image"]
            title = behind or (alt_text(images[0].children) if images else "")
            whole = self.source_map.content_span(token)
            parts.append(Part(kind, title or None, span, first + 1, whole))
        else:
            # `tab_open, tab_title_open, inline, tab_title_close, ...`, and likewise for a faq.
            inline = tokens[index + 2]
            plain = alt_text(inline.children) if inline.content else None
            title_span = (
                self.source_map.content_span(inline)
                if inline.content
                else self.source_map.bare_line(first)
            )
            empty = not token.meta["filled"]
            parts.append(Part(kind, plain, span, first + 1, title_span, empty=empty))

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
