"""A file's text and places in it: the one coordinate is the offset in the decoded text."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import msgspec

BOM = b"\xef\xbb\xbf"
LINE_END = re.compile(r"\r\n?|\n")
"""CommonMark 0.31, section 2.1: LF, CR LF, or CR alone."""

UNDECODABLE = re.compile(r"[\udc80-\udcff]+")
REPLACEMENT = "\ufffd"


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A half-open range `[start, end)` of offsets, in characters of the decoded text."""

    start: int
    end: int


class Position(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A place as people count: line and column from 1, the column in characters."""

    line: int
    column: int


class Edit(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Replace the text of `span` (empty for an insertion) by `text`.

    `removes` has the words, in their order, of the text that is replaced: so an edit that has got to
    the wrong place is told from one in the right.
    """

    span: Span
    text: str
    removes: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text start, as offsets, and how long it is, in characters."""

    path: str
    line_starts: Sequence[int]
    length: int

    def position(self, offset: int) -> Position:
        """Line and column, from 1, of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset."""
        return bisect_right(self.line_starts, offset)

    @classmethod
    def unpacked(cls, path: str, starts: bytes, length: int) -> "Lines":
        """Lines whose starts were packed. Raises ValueError where they were not."""
        return cls(path, array("I", starts), length)


def packed_starts(starts: Sequence[int]) -> bytes:
    """Where lines start, four bytes a line."""
    return array("I", starts).tobytes()


class SourceFile:
    """One file as decoded text, and the way between its offsets and its lines.

    `path` is the path as the user gave it, with `/`. `text` is without the byte order mark and
    keeps its line ends. `undecodable` holds a span for every run of bytes that is not UTF-8; in
    `text` each of those bytes is one U+FFFD.
    """

    def __init__(
        self, path: str, text: str, *, has_bom: bool = False, undecodable: tuple[Span, ...] = ()
    ) -> None:
        self.path = path
        self.text = text
        self.has_bom = has_bom
        self.undecodable = undecodable

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> "SourceFile":
        """Decode `data` as UTF-8, with or without a byte order mark; never raises."""
        has_bom = data.startswith(BOM)
        body = data[len(BOM) :] if has_bom else data
        try:
            return cls(path, body.decode("utf-8"), has_bom=has_bom)
        except UnicodeDecodeError:
            text = body.decode("utf-8", "surrogateescape")
        undecodable = tuple(Span(m.start(), m.end()) for m in UNDECODABLE.finditer(text))
        readable = UNDECODABLE.sub(lambda m: REPLACEMENT * len(m.group()), text)
        return cls(path, readable, has_bom=has_bom, undecodable=undecodable)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of every line."""
        if "\r" in self.text:
            return [0, *(m.end() for m in LINE_END.finditer(self.text))]
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]

    @property
    def newline(self) -> str:
        """The line end that most lines have; LF where there is none."""
        crlf = self.text.count("\r\n")
        ends = {
            "\n": self.text.count("\n") - crlf,
            "\r\n": crlf,
            "\r": self.text.count("\r") - crlf,
        }
        return max(ends, key=lambda end: ends[end])

    def position(self, offset: int) -> Position:
        """Line and column of `offset`; an offset past the end is the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line end."""
        start = self.line_starts[number - 1]
        match = LINE_END.search(self.text, start)
        return self.text[start : match.start() if match else len(self.text)]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` applied; raises ValueError where two of them overlap."""
    parts: list[str] = []
    cursor = 0
    for edit in sorted(edits):
        if edit.span.start < cursor:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        parts += (text[cursor : edit.span.start], edit.text)
        cursor = edit.span.end
    return "".join(parts) + text[cursor:]
