"""Where a page contradicts itself, or the well-known ports: each wrong number once.

A wrong number is often wrong in several ways: against the text beside it, its own label, and the
heading. The first of these is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from balise.base.source import Span
from balise.claims.model import Aspect, Claims, PortClaim, PortNumber, Source
from balise.claims.well_known import (
    DIRECTIONS,
    FAMILIES,
    FILES,
    INCOMING,
    MAIL,
    WellKnownPort,
    well_known_ports,
)

ContradictionKind = Literal["label", "protocol", "security", "heading"]
"""What a number contradicts: its label in a table, its sentence, the security that its label or
sentence gives it, or the heading above."""

OVER_SSH = ("sftp", "ssh")
"""What goes by SSH, and not by FTP."""


class TableProseContradiction(msgspec.Struct, frozen=True):
    """`port` of `claim`, which is of a table, against the sentences `prose` of the same section."""

    claim: PortClaim
    port: PortNumber
    prose: tuple[PortClaim, ...]


class WellKnownContradiction(msgspec.Struct, frozen=True):
    """`port` of `claim` against `known`, the protocols and security that the port really has.

    `aspect` is what of the claim is wrong, or `starttls` where it says that of a port that is
    encrypted from the first byte; `source` is where the claim says so.
    """

    kind: ContradictionKind
    claim: PortClaim
    port: PortNumber
    known: WellKnownPort
    aspect: Aspect | Literal["starttls"]
    source: Source | None


Contradiction = TableProseContradiction | WellKnownContradiction


def contradictions(claims: Claims) -> tuple[Contradiction, ...]:
    """All contradictions of a page, in the order of the file."""
    found: dict[Span, Contradiction] = {}
    against_prose = _tables_against_prose(claims.ports)
    # A number of a sentence that a table contradicts is the table's contradiction.
    covered = {port.span for c in against_prose for claim in c.prose for port in claim.ports}
    for contradiction in against_prose:
        found.setdefault(contradiction.port.span, contradiction)
    strangers = _strangers(claims.ports)
    for claim in claims.ports:
        for port in claim.ports:
            known = well_known_ports().get(port.number)
            if known is None or port.span in found or port.span in covered:
                continue
            wrong = _against_well_known(claim, port, known)
            if wrong is None and claim.span in strangers and claim.heading:
                source = Source("protocol", "heading", claim.heading.span)
                wrong = WellKnownContradiction("heading", claim, port, known, "protocol", source)
            if wrong is not None:
                found[port.span] = wrong
    return tuple(sorted(found.values(), key=lambda contradiction: contradiction.port.span))


def of_kind(
    found: Iterable[Contradiction], kind: ContradictionKind
) -> Iterator[WellKnownContradiction]:
    """Those against the well-known ports that are of one kind."""
    for contradiction in found:
        if isinstance(contradiction, WellKnownContradiction) and contradiction.kind == kind:
            yield contradiction


# A table and the text of its section


def _tables_against_prose(ports: Sequence[PortClaim]) -> list[TableProseContradiction]:
    by_section: dict[int, tuple[list[PortClaim], list[PortClaim]]] = {}
    for claim in ports:
        table, prose = by_section.setdefault(claim.section, ([], []))
        (table if claim.origin == "table" else prose).append(claim)
    found: list[TableProseContradiction] = []
    for table, prose in by_section.values():
        for cell in table:
            against = [
                p for p in prose if _is_same_subject(cell, p) and _contradicts(cell, p, table)
            ]
            for port in cell.ports:
                others = tuple(p for p in against if port.number not in p.numbers)
                if others:
                    found.append(TableProseContradiction(cell, port, others))
    return found


def _is_same_subject(cell: PortClaim, prose: PortClaim) -> bool:
    """Whether a sentence speaks of the cell's subject: it must name a direction or security.

    A protocol that the sentence has from its heading says nothing: "993 and 465" is said of IMAP
    and of SMTP below the heading "IMAP".
    """
    if cell.section != prose.section or not (prose.direction or prose.security):
        return False
    source = prose.source("protocol")
    protocol = None if source is None or source.kind == "heading" else prose.protocol
    pairs = (
        (cell.protocol, protocol),
        (cell.direction, prose.direction),
        (cell.encrypted, prose.encrypted),
    )
    return all(theirs is None or ours == theirs for ours, theirs in pairs)


def stated_in_table(prose: PortClaim, table: Iterable[PortClaim]) -> set[int]:
    """The port numbers that the cells of the section's tables give for the subject of a sentence."""
    return {number for cell in table if _is_same_subject(cell, prose) for number in cell.numbers}


def _contradicts(cell: PortClaim, prose: PortClaim, table: Iterable[PortClaim]) -> bool:
    """A sentence may leave out ports of the table and the table ports of the sentence, not both.

    "110 or 110" leaves nothing out on purpose: one of the two was meant to be another number.
    """
    there = stated_in_table(prose, table)
    if not cell.numbers - prose.numbers or there <= prose.numbers:
        return False
    repeated = len(prose.ports) > len(prose.numbers)
    return repeated or not prose.numbers <= there


# A number and the well-known port of that number


def _against_well_known(
    claim: PortClaim, port: PortNumber, known: WellKnownPort
) -> WellKnownContradiction | None:
    def wrong(
        kind: ContradictionKind, aspect: Aspect | Literal["starttls"], source: Source | None
    ) -> WellKnownContradiction:
        return WellKnownContradiction(kind, claim, port, known, aspect, source)

    label: ContradictionKind = "label" if claim.origin == "table" else "protocol"
    protocol = claim.source("protocol")
    if claim.named and not any(_fits(name, known, claim) for name in claim.named):
        return wrong(label, "protocol", protocol)
    if _lacks_one_of_both(claim):
        return wrong(label, "protocol", None)
    direction = claim.source("direction")
    if (
        direction
        and direction.kind != "protocol"
        and not claim.named
        and _is_other_direction(claim, known)
    ):
        return wrong("heading" if direction.kind == "heading" else label, "direction", direction)
    security = claim.source("security")
    if claim.security == "starttls" and known.security == {"tls"} and known.protocols & MAIL:
        return wrong("protocol", "starttls", security)
    if _is_wrong_security(claim, known, port.number):
        return wrong("security", "security", security)
    if _is_other_protocol_than_heading(claim, known):
        return wrong("heading", "protocol", protocol)
    return None


def _fits(protocol: str, known: WellKnownPort, claim: PortClaim) -> bool:
    """Whether a port may be the one of a protocol: another one of its family has it, or none.

    "FTP at 21 or 22" names FTP and means SFTP as well.
    """
    family = next((family for family in FAMILIES if protocol in family), None)
    ports = well_known_ports()
    if protocol in FILES and any(
        protocol in ports[number].protocols for number in claim.numbers & set(ports)
    ):
        return True
    return family is None or not known.protocols & family or protocol in known.protocols


def _is_other_direction(claim: PortClaim, known: WellKnownPort) -> bool:
    """Whether mail comes in by a port that is there to send it, or the other way round.

    Servers take mail of each other at 25.
    """
    directions = {DIRECTIONS[name] for name in known.protocols if name in DIRECTIONS}
    return bool(directions) and claim.direction not in directions and 25 not in claim.numbers


def _is_wrong_security(claim: PortClaim, known: WellKnownPort, number: int) -> bool:
    """Whether a port has a security that it cannot have, or lacks one that it cannot be without.

    What is called SSL at 587 is STARTTLS, and "without" is how vendors name the same.
    """
    if claim.security == "none":
        return known.security == {"tls"} and bool(known.protocols & MAIL)
    return claim.security == "tls" and "tls" not in known.security and number in (110, 143)


def _lacks_one_of_both(claim: PortClaim) -> bool:
    """Whether one label gives IMAP and POP ports of which all are of the same one."""
    ports = [known for n in claim.numbers if (known := well_known_ports().get(n))]
    lacking = [p for p in INCOMING if not any(p in known.protocols for known in ports)]
    return set(claim.together) == INCOMING and len(ports) > 0 and len(lacking) == 1


def _strangers(claims: Sequence[PortClaim]) -> set[Span]:
    """Rows about IMAP below a heading that says POP, or the other way round, by their places.

    Where a row or sentence below the heading is about what it says, the other row is there to compare.
    """
    expected = {c.heading for c in claims if c.heading and c.heading.protocol in c.named}
    return {
        claim.span
        for claim in claims
        if claim.origin == "table"
        and claim.heading is not None
        and claim.heading not in expected
        and {claim.heading.protocol, *claim.named} == INCOMING
    }


def _is_other_protocol_than_heading(claim: PortClaim, known: WellKnownPort) -> bool:
    """Whether a port of POP stands below the heading "IMAP", one of IMAP below "POP", or one of FTP
    below "SFTP", which goes by SSH."""
    source = claim.source("protocol")
    if source is None or source.kind != "heading":
        return False
    if claim.protocol in OVER_SSH:
        return known.protocols <= FILES and claim.protocol not in known.protocols
    if claim.protocol not in INCOMING:
        return False
    others = INCOMING - {claim.protocol}
    return others <= known.protocols and claim.direction != "outgoing"
