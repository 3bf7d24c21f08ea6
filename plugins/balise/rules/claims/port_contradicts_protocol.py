"""`port-contradicts-protocol`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageFacts, Rule
from balise.rules.claims.wording import listing, owners, protocol_name, related_source


class PortContradictsProtocol(Rule):
    name = "port-contradicts-protocol"
    group = "claims"
    summary = "A sentence gives a protocol the port of another one"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for one in of_kind(page.contradictions, "protocol"):
            number, names = one.port.number, owners(one.known)
            if one.aspect == "starttls":
                message = f"{number} is encrypted from the first byte (SSL/TLS): it has no STARTTLS"
            elif one.aspect == "direction":
                message = f"the text is about {one.claim.direction} mail, but {number} is a port of {names}"
            else:
                about = listing(protocol_name(name) for name in dict.fromkeys(one.claim.named))
                message = f"the text is about {about}, but {number} is a port of {names}"
            related = related_source(page.document, one)
            yield self.finding(page.document, one.port.span, message, related=related)
