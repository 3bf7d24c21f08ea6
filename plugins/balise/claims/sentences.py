"""Statements in free text, by the words around each number."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec

from balise.claims.claim import HostClaim, Origin, PortClaim, Security, Source
from balise.claims.reader import HOST, Reader, numbers, protocols
from balise.claims.scene import Said, Scene, port_numbers, settled
from balise.claims.well_known import mail_port
from balise.document import Text

T = TypeVar("T")

SENTENCE_END = re.compile(r"[.!?;](?=\s|$)")
BRACKET = re.compile(r"\s*\([^()]*\)")
LONGEST_LABEL = 80
NEAR = 40
"""Characters behind a number in which a word for "port" belongs to it (`587 SMTP serverio prievadą`)."""


def claims_in_text(
    text: Text, folded: str, scene: Scene, reader: Reader, origin: Origin = "prose"
) -> Iterator[PortClaim]:
    """The port statements of a paragraph or cell, sentence by sentence."""
    if not any(char.isdigit() for char in folded):
        return
    folded = HOST.sub(lambda host: " " * len(host[0]), folded)
    words = reader.port.search(folded) or reader.glued.search(folded) or protocols(folded)
    if not words and not reader.direction(folded):
        return
    label = _label(folded)
    for start, end in _sentences(folded):
        yield from _in_sentence(text, folded, start, end, label, scene, reader, origin)


def _label(folded: str) -> str:
    """What a paragraph is about: `Outgoing server (SMTP): the server is ... The port is 465.`"""
    label, colon, _ = folded[: LONGEST_LABEL + 1].partition(":")
    return label if colon else ""


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _in_sentence(
    text: Text,
    folded: str,
    start: int,
    end: int,
    label: str,
    scene: Scene,
    reader: Reader,
    origin: Origin,
) -> Iterator[PortClaim]:
    """What the words around each group of numbers ("995 or 110") say of it.

    Between two groups the word for "port" parts what belongs to the first ("993 for incoming mail
    and the port 465") from what belongs to the second; what the first has no use for ("incoming:
    port 993, outgoing: port 465") is the second's as well.
    """
    groups = _groups(folded, start, end, reader)
    if not groups:
        return
    parts = _parts(folded, start, end, groups, reader)
    directions = _shared_out(reader.direction, parts)
    securities = _shared_out(reader.security, parts)
    names = _shared_out(lambda words: tuple(protocols(words)) or None, parts)
    for index, group in enumerate(groups):
        part = parts[index]
        first, last = group[0][0], group[-1][1]
        if not _about_ports(folded, group, part, reader):
            continue
        named = names[index] or ()
        if directions[index] is None and not named:
            named, directions[index] = tuple(protocols(label)), reader.direction(label)
        span = text.span(start, end) if end > start else text.span(first, last)
        way = directions[index]
        security: Security | None = securities[index]  # type: ignore[assignment]
        protocol, direction, sources = settled(
            scene,
            Said(named[-1], "sentence", span) if named else None,
            Said(way, "sentence", span) if way else None,
        )
        if security:
            sources.append(Source("security", "sentence", span))
        ports = port_numbers(folded, group, text.span)
        if not ports:
            continue
        yield PortClaim(
            ports,
            protocol,
            direction,
            security,
            origin,
            text.span(first, last),
            scene.section,
            tuple(named),
            tuple(sources),
        )


def _about_ports(folded: str, group: list[tuple[int, int]], part: "_Part", reader: Reader) -> bool:
    """Whether a group of numbers is one of ports.

    The word for "port" stands in front of it, or close behind, as some languages have it; or it is
    the value of a field that names a server, and a port of mail.
    """
    first, last = group[0][0], group[-1][1]
    if reader.port.search(part.before) or reader.glued.match(folded, first - 20, last):
        return True
    if any(reader.glued.search(folded, max(0, start - 25), end) for start, end in group):
        return True
    if reader.port.search(folded[last : last + NEAR].split(",")[0].split(".")[0]):
        return all(mail_port(int(folded[a:b])) or protocols(part.after) for a, b in group)
    named = reader.direction(part.before) or protocols(part.before)
    is_field = ":" in part.before
    return bool(named) and is_field and all(mail_port(int(folded[a:b])) for a, b in group)


class _Part(msgspec.Struct, frozen=True):
    """The words around one group: its own in front, those between, and those behind it.

    Behind a colon only brackets count: `port: 995 outgoing server: ...` is about something else.
    """

    before: str
    between: str
    after: str


def _parts(
    folded: str, start: int, end: int, groups: list[list[tuple[int, int]]], reader: Reader
) -> list[_Part]:
    edges = [start]
    for one, other in pairwise(groups):
        last, first = one[-1][1], other[0][0]
        words = list(reader.port.finditer(folded, last, first))
        edges.append(words[-1].start() if words else last)
    parts: list[_Part] = []
    for index, group in enumerate(groups):
        first, last = group[0][0], group[-1][1]
        is_field = folded[:first].rstrip().endswith(":")
        bracket = BRACKET.match(folded, last, end) if is_field else None
        until = edges[index + 1] if index + 1 < len(groups) else end
        behind = groups[index - 1][-1][1] if index else start
        parts.append(
            _Part(
                before=folded[edges[index] : first],
                between=folded[behind : edges[index]],
                after=(bracket[0] if bracket else "") if is_field else folded[last:until],
            )
        )
    return parts


def _shared_out(read: Callable[[str], T | None], parts: Sequence[_Part]) -> list[T | None]:
    """What `read` finds for each group; words between two groups count for one of them only."""
    found: list[T | None] = []
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


def _groups(folded: str, start: int, end: int, reader: Reader) -> list[list[tuple[int, int]]]:
    groups: list[list[tuple[int, int]]] = []
    for span in numbers(folded, start, end, reader):
        if reader.negated.search(folded, max(start, span[0] - 20), span[0]):
            continue
        if groups and reader.between.fullmatch(folded, groups[-1][-1][1], span[0]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def hosts_in_text(text: Text, folded: str, scene: Scene, reader: Reader) -> Iterator[HostClaim]:
    """The servers that a paragraph names together with a direction or protocol."""
    cursor = 0
    for match in HOST.finditer(folded):
        before = folded[cursor : match.start()]
        cursor = match.end()
        way, names = reader.direction(before), protocols(before)
        if not (way or names) or not reader.server.search(before):
            continue
        span = text.span(*match.span())
        protocol, direction, _ = settled(
            scene,
            Said(names[-1], "sentence", span) if len(set(names)) == 1 else None,
            Said(way, "sentence", span) if way else None,
        )
        if direction:
            host = match[0]
            yield HostClaim(host, protocol, direction, "prose", span, scene.section)
