"""How statements about ports are named in findings."""

from collections.abc import Iterable

from balise.base.findings import Related
from balise.claims import PortClaim, WellKnownContradiction
from balise.claims.well_known import WellKnownPort
from balise.document import Document

NAMES = {"postgresql": "PostgreSQL", "mysql": "MySQL", "telnet": "Telnet"}
WHERE = {
    "row": "the label of the row",
    "column": "the label of the column",
    "sentence": "the sentence",
    "heading": "the heading",
}
SECURITY = {"tls": "with SSL/TLS", "starttls": "with STARTTLS", "none": "without SSL/TLS"}


def protocol_name(protocol: str) -> str:
    """`POP`, `MySQL`"""
    return NAMES.get(protocol, protocol.upper())


def uses_of(known: WellKnownPort) -> str:
    """`IMAP`, or `SSH and SFTP`: what a port is for."""
    return enumeration(protocol_name(name) for name in sorted(known.protocols))


def enumeration(items: Iterable[str]) -> str:
    """`a, b and c`"""
    found = list(items)
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def port_list(ports: Iterable[int]) -> str:
    """`110 and 587`"""
    return enumeration(str(port) for port in sorted(ports))


def claim_subject(claim: PortClaim) -> str:
    """`incoming IMAP mail with SSL/TLS`"""
    words = [
        claim.direction,
        protocol_name(claim.protocol) if claim.protocol else None,
        "mail" if claim.direction else None,
        SECURITY[claim.security] if claim.security else None,
    ]
    return " ".join(word for word in words if word) or "this row"


def related_source(document: Document, one: WellKnownContradiction) -> tuple[Related, ...]:
    """Where the part stands that the number contradicts."""
    source = one.source
    if source is None or source.kind not in WHERE or source.span == one.claim.span:
        return ()
    return (Related(document.path, source.span, WHERE[source.kind]),)
