"""Where a page contradicts itself, or what is known of ports: each wrong number once.

A wrong number is often wrong in several ways: against the text beside it, its own label, and the
heading. It is told in the first way that applies, in the order of `Kind`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from balise.claims.claim import Claims, PortClaim, PortNumber, Source
from balise.claims.well_known import DIRECTIONS, FAMILIES, FILES, MAIL, WellKnown, well_known

Kind = Literal["table-prose", "label", "protocol", "security", "heading"]

INCOMING = ("imap", "pop")
"""What mail is fetched with: the one is written for the other when a section is copied."""


class Contradiction(msgspec.Struct, frozen=True):
    """`port` of `claim` against `other` statements of the page, or against what `known` is of it.

    `part` is what the number contradicts: the protocol, direction or security of the statement.
    """

    kind: Kind
    claim: PortClaim
    port: PortNumber
    others: tuple[PortClaim, ...] = ()
    known: WellKnown | None = None
    part: Literal["protocol", "direction", "security", "starttls"] | None = None
    source: Source | None = None


def contradictions(claims: Claims) -> tuple[Contradiction, ...]:
    """All contradictions of a page, in the order of the file."""
    found: dict[object, Contradiction] = {}
    against_prose = _tables_against_prose(claims.ports)
    told = {span for one in against_prose for c in one.others for span in _spans(c)}
    for one in against_prose:
        found.setdefault(one.port.span, one)
    for claim in claims.ports:
        for port in claim.ports:
            known = well_known().get(port.number)
            if known is None or port.span in found or port.span in told:
                continue
            wrong = _against_the_known(claim, port, known)
            if wrong is not None:
                found[port.span] = wrong
    return tuple(sorted(found.values(), key=lambda one: one.port.span))


def _spans(claim: PortClaim) -> set[object]:
    return {port.span for port in claim.ports}


# A table and the text of its section


def _tables_against_prose(ports: Sequence[PortClaim]) -> list[Contradiction]:
    by_section: dict[int, tuple[list[PortClaim], list[PortClaim]]] = {}
    for claim in ports:
        table, prose = by_section.setdefault(claim.section, ([], []))
        (table if claim.origin == "table" else prose).append(claim)
    found: list[Contradiction] = []
    for table, prose in by_section.values():
        for cell in table:
            against = [p for p in prose if about_the_same(cell, p) and _contradicts(cell, p, table)]
            for port in cell.ports:
                said = tuple(p for p in against if port.number not in p.numbers)
                if said:
                    found.append(Contradiction("table-prose", cell, port, said))
    return found


def about_the_same(cell: PortClaim, prose: PortClaim) -> bool:
    """Whether a sentence speaks of the cell's subject: it must name a direction or security.

    A protocol that the sentence has from its heading says nothing: "993 and 465" is said of IMAP
    and of SMTP below the heading "IMAP".
    """
    if cell.section != prose.section or not (prose.direction or prose.security):
        return False
    source = prose.source("protocol")
    protocol = None if source is None or source.where == "heading" else prose.protocol
    pairs = (
        (cell.protocol, protocol),
        (cell.direction, prose.direction),
        (_encrypted(cell), _encrypted(prose)),
    )
    return all(theirs is None or ours == theirs for ours, theirs in pairs)


def _encrypted(claim: PortClaim) -> bool | None:
    return None if claim.security is None else claim.security != "none"


def stated(prose: PortClaim, table: Iterable[PortClaim]) -> set[int]:
    """The ports that the tables of the section give for the sentence's subject."""
    return {number for cell in table if about_the_same(cell, prose) for number in cell.numbers}


def _contradicts(cell: PortClaim, prose: PortClaim, table: Iterable[PortClaim]) -> bool:
    """A sentence may leave out ports of the table and the table ports of the sentence, not both.

    "110 or 110" leaves nothing out on purpose: one of the two was meant to be another number.
    """
    there = stated(prose, table)
    if not cell.numbers - prose.numbers or there <= prose.numbers:
        return False
    repeated = len(prose.ports) > len(prose.numbers)
    return repeated or not prose.numbers <= there


# A number and what is known of it


def _against_the_known(
    claim: PortClaim, port: PortNumber, known: WellKnown
) -> Contradiction | None:
    label: Kind = "label" if claim.origin == "table" else "protocol"
    source = claim.source("protocol")
    if claim.named and not any(_fits(name, known, claim) for name in claim.named):
        return Contradiction(label, claim, port, known=known, part="protocol", source=source)
    way = claim.source("direction")
    if way and way.where != "protocol" and not claim.named and _other_direction(claim, known):
        kind: Kind = "heading" if way.where == "heading" else label
        return Contradiction(kind, claim, port, known=known, part="direction", source=way)
    security = claim.source("security")
    if claim.security == "starttls" and known.security == {"tls"} and known.protocols & MAIL:
        return Contradiction("protocol", claim, port, known=known, part="starttls", source=security)
    if _insecure(claim, known, port.number):
        return Contradiction("security", claim, port, known=known, part="security", source=security)
    return _against_the_heading(claim, port, known)


def _fits(protocol: str, known: WellKnown, claim: PortClaim) -> bool:
    """Whether a port may be the one of a protocol: another one of its family has it, or none.

    "FTP at 21 or 22" names FTP and means SFTP as well.
    """
    family = next((family for family in FAMILIES if protocol in family), None)
    if protocol in FILES and any(
        protocol in well_known()[number].protocols for number in claim.numbers & set(well_known())
    ):
        return True
    return family is None or not known.protocols & family or protocol in known.protocols


def _other_direction(claim: PortClaim, known: WellKnown) -> bool:
    """Whether mail comes in by a port that is there to send it, or the other way round.

    Servers take mail of each other at 25.
    """
    directions = {DIRECTIONS[name] for name in known.protocols if name in DIRECTIONS}
    return bool(directions) and claim.direction not in directions and 25 not in claim.numbers


def _insecure(claim: PortClaim, known: WellKnown, number: int) -> bool:
    """Encryption that a port cannot have, or cannot be without.

    What is called SSL at 587 is STARTTLS, and "without" is how vendors name the same.
    """
    if claim.security == "none":
        return known.security == {"tls"} and bool(known.protocols & MAIL)
    return claim.security == "tls" and "tls" not in known.security and number in (110, 143)


def _against_the_heading(
    claim: PortClaim, port: PortNumber, known: WellKnown
) -> Contradiction | None:
    """Ports of POP below the heading "IMAP", or of IMAP below "POP"."""
    source = claim.source("protocol")
    if source is None or source.where != "heading" or claim.protocol not in INCOMING:
        return None
    other = INCOMING[1 - INCOMING.index(claim.protocol)]
    if other not in known.protocols or claim.direction == "outgoing":
        return None
    return Contradiction("heading", claim, port, known=known, part="protocol", source=source)


def in_kind(found: Iterable[Contradiction], kind: Kind) -> Iterator[Contradiction]:
    """Those of one kind."""
    return (one for one in found if one.kind == kind)
