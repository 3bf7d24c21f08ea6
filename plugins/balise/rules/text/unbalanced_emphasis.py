from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class UnbalancedEmphasis(PageRule):
    name = "unbalanced-emphasis"
    group = "text"
    summary = "Asterisks that were meant to make text bold print as text"
    severity = Severity.ERROR
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("emphasis"):
            message = (
                "this `**` prints as text: bold text needs `**` on both sides, "
                "in the same paragraph and without a space inside of them"
            )
            yield self.finding(context.document, residue.span, message)
