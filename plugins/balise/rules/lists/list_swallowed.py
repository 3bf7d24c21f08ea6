from collections.abc import Iterator

from balise.base.findings import Finding
from balise.rules.base import PageRule, RuleContext


class ListSwallowed(PageRule):
    name = "list-swallowed"
    group = "lists"
    summary = "A numbered line is part of the paragraph above it and not a list"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("list-number"):
            message = (
                f"`{residue.text}` begins no list here, because only `1.` may do so directly "
                "below text: put a blank line in front of it"
            )
            yield self.finding(context.document, residue.span, message)
