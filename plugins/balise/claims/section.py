"""What a claim is about: what its row or sentence says, and what the headings above it add."""

from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from balise.base.source import Span
from balise.claims.model import Aspect, Direction, HeadingProtocol, PortNumber, Source, SourceKind
from balise.claims.patterns import LanguagePatterns, named_protocols, normalize
from balise.claims.well_known import DIRECTIONS, MAIL
from balise.document import Document, Text

T = TypeVar("T")

MAX_PORT = 65535
MAX_LEVEL = 6
"""The level of the deepest heading."""


class Mention(msgspec.Struct, Generic[T], frozen=True):
    """A protocol or direction that the page names, and where it does."""

    value: T
    kind: SourceKind
    span: Span

    def source(self, aspect: Aspect) -> Source:
        """The source of the aspect that is read from it."""
        return Source(aspect, self.kind, self.span)


class SectionContext(msgspec.Struct, frozen=True):
    """What the headings above a claim say, for all that its row or sentence leaves open.

    `section` is the index of the heading directly above, -1 for none. `direction` is what that
    heading names. `protocol` is from the nearest of it and those it stands under that names any;
    None if that one names several.
    """

    section: int
    protocol: Mention[str] | None
    direction: Mention[Direction] | None

    @property
    def heading(self) -> HeadingProtocol | None:
        """The protocol, as claims have it."""
        return HeadingProtocol(self.protocol.value, self.protocol.span) if self.protocol else None


def section_context(document: Document, offset: int, patterns: LanguagePatterns) -> SectionContext:
    """The context of what stands at `offset`."""
    section = document.section(offset)
    return SectionContext(
        section,
        _heading_protocol(document, section),
        _heading_direction(document, section, patterns),
    )


def _heading_direction(
    document: Document, section: int, patterns: LanguagePatterns
) -> Mention[Direction] | None:
    if section < 0:
        return None
    heading = document.headings[section]
    direction = patterns.sole_direction(normalize(heading.text))
    return Mention(direction, "heading", heading.span) if direction else None


def _heading_protocol(document: Document, section: int) -> Mention[str] | None:
    level = MAX_LEVEL + 1
    for heading in reversed(document.headings[: section + 1]):
        if heading.level < level:
            level = heading.level
            protocols = set(named_protocols(normalize(heading.text)))
            if protocols:
                sole = len(protocols) == 1
                return Mention(protocols.pop(), "heading", heading.span) if sole else None
    return None


class Subject(msgspec.Struct, frozen=True):
    """What a claim is about, as far as the page says it, and where it does."""

    protocol: str | None
    direction: Direction | None
    sources: tuple[Source, ...]


def infer_subject(
    context: SectionContext, named: Mention[str] | None, direction: Mention[Direction] | None
) -> Subject:
    """The subject of a claim whose row or sentence names one protocol, a direction, both or none.

    What is missing follows from the other or from the heading. Mail goes out by SMTP, whatever the
    heading: a guide to IMAP has an outgoing server as well.
    """
    protocol, heading = named, context.protocol
    if protocol is None and heading is not None:
        way = direction.value if direction else None
        if direction and way == "outgoing" and heading.value in MAIL:
            protocol = Mention("smtp", "direction", direction.span)
        elif (way, heading.value) != ("incoming", "smtp"):
            protocol = heading
    if direction is None:
        if named is None:
            direction = context.direction
        elif named.value in DIRECTIONS:
            direction = Mention(DIRECTIONS[named.value], "protocol", named.span)
    sources: list[Source] = []
    if protocol:
        sources.append(protocol.source("protocol"))
    if direction:
        sources.append(direction.source("direction"))
    return Subject(
        protocol.value if protocol else None, direction.value if direction else None, tuple(sources)
    )


def port_numbers(
    text: Text, folded: str, spans: Iterable[tuple[int, int]]
) -> tuple[PortNumber, ...]:
    """The ports at `spans` of `text`, whose folded form is `folded`; numbers that are none aside."""
    return tuple(
        PortNumber(int(folded[start:end]), text.span(start, end))
        for start, end in spans
        if 0 < int(folded[start:end]) <= MAX_PORT
    )
