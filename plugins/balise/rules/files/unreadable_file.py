from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class UnreadableFile(PageRule):
    name = "unreadable-file"
    group = "files"
    summary = "A page cannot be read"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for problem in context.document.problems:
            if problem.kind == "unreadable":
                message = f"the page cannot be read: {problem.detail}"
                yield self.finding(context.document, problem.span, message)
