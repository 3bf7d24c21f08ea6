from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Problem
from balise.rules.base import PageRule, RuleContext


class InvalidText(PageRule):
    name = "invalid-text"
    group = "files"
    summary = "A page holds bytes or characters that are no text"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for problem in context.document.problems:
            if message := _message(problem):
                yield self.finding(context.document, problem.span, message)


def _message(problem: Problem) -> str:
    if problem.kind == "undecodable":
        more = f" ({problem.detail} bytes in the file)" if problem.detail != "1" else ""
        return f"this is not UTF-8{more}; save the page as UTF-8"
    if problem.kind == "nul":
        return "there is a NUL character here; the page may be damaged, or no text at all"
    return ""
