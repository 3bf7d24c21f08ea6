"""`unbalanced-emphasis`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class UnbalancedEmphasis(Rule):
    name = "unbalanced-emphasis"
    group = "text"
    summary = "Asterisks that were meant to make text bold print as text"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for residue in page.document.residues:
            if residue.kind == "emphasis":
                message = (
                    "this `**` prints as text: bold text needs `**` on both sides, "
                    "in the same paragraph and without a space inside of them"
                )
                yield self.finding(page.document, residue.span, message)
