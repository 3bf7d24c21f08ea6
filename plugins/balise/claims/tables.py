"""Claims of tables: a cell by the labels of its row and column, or by its own sentence."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from balise.claims.model import HostClaim, PortClaim, Security, Source, SourceKind
from balise.claims.patterns import HOST, LanguagePatterns, named_protocols, normalize
from balise.claims.section import (
    Mention,
    SectionContext,
    infer_subject,
    port_numbers,
    section_context,
)
from balise.claims.sentences import Passage, port_claims
from balise.claims.well_known import is_mail_port
from balise.document import Document, Table, TableCell

WORTHWHILE = re.compile(r"[0-9]{2}|\w\.\w")
"""What a table without any claim lacks: two digits, or part of a host's name."""
MAX_HOST_CELL = 200
"""Characters of a cell in which a host is the value of the cell, and not part of a text."""


class _ParsedCell(msgspec.Struct, frozen=True):
    """A cell: its text as `normalize` makes it, and the numbers in that, as pairs of offsets.

    One that is `only_numbers` has nothing else in it, separators aside.
    """

    cell: TableCell
    folded: str
    numbers: list[tuple[int, int]]
    only_numbers: bool


class _Row(msgspec.Struct, frozen=True):
    """A row of a table, with what its cells are read by.

    `header` is empty where the table's first row is one of values.
    """

    cells: Sequence[_ParsedCell]
    header: Sequence[_ParsedCell]
    context: SectionContext
    patterns: LanguagePatterns

    def column_label(self, index: int) -> _ParsedCell | None:
        """The cell of the header above the cell at `index`."""
        return self.header[index] if index < len(self.header) else None

    def row_labels(self) -> Iterator[tuple[int, _ParsedCell]]:
        """The cells that have more than numbers, with their indexes."""
        for index, cell in enumerate(self.cells):
            if not cell.only_numbers and cell.folded.strip():
                yield index, cell


def claims_in_table(
    document: Document, table: Table, patterns: LanguagePatterns
) -> Iterator[PortClaim | HostClaim]:
    """The claims of one table; rows of pipes without a separator row are one as well."""
    if not any(WORTHWHILE.search(c.text.text) for row in table.rows for c in row.cells):
        return
    header, *rows = ([_parse_cell(cell, patterns) for cell in row.cells] for row in table.rows)
    if any(cell.only_numbers for cell in header):
        rows = [header, *rows]
        header = []
    labels = [*header, *(cells[0] for cells in rows)]
    text = " ".join(cell.folded for cells in (header, *rows) for cell in cells)
    about_ports = any(patterns.port.search(label.folded) for label in labels)
    about_ports = about_ports or bool(named_protocols(text))
    if not about_ports and not any(patterns.direction(cells[0].folded) for cells in rows):
        return
    context = section_context(document, table.span.start, patterns)
    for cells in rows:
        yield from _claims_in_row(_Row(cells, header, context, patterns))


def _parse_cell(cell: TableCell, patterns: LanguagePatterns) -> _ParsedCell:
    folded = normalize(cell.text.text)
    numbers = patterns.number_spans(folded, 0, len(folded), allow_years=True)
    rest, cursor = "", 0
    for start, end in numbers:
        rest += folded[cursor:start]
        cursor = end
    rest = patterns.separator.sub("", " ".join((rest + folded[cursor:]).split()))
    return _ParsedCell(cell, folded, numbers, bool(numbers) and not rest.strip())


def _claims_in_row(row: _Row) -> Iterator[PortClaim | HostClaim]:
    port = row.patterns.port
    for index, cell in enumerate(row.cells):
        if cell.only_numbers and _is_about_ports(row, index):
            yield _port_claim(row, index)
        elif cell.numbers and index and port.search(row.cells[0].folded):
            yield from _labelled_sentence_claims(row, index)
        elif cell.numbers and port.search(cell.folded):
            passage = Passage(cell.cell.text, cell.folded, row.context, row.patterns, "table")
            yield from port_claims(passage)
        yield from _host_claims(row, index)


def _is_about_ports(row: _Row, index: int) -> bool:
    """Whether the cell at `index`, which has nothing but numbers, is about ports.

    Its column or row says so, or the corner of the table, or there is nothing but a direction
    beside it, no header above it, and its numbers are ports of mail.
    """
    first = row.cells[0]
    labels = [first] if index else []
    if column := row.column_label(index):
        labels.append(column)
    if row.header and index and not first.only_numbers:
        labels.append(row.header[0])
    if any(row.patterns.port.search(label.folded) for label in labels):
        return True
    if row.header:
        return False
    cell = row.cells[index]
    of_mail = all(is_mail_port(int(cell.folded[start:end])) for start, end in cell.numbers)
    return of_mail and any(
        row.patterns.direction(label.folded) or named_protocols(label.folded) for label in labels
    )


def _port_claim(row: _Row, index: int) -> PortClaim:
    """The claim of a cell of nothing but numbers, by the labels of its row and column."""
    cell = row.cells[index]
    labels: list[tuple[_ParsedCell, SourceKind]] = [(label, "row") for _, label in row.row_labels()]
    if column := row.column_label(index):
        labels.append((column, "column"))
    named = [
        Mention(protocol, kind, label.cell.span)
        for label, kind in labels
        for protocol in named_protocols(label.folded)
        if not HOST.search(label.folded)
    ]
    directions = [
        Mention(direction, kind, label.cell.span)
        for label, kind in labels
        if (direction := row.patterns.direction(label.folded))
    ]
    sole = named[0] if len({mention.value for mention in named}) == 1 else None
    several = sole is None and bool(named)
    context = SectionContext(row.context.section, None, None) if several else row.context
    subject = infer_subject(context, sole, directions[0] if directions else None)
    security, source = _security(row, index) or (None, None)
    return PortClaim(
        port_numbers(cell.cell.text, cell.folded, cell.numbers),
        subject.protocol,
        subject.direction,
        security,
        "table",
        cell.cell.span,
        context.section,
        tuple(mention.value for mention in named),
        (*subject.sources, source) if source else subject.sources,
        row.context.heading,
        _together(row, labels),
    )


def _together(row: _Row, labels: Sequence[tuple[_ParsedCell, SourceKind]]) -> tuple[str, ...]:
    """The protocols of the label that names several ("IMAP or POP"), if no other one names any."""
    found = [named for label, _ in labels if (named := named_protocols(label.folded))]
    if len(found) != 1 or len(set(found[0])) == 1:
        return ()
    return tuple(dict.fromkeys(found[0]))


def _security(row: _Row, index: int) -> tuple[Security, Source] | None:
    """By the cell's own column, or a cell of its row, or "yes" in a column that is called SSL."""
    patterns, column = row.patterns, row.column_label(index)
    if column is not None and (security := patterns.label_security(column.folded)):
        return security, Source("security", "column", column.cell.span)
    for at, cell in row.row_labels():
        source = Source("security", "row", cell.cell.span)
        if security := patterns.label_security(cell.folded):
            return security, source
        above = row.column_label(at)
        label = above.folded if above else ""
        word = cell.folded.strip(" .")
        if not patterns.secured.search(label):
            continue
        if word in patterns.no:
            # Without STARTTLS a port may be encrypted all the same.
            if "starttls" not in label:
                return "none", source
        elif word in patterns.yes:
            return "starttls" if "starttls" in label else "tls", source
    return None


def _labelled_sentence_claims(row: _Row, index: int) -> Iterator[PortClaim]:
    """`Incoming port | Enter the port 993.`"""
    cell, label = row.cells[index], row.cells[0]
    spans = [
        span
        for span in cell.numbers
        if row.patterns.port.search(cell.folded[: span[0]]) or len(cell.numbers) == 1
    ]
    if not spans or len(cell.numbers) > 2:
        return
    direction, protocols = row.patterns.direction(label.folded), named_protocols(label.folded)
    subject = infer_subject(
        row.context,
        Mention(protocols[0], "row", label.cell.span) if len(set(protocols)) == 1 else None,
        Mention(direction, "row", label.cell.span) if direction else None,
    )
    yield PortClaim(
        port_numbers(cell.cell.text, cell.folded, spans),
        subject.protocol,
        subject.direction,
        row.patterns.security(cell.folded),
        "table",
        cell.cell.span,
        row.context.section,
        tuple(protocols),
        subject.sources,
        row.context.heading,
    )


def _host_claims(row: _Row, index: int) -> Iterator[HostClaim]:
    """The claim of a cell with one host in it, by the labels of its row and column."""
    cell = row.cells[index]
    hosts = list(HOST.finditer(cell.folded))
    if len(hosts) != 1 or len(cell.folded) > MAX_HOST_CELL:
        return
    labels = [label.folded for at, label in row.row_labels() if at != index]
    if column := row.column_label(index):
        labels.append(column.folded)
    text = " | ".join(labels)
    direction, protocols = row.patterns.direction(text), set(named_protocols(text))
    span = cell.cell.text.span(*hosts[0].span())
    subject = infer_subject(
        row.context,
        Mention(protocols.pop(), "row", span) if len(protocols) == 1 else None,
        Mention(direction, "row", span) if direction else None,
    )
    if subject.direction and (row.patterns.server.search(text) or direction):
        host, section = hosts[0][0], row.context.section
        yield HostClaim(host, subject.protocol, subject.direction, "table", span, section)
