"""`port-row-mislabelled`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageFacts, Rule
from balise.rules.claims.wording import listing, owners, protocol_name, related_source


class PortRowMislabelled(Rule):
    name = "port-row-mislabelled"
    group = "claims"
    summary = "The label of a port in a table says something else than the port is for"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for one in of_kind(page.contradictions, "label"):
            if one.aspect == "direction":
                about = f"{one.claim.direction} mail"
            else:
                about = listing(protocol_name(name) for name in dict.fromkeys(one.claim.named))
            message = (
                f"the label says {about}, but {one.port.number} is a port of {owners(one.known)}"
            )
            related = related_source(page.document, one)
            yield self.finding(page.document, one.port.span, message, related=related)
