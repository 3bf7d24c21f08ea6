"""`nested-too-deep`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class NestedTooDeep(Rule):
    name = "nested-too-deep"
    group = "blocks"
    summary = "Quotations or lists stand in one another so deep that the rest is left out"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for problem in page.document.problems:
            if problem.kind == "nested-too-deep":
                message = (
                    "quotations and lists stand in one another too deep here; "
                    "what is deeper is not on the page"
                )
                yield self.finding(page.document, problem.span, message)
