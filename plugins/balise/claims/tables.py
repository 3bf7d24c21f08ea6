"""Statements in tables: a cell by the labels of its row and column, or by its own sentence."""

import re
from collections.abc import Iterator

import msgspec

from balise.claims.claim import HostClaim, PortClaim, Security, Source
from balise.claims.reader import HOST, Reader, cleaned, numbers, protocols
from balise.claims.scene import Said, Scene, port_numbers, scene_of, settled
from balise.claims.sentences import claims_in_text
from balise.claims.well_known import mail_port
from balise.document import Cell, Document, Table

WORTHWHILE = re.compile(r"[0-9]{2}|\w\.\w")


class _Read(msgspec.Struct, frozen=True):
    """A cell: its folded text, the numbers in it, and whether it has nothing else."""

    cell: Cell
    folded: str
    numbers: list[tuple[int, int]]
    pure: bool


def claims_in_table(
    document: Document, table: Table, reader: Reader
) -> Iterator[PortClaim | HostClaim]:
    """The statements of one table; rows of pipes without a separator row are one as well."""
    if not any(WORTHWHILE.search(c.text.text) for row in table.rows for c in row.cells):
        return
    header, *rows = ([_read(cell, reader) for cell in row.cells] for row in table.rows)
    if any(cell.pure for cell in header):
        rows = [header, *rows]
        header = []
    labels = [*header, *(row[0] for row in rows)]
    text = " ".join(cell.folded for row in (header, *rows) for cell in row)
    about_ports = any(reader.port.search(label.folded) for label in labels) or protocols(text)
    if not about_ports and not any(reader.direction(row[0].folded) for row in rows):
        return
    scene = scene_of(document, table.span.start, reader)
    for row in rows:
        yield from _in_row(row, header, scene, reader)


def _read(cell: Cell, reader: Reader) -> _Read:
    folded = cleaned(cell.text.text)
    found = numbers(folded, 0, len(folded), reader, years=True)
    rest, cursor = "", 0
    for start, end in found:
        rest += folded[cursor:start]
        cursor = end
    rest = reader.between.sub("", rest + folded[cursor:])
    return _Read(cell, folded, found, bool(found) and not rest.strip())


def _in_row(
    row: list[_Read], header: list[_Read], scene: Scene, reader: Reader
) -> Iterator[PortClaim | HostClaim]:
    words = [(i, read) for i, read in enumerate(row) if not read.pure and read.folded.strip()]
    for index, read in enumerate(row):
        column = header[index] if index < len(header) else None
        if read.pure and _is_port(read, row, header, index, reader):
            yield _cell_claim(read, words, column, header, scene, reader)
        elif read.numbers and index and reader.port.search(row[0].folded):
            yield from _labelled_sentence(read, row[0], scene, reader)
        elif read.numbers and reader.port.search(read.folded):
            yield from claims_in_text(read.cell.text, read.folded, scene, reader, origin="table")
        yield from _hosts(read, words, column, scene, reader)


def _is_port(
    read: _Read, row: list[_Read], header: list[_Read], index: int, reader: Reader
) -> bool:
    """Whether a cell of nothing but numbers is about ports.

    Its column or row says so, or the corner of the table, or there is nothing but a direction
    beside it, no header above it, and its numbers are ports of mail.
    """
    labels = [row[0]] if index else []
    if index < len(header):
        labels.append(header[index])
    if header and index and not row[0].pure:
        labels.append(header[0])
    if any(reader.port.search(label.folded) for label in labels):
        return True
    if header:
        return False
    known = all(mail_port(int(read.folded[start:end])) for start, end in read.numbers)
    return known and any(
        reader.direction(label.folded) or protocols(label.folded) for label in labels
    )


def _cell_claim(
    read: _Read,
    words: list[tuple[int, _Read]],
    column: _Read | None,
    header: list[_Read],
    scene: Scene,
    reader: Reader,
) -> PortClaim:
    labels = [(other, "row") for _, other in words]
    if column is not None:
        labels.append((column, "column"))
    named = [
        Said(name, where, label.cell.span)  # type: ignore[arg-type]
        for label, where in labels
        for name in protocols(label.folded)
        if not HOST.search(label.folded)
    ]
    directions = [
        Said(way, where, label.cell.span)  # type: ignore[arg-type]
        for label, where in labels
        if (way := reader.direction(label.folded))
    ]
    one = named[0] if len({said.value for said in named}) == 1 else None
    protocol, direction, sources = settled(
        scene if one or not named else Scene(scene.section, None, None),
        one,
        directions[0] if directions else None,
    )
    security = _security(words, column, header, reader)
    if security:
        sources.append(security[1])
    place = read.cell.text.span
    return PortClaim(
        port_numbers(read.folded, read.numbers, place),
        protocol,
        direction,
        security[0] if security else None,
        "table",
        read.cell.span,
        scene.section,
        tuple(said.value for said in named),
        tuple(sources),
    )


def _security(
    words: list[tuple[int, _Read]], column: _Read | None, header: list[_Read], reader: Reader
) -> tuple[Security, Source] | None:
    """By the cell's own column, or a cell of its row, or "yes" in a column that is called SSL."""
    if column is not None and (said := reader.labelled_security(column.folded)):
        return said, Source("security", "column", column.cell.span)
    for index, cell in words:
        if said := reader.labelled_security(cell.folded):
            return said, Source("security", "row", cell.cell.span)
        label = header[index].folded if index < len(header) else ""
        word = cell.folded.strip(" .")
        if reader.secured.search(label) and word in reader.yes | reader.no:
            tls = "starttls" if "starttls" in label else "tls"
            if word in reader.no and tls == "starttls":
                continue  # without STARTTLS a port may be encrypted all the same
            return ("none" if word in reader.no else tls), Source(  # type: ignore[return-value]
                "security", "row", cell.cell.span
            )
    return None


def _labelled_sentence(
    read: _Read, label: _Read, scene: Scene, reader: Reader
) -> Iterator[PortClaim]:
    """`Incoming port | Enter the port 993.`"""
    inside = [
        span
        for span in read.numbers
        if reader.port.search(read.folded[: span[0]]) or len(read.numbers) == 1
    ]
    if not inside or len(read.numbers) > 2:
        return
    way, names = reader.direction(label.folded), protocols(label.folded)
    protocol, direction, sources = settled(
        scene,
        Said(names[0], "row", label.cell.span) if len(set(names)) == 1 else None,
        Said(way, "row", label.cell.span) if way else None,
    )
    yield PortClaim(
        port_numbers(read.folded, inside, read.cell.text.span),
        protocol,
        direction,
        reader.security(read.folded),
        "table",
        read.cell.span,
        scene.section,
        tuple(names),
        tuple(sources),
    )


def _hosts(
    read: _Read,
    words: list[tuple[int, _Read]],
    column: _Read | None,
    scene: Scene,
    reader: Reader,
) -> Iterator[HostClaim]:
    found = list(HOST.finditer(read.folded))
    if len(found) != 1 or len(read.folded) > 200:
        return
    labels = [other.folded for _, other in words if other is not read]
    if column is not None:
        labels.append(column.folded)
    text = " | ".join(labels)
    way, names = reader.direction(text), set(protocols(text))
    span = read.cell.text.span(*found[0].span())
    name = names.pop() if len(names) == 1 else None
    protocol, direction, _ = settled(
        scene,
        Said(name, "row", span) if name else None,
        Said(way, "row", span) if way else None,
    )
    if direction and (reader.server.search(text) or way):
        host = found[0][0]
        yield HostClaim(host, protocol, direction, "table", span, scene.section)
