from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.claims import PortClaim, TableProseContradiction
from balise.claims.contradictions import stated_in_table
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import claim_subject, port_list


class PortTableContradictsProse(PageRule):
    name = "port-table-contradicts-prose"
    group = "claims"
    summary = "A table gives another port than the text of the same section"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        table = [claim for claim in context.meant_claims.ports if claim.origin == "table"]
        for one in context.contradictions:
            if not isinstance(one, TableProseContradiction):
                continue
            others = {
                n for p in one.prose for n in p.numbers - stated_in_table(p, table) or p.numbers
            }
            yield self.finding(
                context.document,
                one.port.span,
                f"the table says port {one.port.number} for {claim_subject(one.claim)}, "
                f"the text of this section says {port_list(others)}",
                related=tuple(_related(context.document, prose) for prose in one.prose),
            )


def _related(document: Document, prose: PortClaim) -> Related:
    noun = "port" if len(prose.numbers) == 1 else "ports"
    twice = " twice" if len(prose.ports) > len(prose.numbers) else ""
    return Related(
        document.path, prose.span, f"the text says {noun} {port_list(prose.numbers)}{twice}"
    )
