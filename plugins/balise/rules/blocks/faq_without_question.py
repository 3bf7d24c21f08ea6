"""`faq-without-question`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Faq
from balise.rules.base import PageFacts, Rule


class FaqWithoutQuestion(Rule):
    name = "faq-without-question"
    group = "blocks"
    summary = "An answer has no question"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks_of(Faq):
            for entry in block.entries:
                if entry.question is None:
                    message = (
                        "this answer has no question above it; "
                        "write one on the line above, behind a single `>`"
                    )
                    yield self.finding(page.document, entry.question_span, message)
