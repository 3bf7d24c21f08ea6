"""`unreadable-file`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class UnreadableFile(Rule):
    name = "unreadable-file"
    group = "files"
    summary = "A page cannot be read"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for problem in page.document.problems:
            if problem.kind == "unreadable":
                message = f"the page cannot be read: {problem.detail}"
                yield self.finding(page.document, problem.span, message)
