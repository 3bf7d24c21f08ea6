from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class NestedTooDeep(PageRule):
    name = "nested-too-deep"
    group = "blocks"
    summary = "Quotations or lists stand in one another so deep that the rest is plain text"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for problem in context.document.problems:
            if problem.kind == "nested-too-deep":
                message = (
                    "quotations and lists stand in one another too deep here; "
                    "what is deeper is printed as plain text"
                )
                yield self.finding(context.document, problem.span, message)
