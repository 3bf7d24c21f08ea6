"""From places in the parser's input to places in the file."""

import sys
from bisect import bisect_right

from markdown_it.token import Token

from balise.base.source import LINE_END, REPLACEMENT, SourceFile, Span

Segments = tuple[tuple[int, int], ...]
"""Pairs of an offset in some content and the offset in the file of the same character."""


class SourceMap:
    """One page's lines, as the parser sees them (`text`: LF only, no NUL) and as the file has them."""

    def __init__(self, source: SourceFile) -> None:
        has_cr = "\r" in source.text
        text = LINE_END.sub("\n", source.text) if has_cr else source.text
        self.text = text.replace("\0", REPLACEMENT)
        self.lines = self.text.split("\n")
        self.file_starts = source.line_starts
        self.starts = self.file_starts
        self._last: tuple[Token | None, Segments] = (None, ())
        if has_cr:
            self.starts = [0]
            for line in self.lines:
                self.starts.append(self.starts[-1] + len(line) + 1)

    def offset(self, parsed: int) -> int:
        """The offset in the file of offset `parsed` in the parser's input."""
        if self.starts is self.file_starts:
            return parsed
        line = bisect_right(self.starts, parsed, hi=len(self.lines)) - 1
        return self.file_starts[line] + parsed - self.starts[line]

    def line(self, offset: int) -> int:
        """The line (from 0) of an offset in the file."""
        return bisect_right(self.file_starts, offset) - 1

    def lines_span(self, first: int, last: int) -> Span:
        """Lines `first` up to but not including `last` (from 0), without the last line end."""
        last = min(max(first + 1, last), len(self.lines))
        return Span(self.file_starts[first], self.file_starts[last - 1] + len(self.lines[last - 1]))

    def span(self, ends: tuple[int, int]) -> Span:
        """The place in the file of a pair of offsets in the parser's input."""
        return Span(self.offset(ends[0]), self.offset(ends[1]))

    def content_span(self, inline: Token) -> Span:
        """From the first to the last character of an inline token's content."""
        segments = self.segments(inline)
        return Span(to_source(segments, 0), to_source(segments, len(inline.content)))

    def bare_line(self, line: int) -> Span:
        """Line `line` (from 0) without the blanks around it."""
        text, start = self.lines[line], self.file_starts[line]
        return Span(start + len(text) - len(text.lstrip(" \t")), start + len(text.rstrip(" \t")))

    def segments(self, token: Token) -> Segments:
        """Where the content of an inline token stands in the file.

        Table cells and `#` headings say so themselves. Everything else is made of whole line
        ends: each line of the content is what the block parser left of a line of the file.
        """
        if token is not self._last[0]:
            self._last = (token, self._segments(token))
        return self._last[1]

    def _segments(self, token: Token) -> Segments:
        known: Segments | None = token.meta.get("segments")
        if known:
            if self.starts is self.file_starts:
                return known
            return tuple((ours, self.offset(theirs)) for ours, theirs in known)
        first, last = token.map or (0, 1)
        last = max(last, first + 1)
        if "\n" not in token.content:
            return ((0, self._start(token.content, first, last)[1]),)
        segments: list[tuple[int, int]] = []
        at = 0
        for piece in token.content.split("\n"):
            line, offset = self._start(piece, first, last)
            segments.append((at, offset))
            at += len(piece) + 1
            first = line + 1
        return tuple(segments)

    def _start(self, piece: str, first: int, last: int) -> tuple[int, int]:
        """The line that ends with `piece`, blanks aside, and the offset where the piece begins.

        That is line `first`, but for a paragraph whose first lines are blank in Unicode only.
        """
        for line in range(first, last):
            found = self.start_of_piece(piece, line)
            if found is not None:
                return line, found
        return last - 1, self.file_starts[last - 1]

    def line_segments(self, content: str, first: int) -> Segments:
        """Where `content` stands in the file, each line of which is the end of a line from `first` on.

        A pair that goes on where the one before it leads is left out.
        """
        segments: list[tuple[int, int]] = []
        at = 0
        for line, piece in enumerate(content.split("\n"), first):
            start = self.start_of_piece(piece, line)
            start = self.file_starts[line] if start is None else start
            if not segments or start - segments[-1][1] != at - segments[-1][0]:
                segments.append((at, start))
            at += len(piece) + 1
        return tuple(segments)

    def start_of_piece(self, piece: str, line: int) -> int | None:
        """The offset where `piece` begins, with which line `line` (from 0) ends, blanks aside.

        Where the indent of a list cuts a tab, the block parser puts spaces that no line has.
        """
        found = self.lines[line].rfind(piece)
        if found < 0:
            bare = piece.lstrip(" ")
            found = self.lines[line].rfind(bare)
            if found < 0:
                return None
            found -= len(piece) - len(bare)
        return self.file_starts[line] + found


def source_span(segments: Segments, start: int, end: int) -> Span:
    """The place in the file of `[start, end)`, which is not empty, of such a content."""
    return Span(to_source(segments, start), to_source(segments, end - 1) + 1)


def to_source(segments: Segments, at: int) -> int:
    """The offset in the file of offset `at` in the content that `segments` describe."""
    if len(segments) == 1:
        return segments[0][1] + at - segments[0][0]
    # A pair that sorts behind all others with this offset: a key would cost a call for each look.
    index = max(0, bisect_right(segments, (at, sys.maxsize)) - 1)
    return segments[index][1] + at - segments[index][0]
