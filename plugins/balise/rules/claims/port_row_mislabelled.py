from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import enumeration, protocol_name, related_source, uses_of


class PortRowMislabelled(PageRule):
    name = "port-row-mislabelled"
    group = "claims"
    summary = "The label of a port in a table says something else than the port is for"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for one in of_kind(context.contradictions, "label"):
            if one.aspect == "direction":
                about = f"{one.claim.direction} mail"
            else:
                about = enumeration(protocol_name(name) for name in dict.fromkeys(one.claim.named))
            message = (
                f"the label says {about}, but {one.port.number} is a port of {uses_of(one.known)}"
            )
            related = related_source(context.document, one)
            yield self.finding(context.document, one.port.span, message, related=related)
