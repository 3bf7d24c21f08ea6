"""Port statements of a page: in tables by their labels, in prose by the words around the number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from balise.claims.claim import Direction, PortClaim, PortNumber, Security
from balise.claims.words import PROTOCOLS, SECURED, Words, fold, pattern, words_of
from balise.document import Document, Prose, Table, Text, page_name

MAX_PORT = 65535
NUMBER = re.compile(r"(?<![\w.,:/-])[0-9]{2,5}(?![\w-]|[.,:][0-9])")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
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


def _last(words: re.Pattern[str], folded: str) -> int:
    return max((match.end() for match in words.finditer(folded)), default=-1)


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
    header, *rows = table.rows
    columns = [fold(cell.text.text) for cell in header.cells]
    labels = [*columns, *(fold(row.cells[0].text.text) for row in rows)]
    if not any(reader.port.search(label) for label in labels):
        return
    section = document.section(table.span.start)
    protocol = _section_protocol(document, section)
    for row in rows:
        label = fold(row.cells[0].text.text)
        for column, cell in zip(columns[1:], row.cells[1:], strict=True):
            ports = _ports(cell.text, 0, len(cell.text.text))
            if not ports or not _only_ports(cell.text.text, reader):
                continue
            context = f"{label} | {column}"
            named = set(PROTOCOL.findall(context))
            yield PortClaim(
                ports=ports,
                protocol=named.pop() if len(named) == 1 else protocol,
                direction=reader.direction(context),
                security=reader.security(context),
                origin="table",
                span=cell.span,
                section=section,
            )


def _only_ports(text: str, reader: Reader) -> bool:
    rest = NUMBER.sub("", text)
    return not reader.between.sub("", fold(rest)).strip()


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
    """Each group of numbers ("995 or 110") belongs to the words between it and the group before."""
    groups = _groups(folded, start, end, reader)
    behind = start
    for index, (first, last) in enumerate(groups):
        before = folded[behind:first]
        until = groups[index + 1][0] if index + 1 < len(groups) else end
        after = folded[last:until]
        behind = last
        if not reader.port.search(before):
            continue
        direction = reader.direction(before)
        security = reader.security(before)
        if direction is None and security is None and len(groups) == 1:
            security = reader.security(after)
        named = PROTOCOL.findall(before)
        yield PortClaim(
            ports=_ports(prose.text, first, last),
            protocol=named[-1] if named else protocol,
            direction=direction,
            security=security,
            origin="prose",
            span=prose.text.span(first, last),
            section=section,
        )


def _groups(folded: str, start: int, end: int, reader: Reader) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for match in NUMBER.finditer(folded, start, end):
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
