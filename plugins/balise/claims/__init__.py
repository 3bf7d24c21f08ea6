"""What a page states and consists of, as data that can be compared: its claims and its outline."""

from balise.claims.contradictions import (
    Contradiction,
    TableProseContradiction,
    WellKnownContradiction,
    contradictions,
)
from balise.claims.model import Claims, HostClaim, PortClaim, PortNumber
from balise.claims.reader import read_claims

__all__ = [
    "Claims",
    "Contradiction",
    "HostClaim",
    "PortClaim",
    "PortNumber",
    "TableProseContradiction",
    "WellKnownContradiction",
    "contradictions",
    "read_claims",
]
