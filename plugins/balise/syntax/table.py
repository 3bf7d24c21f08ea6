"""Tables: GFM's, and rows of pipes that lack the separator row.

A *pipe block* is two or more lines in a row that each begin with `|`, without `|---|` under the
first, or with one that has more or fewer columns. CommonMark reads it as text, but its author
meant a table: it is read as one whose first row is the header, and marked (`meta["separator"]` is
false) so that a rule can say so.
"""

import re

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

SEPARATOR = re.compile(
    r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$"
)
SPACES = " \t"
MAX_CELLS = 0x10000
"""Most cells that short rows are filled up with, in a table: a bound on what small input can ask for."""

Segments = tuple[tuple[int, int], ...]
"""Where content comes from: pairs of an offset in the content and the same place in the source."""


class TableHeader(msgspec.Struct, frozen=True):
    """The first row of a table, on `line`, and the alignment of each of its columns.

    A cell is its text and segments. It is `complete` if a separator row stands below it that has as
    many columns.
    """

    line: int
    cells: list[tuple[str, Segments]]
    aligns: list[str]
    complete: bool


def split_cells(source: str, start: int, end: int) -> list[tuple[str, Segments]]:
    """The cells of the row `source[start:end]`: text without `\\` before `|`, and its segments."""
    start, end = _stripped(source, start, end)
    if start < end and source[start] == "|":
        start += 1
    cells: list[tuple[str, Segments]] = []
    cell = start
    escapes: list[int] = []
    pos = start
    while pos < end:
        char = source[pos]
        if char == "\\" and pos + 1 < end:
            if source[pos + 1] == "|":
                escapes.append(pos)
            pos += 2
            continue
        if char == "|":
            cells.append(_cell(source, cell, pos, escapes))
            cell, escapes = pos + 1, []
        pos += 1
    if cell < end:
        cells.append(_cell(source, cell, end, escapes))
    return cells


def _cell(source: str, start: int, end: int, escapes: list[int]) -> tuple[str, Segments]:
    start, end = _stripped(source, start, end)
    if not escapes:
        return source[start:end], ((0, start),)
    text = ""
    segments = [(0, start)]
    for escape in escapes:
        text += source[start:escape]
        start = escape + 1
        segments.append((len(text), start))
    return text + source[start:end], tuple(segments)


def _stripped(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start] in SPACES:
        start += 1
    while end > start and source[end - 1] in SPACES:
        end -= 1
    return start, end


def table_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """GFM 0.29, section 4.10, or a pipe block."""
    if start_line + 1 >= end_line or state.is_code_block(start_line):
        return False
    second = start_line + 1
    if state.sCount[second] < state.blkIndent or state.is_code_block(second):
        return False
    pos = state.bMarks[second] + state.tShift[second]
    end = state.eMarks[second]
    if pos >= end or state.src[pos] not in "|-:":
        return False
    first_pos = state.bMarks[start_line] + state.tShift[start_line]
    first_end = state.eMarks[start_line]
    if state.src.find("|", first_pos, first_end) < 0:
        return False

    cells = split_cells(state.src, first_pos, first_end)
    separator = _is_separator(state.src, pos, end)
    columns = [text for text, _ in split_cells(state.src, pos, end)] if separator else []
    complete = len(columns) == len(cells) > 0
    if not complete and not (
        len(cells) > 1
        and state.src[first_pos] == state.src[pos] == "|"
        and not _begins_table(state, second, end_line)
    ):
        return False
    if silent:
        return True
    aligns = [_alignment(text) for text in columns] if complete else [""] * len(cells)
    table = state.push("table_open", "table", 1)
    table.meta = {
        "separator": complete,
        "separator_line": second if separator else None,
        "separator_start": pos,
    }
    header = TableHeader(start_line, cells, aligns, complete)
    _push_rows(state, header, second + separator, end_line)
    table.map = [start_line, state.line]
    return True


def _is_separator(source: str, pos: int, end: int) -> bool:
    if source[pos] == "-" and source.startswith((" ", "\t"), pos + 1):
        return False
    return SEPARATOR.match(source, pos, end) is not None


def _begins_table(state: StateBlock, line: int, end_line: int) -> bool:
    """Whether the line below is a separator row, so that a table of its own begins at `line`."""
    below = line + 1
    if below >= end_line or state.isEmpty(below) or state.sCount[below] < state.blkIndent:
        return False
    pos = state.bMarks[below] + state.tShift[below]
    return _is_separator(state.src, pos, state.eMarks[below])


def _alignment(text: str) -> str:
    if text.endswith(":"):
        return "center" if text.startswith(":") else "right"
    return "left" if text.startswith(":") else ""


def _push_rows(state: StateBlock, header: TableHeader, first_row: int, end_line: int) -> None:
    """Push the header and the rows from line `first_row` on, and move the state behind the last."""
    state.push("thead_open", "thead", 1)
    _push_row(state, header.line, header.cells, header.aligns, "th")
    state.push("thead_close", "thead", -1)

    terminators = state.md.block.ruler.getRules("blockquote")
    parent, state.parentType = state.parentType, "table"
    line = first_row
    filled = 0
    while line < end_line:
        pos = state.bMarks[line] + state.tShift[line]
        if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
            break
        if not header.complete and (state.src[pos] != "|" or _begins_table(state, line, end_line)):
            break
        if any(rule(state, line, end_line, True) for rule in terminators):
            break
        cells = split_cells(state.src, pos, state.eMarks[line])
        filled += max(0, len(header.aligns) - len(cells))
        if filled > MAX_CELLS:
            break
        if line == first_row:
            state.push("tbody_open", "tbody", 1)
        _push_row(state, line, cells, header.aligns, "td")
        line += 1
    if line > first_row:
        state.push("tbody_close", "tbody", -1)
    state.parentType = parent
    state.push("table_close", "table", -1)
    state.line = line


def _push_row(
    state: StateBlock, line: int, cells: list[tuple[str, Segments]], aligns: list[str], tag: str
) -> None:
    row = state.push("tr_open", "tr", 1)
    row.map = [line, line + 1]
    row.meta = {
        "cells": len(cells),
        "start": state.bMarks[line] + state.tShift[line],
        "beyond": _ends(cells[len(aligns) :]),
    }
    nowhere = ((0, state.eMarks[line]),)
    for index, align in enumerate(aligns):
        content, segments = cells[index] if index < len(cells) else ("", nowhere)
        token = state.push(f"{tag}_open", tag, 1)
        if align:
            token.attrs = {"style": f"text-align:{align}"}
        token = state.push("inline", "", 0)
        token.map = [line, line + 1]
        token.content = content
        token.children = []
        token.meta = {"segments": segments}
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _ends(cells: list[tuple[str, Segments]]) -> tuple[int, int] | None:
    """From where to where in the source the text of `cells` goes; None if there is none."""
    filled = [(text, segments) for text, segments in cells if text]
    if not filled:
        return None
    text, segments = filled[-1]
    offset, start = segments[-1]
    return filled[0][1][0][1], start + len(text) - offset


def table_plugin(md: MarkdownIt) -> None:
    """Read tables and pipe blocks; they print as markdown-it-py prints tables."""
    md.block.ruler.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    md.enable("table")
