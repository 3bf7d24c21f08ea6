"""`invalid-text`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Problem
from balise.rules.base import PageFacts, Rule


class InvalidText(Rule):
    name = "invalid-text"
    group = "files"
    summary = "A page holds bytes or characters that are no text"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for problem in page.document.problems:
            if message := _message(problem):
                yield self.finding(page.document, problem.span, message)


def _message(problem: Problem) -> str:
    if problem.kind == "undecodable":
        more = f" ({problem.detail} bytes in the file)" if problem.detail != "1" else ""
        return f"this is not UTF-8{more}; save the page as UTF-8"
    if problem.kind == "nul":
        return "there is a NUL character here; the page may be damaged, or no text at all"
    return ""
