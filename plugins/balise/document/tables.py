"""The tables of a page, row by row."""

from collections.abc import Sequence

from markdown_it.token import Token

from balise.base.source import Span
from balise.document.inlines import InlineCollector
from balise.document.model import Table, TableCell, TableRow
from balise.document.source_map import SourceMap


def read_table(
    tokens: Sequence[Token], index: int, source_map: SourceMap, inlines: InlineCollector
) -> tuple[Table, int]:
    """The table that begins at `tokens[index]`, and the index of the token that ends it."""
    opening = tokens[index]
    rows: list[TableRow] = []
    cells: list[TableCell] = []
    while tokens[index].type != "table_close":
        token = tokens[index]
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline":
            cells.append(TableCell(inlines.read(token), source_map.content_span(token)))
        elif token.type == "tr_close":
            rows.append(_row(row, tuple(cells), source_map))
        index += 1
    span = Span(rows[0].span.start, rows[-1].span.end)
    line = opening.map[0] + 1 if opening.map else 1
    separator, separator_line = opening.meta["separator"], opening.meta["separator_line"]
    misfit = None
    if not separator and separator_line is not None:
        misfit = _row_span(separator_line, opening.meta["separator_start"], source_map)
    below = opening.map[1] if opening.map else 0
    text_below = below < len(source_map.lines) and bool(source_map.lines[below].strip(" \t>"))
    return Table(tuple(rows), separator, misfit, span, line, text_below), index


def _row(token: Token, cells: tuple[TableCell, ...], source_map: SourceMap) -> TableRow:
    line = token.map[0] if token.map else 0
    start: int = token.meta["start"]
    prefix = source_map.lines[line][: start - source_map.starts[line]]
    ends: tuple[int, int] | None = token.meta["beyond"]
    beyond = source_map.span(ends) if ends else None
    return TableRow(cells, _row_span(line, start, source_map), token.meta["cells"], prefix, beyond)


def _row_span(line: int, start: int, source_map: SourceMap) -> Span:
    """From offset `start` of the parser's input, on `line`, to the line's last character."""
    text = source_map.lines[line].rstrip(" \t")
    return Span(source_map.offset(start), source_map.file_starts[line] + len(text))
