"""Two sections below each other's heading: one mistake, however many numbers are wrong by it."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from balise.base.source import Span
from balise.claims.model import Claims, Origin, PortClaim
from balise.claims.well_known import INCOMING, well_known_ports


class SwappedSections(msgspec.Struct, frozen=True):
    """Two headings by their places; below the one with `protocol` stands what the `other` is about."""

    heading: Span
    protocol: str
    other_heading: Span
    other: str

    @property
    def headings(self) -> tuple[Span, Span]:
        """Both places."""
        return self.heading, self.other_heading


def swapped_sections(claims: Claims) -> SwappedSections | None:
    """The sections on IMAP and POP, where each gives the ports of the other and none of its own.

    None where several sections are about one of them.
    """
    found: dict[Span, tuple[str, dict[Origin, set[str]]]] = {}
    for claim, heading in _below_headings(claims):
        _, named = found.setdefault(heading, (claim.protocol or "", defaultdict(set)))
        for number in claim.numbers & well_known_ports().keys():
            named[claim.origin] |= well_known_ports()[number].protocols & INCOMING
    # A table is copied from guide to guide, and is wrong more often than the text.
    turned = [
        (heading, protocol)
        for heading, (protocol, named) in sorted(found.items())
        if (named["prose"] or named["table"]) == INCOMING - {protocol}
    ]
    if len(turned) != len(INCOMING) or turned[0][1] == turned[1][1]:
        return None
    (heading, protocol), (other_heading, other) = turned
    return SwappedSections(heading, protocol, other_heading, other)


def as_meant(claims: Claims, swap: SwappedSections | None) -> Claims:
    """The claims as they would be if the headings changed places."""
    if swap is None:
        return claims
    moved = {claim for claim, heading in _below_headings(claims) if heading in swap.headings}
    meant = {swap.protocol: swap.other, swap.other: swap.protocol}
    ports = (
        _moved(claim, meant[claim.protocol or ""]) if claim in moved else claim
        for claim in claims.ports
    )
    return replace(claims, ports=tuple(ports))


def _moved(claim: PortClaim, protocol: str) -> PortClaim:
    """The claim below a heading with another protocol."""
    heading = replace(claim.heading, protocol=protocol) if claim.heading else None
    return replace(claim, protocol=protocol, heading=heading)


def _below_headings(claims: Claims) -> Iterator[tuple[PortClaim, Span]]:
    """The claims about incoming mail that have their protocol from a heading, and where that is."""
    for claim in claims.ports:
        source = claim.source("protocol")
        inherited = source is not None and source.kind == "heading"
        if source and inherited and claim.protocol in INCOMING and claim.direction != "outgoing":
            yield claim, source.span
