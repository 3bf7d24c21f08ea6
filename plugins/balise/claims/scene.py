"""What a statement need not say since the heading above it does."""

import msgspec

from balise.base.source import Span
from balise.claims.claim import Direction, Part, PortClaim, PortNumber, Source, Where
from balise.claims.reader import Reader, cleaned, protocols
from balise.claims.well_known import DIRECTIONS, MAIL
from balise.document import Document

MAX_PORT = 65535


class Scene(msgspec.Struct, frozen=True):
    """A section: the one protocol that its heading, or one above, names, and where.

    `direction` is what its own heading names, and `own` the place of that heading.
    """

    section: int
    protocol: str | None
    heading: Span | None
    direction: Direction | None = None
    own: Span | None = None


def scene_of(document: Document, offset: int, reader: Reader) -> Scene:
    """The section that `offset` stands in."""
    section = document.section(offset)
    own = document.headings[section] if section >= 0 else None
    direction = reader.one_direction(cleaned(own.text)) if own else None
    way = (direction, own.span if own and direction else None)
    level = 7
    for heading in reversed(document.headings[: section + 1]):
        if heading.level < level:
            level = heading.level
            named = set(protocols(cleaned(heading.text)))
            if named:
                protocol = named.pop() if len(named) == 1 else None
                return Scene(section, protocol, heading.span if protocol else None, *way)
    return Scene(section, None, None, *way)


class Said(msgspec.Struct, frozen=True):
    """A part of a statement as it was read: its value and where it stands."""

    value: str
    where: Where
    span: Span


def settled(
    scene: Scene, named: Said | None, direction: Said | None
) -> tuple[str | None, Direction | None, list[Source]]:
    """Protocol and direction of a statement, the one from the other or from the heading.

    Mail goes out by SMTP, whatever the heading: a guide to IMAP has an outgoing server as well.
    """
    sources: list[Source] = []

    def add(part: Part, where: Where, span: Span) -> None:
        sources.append(Source(part, where, span))

    protocol = named.value if named else None
    way: Direction | None = direction.value if direction else None  # type: ignore[assignment]
    if named:
        add("protocol", named.where, named.span)
    if direction:
        add("direction", direction.where, direction.span)
    if protocol is None and way == "outgoing" and scene.protocol in MAIL and direction:
        protocol = "smtp"
        add("protocol", "direction", direction.span)
    elif protocol is None and scene.heading and (way, scene.protocol) != ("incoming", "smtp"):
        protocol = scene.protocol
        add("protocol", "heading", scene.heading)
    if way is None and not named and scene.own:
        way = scene.direction
        add("direction", "heading", scene.own)
    if way is None and named and protocol is not None and protocol in DIRECTIONS:
        way = DIRECTIONS[protocol]
        add("direction", "protocol", named.span)
    return protocol, way, sources


def port_numbers(text: str, spans: list[tuple[int, int]], place: object) -> tuple[PortNumber, ...]:
    """The ports at `spans` of `text`; `place` maps a pair of offsets to a span of the file."""
    return tuple(
        PortNumber(int(text[start:end]), place(start, end))  # type: ignore[operator]
        for start, end in spans
        if 0 < int(text[start:end]) <= MAX_PORT
    )


__all__ = ["PortClaim", "Said", "Scene", "port_numbers", "scene_of", "settled"]
