"""`section-contradicts-heading`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.claims.contradictions import of_kind
from balise.rules.base import PageFacts, Rule
from balise.rules.claims.wording import owners, protocol_name, related_source


class SectionContradictsHeading(Rule):
    name = "section-contradicts-heading"
    group = "claims"
    summary = "A section is about another protocol than its heading"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for one in of_kind(page.contradictions, "heading"):
            about = f"{one.claim.direction} mail"
            if one.aspect == "protocol" and one.claim.protocol:
                about = protocol_name(one.claim.protocol)
            message = (
                f"the heading is about {about}, "
                f"but {one.port.number} is a port of {owners(one.known)}"
            )
            related = related_source(page.document, one)
            yield self.finding(page.document, one.port.span, message, related=related)
