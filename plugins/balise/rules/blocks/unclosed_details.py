"""`unclosed-details`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Details
from balise.rules.base import PageFacts, Rule


class UnclosedDetails(Rule):
    name = "unclosed-details"
    group = "blocks"
    summary = "A collapsible block is not closed"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks_of(Details):
            if not block.closed:
                message = (
                    "the line `///` that ends this block is missing, so it hides all that follows; "
                    "write `///` where it ends"
                )
                yield self.finding(page.document, block.marker, message)
