"""`empty-page`"""

from collections.abc import Iterator

from balise.base.findings import Finding
from balise.rules.base import PageFacts, Rule


class EmptyPage(Rule):
    name = "empty-page"
    group = "files"
    summary = "A page has nothing in it"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for problem in page.document.problems:
            if problem.kind == "empty":
                yield self.finding(page.document, problem.span, "the page is empty")
