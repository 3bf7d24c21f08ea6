from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import enumeration, protocol_name, related_source, uses_of


class PortContradictsProtocol(PageRule):
    name = "port-contradicts-protocol"
    group = "claims"
    summary = "A sentence gives a protocol the port of another one"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for one in of_kind(context.contradictions, "protocol"):
            number, names = one.port.number, uses_of(one.known)
            if one.aspect == "starttls":
                message = f"{number} is encrypted from the first byte (SSL/TLS): it has no STARTTLS"
            elif one.aspect == "direction":
                message = f"the text is about {one.claim.direction} mail, but {number} is a port of {names}"
            else:
                about = enumeration(protocol_name(name) for name in dict.fromkeys(one.claim.named))
                message = f"the text is about {about}, but {number} is a port of {names}"
            related = related_source(context.document, one)
            yield self.finding(context.document, one.port.span, message, related=related)
