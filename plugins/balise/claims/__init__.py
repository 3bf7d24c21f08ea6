"""What a page states, as typed statements with places: `Document` -> claims."""

from balise.claims.claim import Claims, HostClaim, PortClaim, PortNumber, Source
from balise.claims.contradictions import Contradiction, contradictions
from balise.claims.reading import read_claims

__all__ = [
    "Claims",
    "Contradiction",
    "HostClaim",
    "PortClaim",
    "PortNumber",
    "Source",
    "contradictions",
    "read_claims",
]
