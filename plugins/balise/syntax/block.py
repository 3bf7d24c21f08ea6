"""The outer form of every block of the dialect: `> [!type]`, up to the next blank line.

Lines without `>` before that blank line belong to the block as well, whatever they begin, except
a heading and a comment. The marker of another block ends it, too. What stands inside is read by the construct
that the type names: `callout.py`, `faq.py`, `tabs.py` and so on.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

MARKER = re.compile(r">[ \t]*\[!([^\]\n]*)\](?![(\[])[ \t]*")
ENDING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)|<!--")
"""A heading or a comment, which tools put around parts of a page."""


class Body(msgspec.Struct, frozen=True):
    """The lines `[first, last)` of a block, their `> ` taken off; `lazy` are those that had none.

    `opening` is the token that begins the block.
    """

    first: int
    last: int
    lazy: frozenset[int]
    opening: Token


BodyRule = Callable[[StateBlock, Body], None]
"""Reads the lines of a block: pushes tokens, and leaves the state's line marks as they are."""


class BlockConstruct(msgspec.Struct, frozen=True):
    """A construct that begins with a marker: tokens `name_open` and `name_close` around its body."""

    name: str
    types: frozenset[str]
    read: BodyRule


def block_type(token: Token) -> str:
    """The type as the dialect knows it: case is forgiven, blanks around it are not part of it."""
    return token.info.strip().casefold()


def read_as_page(state: StateBlock, body: Body) -> None:
    """The body of a block that may hold anything."""
    tokenize_lines(state, body.first, body.last)


def tokenize_lines(state: StateBlock, first: int, last: int, indent: int = 0) -> None:
    """Read the lines `[first, last)` as blocks of their own, behind `indent` columns."""
    parent, line_max, outer = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "blockquote", last, indent
    state.md.block.tokenize(state, first, last)
    state.parentType, state.lineMax, state.blkIndent = parent, line_max, outer


class LineMarks:
    """Lines whose marks are moved for a while, to be put back."""

    def __init__(self, state: StateBlock) -> None:
        self.state = state
        self.saved: list[tuple[int, int, int, int, int]] = []

    def begin_at(self, line: int, pos: int, *, inside_tab: bool = False) -> None:
        """Let `line` begin at offset `pos`; its tabs count from the column where they stand.

        A tab at `pos` may have lost its first column to the marker in front of it.
        """
        s = self.state
        self._save(line)
        column = self._column(line, pos) + inside_tab
        shift = width = 0
        while pos + shift < s.eMarks[line] and (char := s.src[pos + shift]) in " \t":
            width += 4 - (column + width) % 4 if char == "\t" else 1
            shift += 1
        s.bMarks[line] = pos
        s.tShift[line] = shift
        s.sCount[line] = width
        s.bsCount[line] = column

    def strip_prefix(self, line: int) -> bool:
        """Take `>` and one space behind it off the line; False for a line that has none."""
        s = self.state
        pos = s.bMarks[line] + s.tShift[line]
        if not s.src.startswith(">", pos):
            # The content is parsed without the indent of the list item that holds the block.
            self._save(line)
            s.sCount[line] -= s.blkIndent
            return False
        pos += 1
        if s.src.startswith("\t", pos) and self._column(line, pos) % 4 != 3:
            self.begin_at(line, pos, inside_tab=True)
        else:
            self.begin_at(line, pos + 1 if s.src.startswith((" ", "\t"), pos) else pos)
        return True

    def restore(self) -> None:
        """Put every mark back as it was."""
        s = self.state
        for line, *marks in reversed(self.saved):
            s.bMarks[line], s.tShift[line], s.sCount[line], s.bsCount[line] = marks

    def _column(self, line: int, pos: int) -> int:
        s = self.state
        return s.sCount[line] + s.bsCount[line] + (pos - s.bMarks[line] - s.tShift[line])

    def _save(self, line: int) -> None:
        s = self.state
        self.saved.append((line, s.bMarks[line], s.tShift[line], s.sCount[line], s.bsCount[line]))


def block_plugin(
    md: MarkdownIt, constructs: Sequence[BlockConstruct], fallback: BlockConstruct
) -> None:
    """Read blocks of the given constructs; one of a type that there is not is a `fallback`."""
    by_type: Mapping[str, BlockConstruct] = {
        name: construct for construct in constructs for name in construct.types
    }

    def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        pos = state.bMarks[start_line] + state.tShift[start_line]
        if not state.src.startswith(">", pos) or state.is_code_block(start_line):
            return False
        marker = MARKER.match(state.src, pos, state.eMarks[start_line])
        if marker is None:
            return False
        if silent:
            return True
        construct = by_type.get(marker[1].strip().casefold(), fallback)

        marks = LineMarks(state)
        marks.begin_at(start_line, marker.end())
        lazy: dict[int, tuple[int, int]] = {}
        line = start_line + 1
        while line < end_line and _belongs(state, line, by_type):
            if not marks.strip_prefix(line):
                lazy[line] = _without_indent(state, line)
            line += 1

        token = state.push(f"{construct.name}_open", "div", 1)
        token.markup = ">"
        token.info = marker[1]
        token.meta = {
            "marker": (state.src.index("[", pos), marker.start(1) + len(marker[1]) + 1),
            "behind": _text_behind(state, start_line),
            "lazy": list(lazy.values()),
        }
        token.map = [start_line, line]
        construct.read(state, Body(start_line, line, frozenset(lazy), token))
        marks.restore()
        state.line = line
        token = state.push(f"{construct.name}_close", "div", -1)
        token.markup = ">"
        token.info = marker[1]
        return True

    md.block.ruler.before(
        "blockquote", "block", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _text_behind(state: StateBlock, line: int) -> tuple[int, int] | None:
    """The text on the marker's own line."""
    if state.isEmpty(line):
        return None
    start = state.bMarks[line] + state.tShift[line]
    return start, start + len(state.src[start : state.eMarks[line]].rstrip())


def _without_indent(state: StateBlock, line: int) -> tuple[int, int]:
    """A line from where its `>` would stand: behind the indent of the list item around it."""
    start = state.bMarks[line] + min(state.tShift[line], state.blkIndent)
    end = state.eMarks[line]
    return start, start + len(state.src[start:end].rstrip())


def _belongs(state: StateBlock, line: int, types: Mapping[str, BlockConstruct]) -> bool:
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return False
    pos, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.src[pos] != ">":
        return not ENDING.match(state.src, pos, end)
    marker = MARKER.match(state.src, pos, end)
    return marker is None or marker[1].strip().casefold() not in types
