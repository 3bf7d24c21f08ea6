"""What a page states, as typed statements with places: `Document` -> claims."""

from balise.claims.claim import PortClaim, PortNumber
from balise.claims.ports import read_claims

__all__ = ["PortClaim", "PortNumber", "read_claims"]
