from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import protocol_name, related_source, uses_of


class SectionContradictsHeading(PageRule):
    name = "section-contradicts-heading"
    group = "claims"
    summary = "A section is about another protocol than its heading"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        if swap := context.swapped_sections:
            name, other = protocol_name(swap.protocol), protocol_name(swap.other)
            message = (
                f"the sections on {name} and {other} are swapped: below this heading stand "
                f"ports of {other}, below the other those of {name}"
            )
            there = Related(context.document.path, swap.other_heading, "the other heading")
            yield self.finding(context.document, swap.heading, message, related=(there,))
        for one in of_kind(context.contradictions, "heading"):
            about = f"{one.claim.direction} mail"
            if one.aspect == "protocol" and one.claim.heading:
                about = protocol_name(one.claim.heading.protocol)
            message = (
                f"the heading is about {about}, "
                f"but {one.port.number} is a port of {uses_of(one.known)}"
            )
            related = related_source(context.document, one)
            yield self.finding(context.document, one.port.span, message, related=related)
