from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Details
from balise.rules.base import PageRule, RuleContext


class UnclosedDetails(PageRule):
    name = "unclosed-details"
    group = "blocks"
    summary = "A collapsible block is not closed"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(Details):
            if not block.closed:
                message = (
                    "the line `///` that ends this block is missing, so it hides all that follows; "
                    "write `///` where it ends"
                )
                yield self.finding(context.document, block.marker, message)
