from collections.abc import Iterator

from balise.base.findings import Finding
from balise.rules.base import PageRule, RuleContext


class EmptyPage(PageRule):
    name = "empty-page"
    group = "files"
    summary = "A page has nothing in it"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for problem in context.document.problems:
            if problem.kind == "empty":
                yield self.finding(context.document, problem.span, "the page is empty")
