from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import related_source


class PortSecurityContradiction(PageRule):
    name = "port-security-contradiction"
    group = "claims"
    summary = "A port is said to be with or without SSL/TLS, and it is the other way round"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for one in of_kind(context.contradictions, "security"):
            number = one.port.number
            if one.claim.security == "none":
                message = f"{number} is said to be without SSL/TLS, but it is encrypted from the first byte"
            else:
                message = f"{number} is said to be with SSL/TLS, but it is not encrypted from the first byte"
            related = related_source(context.document, one)
            yield self.finding(context.document, one.port.span, message, related=related)
