"""The texts that an editor has open, as it changes them, and places in them as it counts them.

An editor counts lines from 0, which end as in CommonMark, and columns in the units of an encoding:
bytes of UTF-8, pairs of bytes of UTF-16, or characters. A byte order mark is not part of the
decoded text, but an editor that sends one counts it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Literal

from balise.base.source import REPLACEMENT, SourceFile, Span

Encoding = Literal["utf-8", "utf-16", "utf-32"]

MARK = "\ufeff"
SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can write and no file can have."""

UNITS: Mapping[Encoding, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}
"""How many units of an encoding a text takes."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""From one line and column to another one, as an editor counts them."""


class TextPlaces:
    """Between offsets in a text and lines and columns, as an editor counts them."""

    def __init__(self, source: SourceFile, encoding: Encoding) -> None:
        self.source = source
        self.units = UNITS[encoding]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; one beyond a line is its end, one beyond the text the end of that."""
        source = self.source
        if line < 0:
            return 0
        if line >= len(source.line_starts):
            return len(source.text)
        start, text = source.line_starts[line], source.line(line + 1)
        column -= self.units(MARK) if source.has_bom and not line else 0
        if column <= 0:
            return start
        if text.isascii():
            return start + min(column, len(text))
        at = 0
        for at, character in enumerate(text):
            if column <= 0:
                return start + at
            column -= self.units(character)
        return start + at + 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset; one beyond the text is its end."""
        source = self.source
        offset = max(0, min(offset, len(source.text)))
        line = bisect_right(source.line_starts, offset) - 1
        before = source.text[source.line_starts[line] : offset]
        if source.has_bom and not line:
            before = MARK + before
        return line, self.units(before)

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return self.place(span.start), self.place(span.end)


class OpenDocument:
    """A text that is open in an editor; `path` is where its file is, or would be if it is `filed`."""

    def __init__(
        self, path: str, version: int, encoding: Encoding, text: str, *, filed: bool = True
    ) -> None:
        self.path = path
        self.filed = filed
        self.version = version
        self.encoding = encoding
        self.take(text)

    def take(self, text: str) -> None:
        """Have another text."""
        has_bom = text.startswith(MARK)
        readable = SURROGATES.sub(REPLACEMENT, text[has_bom:])
        self.source = SourceFile(self.path, readable, has_bom=has_bom)
        self.places = TextPlaces(self.source, self.encoding)

    def move(self, path: str) -> None:
        """Have another path."""
        self.path = path
        self.source.path = path

    def change(self, text: str, where: Range) -> None:
        """Put a text in the place of a range."""
        mark = MARK if self.source.has_bom else ""
        start, end = sorted(self._offset(place) for place in where)
        before = mark + self.source.text
        self.take(f"{before[:start]}{text}{before[end:]}")

    def _offset(self, place: tuple[int, int]) -> int:
        """The offset of a place in the text with its byte order mark."""
        marked = self.source.has_bom and place != (0, 0)
        return self.places.offset(*place) + marked
