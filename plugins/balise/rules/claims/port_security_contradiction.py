"""`port-security-contradiction`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageFacts, Rule
from balise.rules.claims.wording import related_source


class PortSecurityContradiction(Rule):
    name = "port-security-contradiction"
    group = "claims"
    summary = "A port is said to be with or without SSL/TLS, and it is the other way round"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for one in of_kind(page.contradictions, "security"):
            number = one.port.number
            if one.claim.security == "none":
                message = f"{number} is said to be without SSL/TLS, but it is encrypted from the first byte"
            else:
                message = f"{number} is said to be with SSL/TLS, but it is not encrypted from the first byte"
            related = related_source(page.document, one)
            yield self.finding(page.document, one.port.span, message, related=related)
