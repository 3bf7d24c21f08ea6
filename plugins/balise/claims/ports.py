"""Port statements of a page: in tables by their labels, in prose by the words around the number."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeVar

from balise.claims.claim import Direction, PortClaim, PortNumber, Security
from balise.claims.words import PROTOCOLS, SECURED, Words, fold, pattern, words_of
from balise.document import Cell, Document, Prose, Table, Text, page_name

T = TypeVar("T")

MAX_PORT = 65535
NUMBER = re.compile(r"(?<![\w.,:/-])[0-9]{2,5}(?![\w-]|[.,:][0-9])")
UNIT = re.compile(
    r"\s*(?:%|[€$£]|(?:euros?|[kmgt]i?[bo]|ms|min\w*|sec\w*|heures?|hours?|days?|jours?)(?!\w))",
    re.IGNORECASE,
)
YEARS = range(1990, 2040)
BRACKET = re.compile(r"\s*\([^()]*\)")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
IMPLICIT = re.compile(r"(?<![a-z])(?:ssl|tls)(?![a-z])")
PROTOCOL = re.compile(rf"(?<![a-z])({'|'.join(PROTOCOLS)})(?![a-z])")


@dataclass(frozen=True, slots=True)
class Reader:
    """What the words of one language are searched with."""

    port: re.Pattern[str]
    incoming: re.Pattern[str]
    outgoing: re.Pattern[str]
    enabled: re.Pattern[str]
    disabled: re.Pattern[str]
    secured: re.Pattern[str]
    between: re.Pattern[str]

    def direction(self, folded: str) -> Direction | None:
        """The direction named last in `folded`."""
        incoming = _last(self.incoming, folded)
        outgoing = _last(self.outgoing, folded)
        if incoming == outgoing:
            return None
        return "incoming" if incoming > outgoing else "outgoing"

    def security(self, folded: str) -> Security | None:
        """Whether `folded` names encryption and says that it is on, or off."""
        if not self.secured.search(folded):
            return None
        disabled, enabled = _last(self.disabled, folded), _last(self.enabled, folded)
        if disabled == enabled:
            return None
        return "disabled" if disabled > enabled else "enabled"

    def labelled_security(self, folded: str) -> Security | None:
        """The same for a label of a table, where `SSL/TLS` alone says that it is on."""
        if said := self.security(folded):
            return said
        return "enabled" if IMPLICIT.search(folded) and "starttls" not in folded else None


def _last(words: re.Pattern[str], folded: str) -> tuple[int, int]:
    """Where the last of the words ends, and how long it is: "not enabled" outdoes "enabled"."""
    ends = ((match.end(), match.end() - match.start()) for match in words.finditer(folded))
    return max(ends, default=(-1, 0))


@cache
def reader_of(language: str | None) -> Reader:
    """The reader of a language, of all languages together for None."""
    words: Words = words_of(language)
    joining = "|".join(re.escape(word) for word in words.joining) or "(?!)"
    return Reader(
        port=pattern(words.port),
        incoming=pattern(words.incoming),
        outgoing=pattern(words.outgoing),
        enabled=pattern((*words.enabled, *words.with_)),
        disabled=pattern((*words.disabled, *words.without)),
        secured=pattern(SECURED),
        between=re.compile(rf"\s*(?:[,/&]|(?<!\w)(?:{joining})(?!\w))\s*"),
    )


def read_claims(document: Document) -> tuple[PortClaim, ...]:
    """The port statements of a page, in the order of the file."""
    name = page_name(document.path)
    reader = reader_of(name.language if name else None)
    claims = [claim for table in document.tables for claim in _in_table(document, table, reader)]
    claims += [claim for prose in document.prose for claim in _in_prose(document, prose, reader)]
    return tuple(sorted(claims, key=lambda claim: claim.span))


def _section_protocol(document: Document, section: int) -> str | None:
    """The one protocol that the heading names, or the heading above it."""
    level = 7
    for heading in reversed(document.headings[: section + 1]):
        if heading.level < level:
            level = heading.level
            named = set(PROTOCOL.findall(fold(heading.text)))
            if named:
                return named.pop() if len(named) == 1 else None
    return None


def _in_table(document: Document, table: Table, reader: Reader) -> Iterator[PortClaim]:
    """A cell of nothing but ports, by the label of its column and all the words of its row."""
    header, *rows = table.rows
    columns = [fold(cell.text.text) for cell in header.cells]
    labels = [*columns, *(fold(row.cells[0].text.text) for row in rows)]
    if not any(reader.port.search(label) for label in labels):
        return
    section = document.section(table.span.start)
    protocol = _section_protocol(document, section)
    for row in rows:
        ports = [_cell_ports(cell, reader) for cell in row.cells]
        words = [fold(c.text.text) for c, found in zip(row.cells, ports, strict=True) if not found]
        for column, cell, found in zip(columns, row.cells, ports, strict=True):
            if not found:
                continue
            context = " | ".join([*words, column])
            named = set(PROTOCOL.findall(context))
            yield PortClaim(
                ports=found,
                protocol=named.pop() if len(named) == 1 else None if named else protocol,
                direction=reader.direction(context),
                security=reader.labelled_security(column) or reader.security(context),
                origin="table",
                span=cell.span,
                section=section,
            )


def _cell_ports(cell: Cell, reader: Reader) -> tuple[PortNumber, ...]:
    text = cell.text.text
    if reader.between.sub("", fold(NUMBER.sub("", text))).strip():
        return ()
    return _ports(cell.text, 0, len(text))


def _in_prose(document: Document, prose: Prose, reader: Reader) -> Iterator[PortClaim]:
    text = prose.text.text
    folded = fold(text)
    if not reader.port.search(folded) or not NUMBER.search(text):
        return
    section = document.section(prose.span.start)
    protocol = _section_protocol(document, section)
    for start, end in _sentences(text):
        yield from _in_sentence(prose, folded, start, end, reader, section, protocol)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _in_sentence(
    prose: Prose,
    folded: str,
    start: int,
    end: int,
    reader: Reader,
    section: int,
    protocol: str | None,
) -> Iterator[PortClaim]:
    """What the words around each group of numbers ("995 or 110") say of it.

    Between two groups the word for "port" parts what belongs to the first ("993 for incoming mail
    and the port 465") from what belongs to the second; what the first has no use for ("incoming:
    port 993, outgoing: port 465") is the second's as well.
    """
    groups = _groups(folded, start, end, reader)
    parts = _parts(folded, start, end, groups, reader)
    directions = _shared_out(reader.direction, parts)
    securities = _shared_out(reader.security, parts)
    for index, (first, last) in enumerate(groups):
        if not reader.port.search(parts[index].before):
            continue
        named = PROTOCOL.findall(parts[index].before) or PROTOCOL.findall(parts[index].after)
        yield PortClaim(
            ports=_ports(prose.text, first, last),
            protocol=named[-1] if named else protocol,
            direction=directions[index],
            security=securities[index],
            origin="prose",
            span=prose.text.span(first, last),
            section=section,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """The words around one group: its own in front, those between, and those behind it.

    Behind a colon only brackets count: `port: 995 outgoing server: ...` is about something else.
    """

    before: str
    between: str
    after: str


def _parts(
    folded: str, start: int, end: int, groups: list[tuple[int, int]], reader: Reader
) -> list[_Part]:
    edges = [start]
    for (_, last), (first, _) in pairwise(groups):
        words = list(reader.port.finditer(folded, last, first))
        edges.append(words[-1].start() if words else last)
    parts: list[_Part] = []
    for index, (first, last) in enumerate(groups):
        is_field = folded[:first].rstrip().endswith(":")
        bracket = BRACKET.match(folded, last, end) if is_field else None
        until = edges[index + 1] if index + 1 < len(groups) else end
        behind = groups[index - 1][1] if index else start
        parts.append(
            _Part(
                before=folded[edges[index] : first],
                between=folded[behind : edges[index]],
                after=(bracket[0] if bracket else "") if is_field else folded[last:until],
            )
        )
    return parts


def _shared_out(read: Callable[[str], T], parts: list[_Part]) -> list[T]:
    """What `read` finds for each group; words between two groups count for one of them only."""
    found: list[T] = []
    taken = False
    for part in parts:
        value = read(part.before)
        if value is None and not taken:
            value = read(part.between)
        taken = False
        if value is None and (value := read(part.after)) is not None:
            taken = True
        found.append(value)
    return found


def _groups(folded: str, start: int, end: int, reader: Reader) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for match in NUMBER.finditer(folded, start, end):
        if UNIT.match(folded, match.end()) or int(match[0]) in YEARS:
            continue
        if groups and reader.between.fullmatch(folded, groups[-1][1], match.start()):
            groups[-1] = (groups[-1][0], match.end())
        else:
            groups.append(match.span())
    return groups


def _ports(text: Text, start: int, end: int) -> tuple[PortNumber, ...]:
    return tuple(
        PortNumber(int(match[0]), text.span(*match.span()))
        for match in NUMBER.finditer(text.text, start, end)
        if 0 < int(match[0]) <= MAX_PORT
    )
