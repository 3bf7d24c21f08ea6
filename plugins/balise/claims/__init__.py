"""What a page states and consists of, as data that can be compared: its claims and its outline."""

from balise.claims.contradictions import (
    Contradiction,
    TableProseContradiction,
    WellKnownContradiction,
    contradictions,
)
from balise.claims.model import Claims, HostClaim, PortClaim, PortNumber
from balise.claims.outline import Outline
from balise.claims.reader import read_claims
from balise.claims.swaps import SwappedSections, as_meant, swapped_sections

__all__ = [
    "Claims",
    "Contradiction",
    "HostClaim",
    "Outline",
    "PortClaim",
    "PortNumber",
    "SwappedSections",
    "TableProseContradiction",
    "WellKnownContradiction",
    "as_meant",
    "contradictions",
    "read_claims",
    "swapped_sections",
]
