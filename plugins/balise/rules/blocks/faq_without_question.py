"""`faq-without-question`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class FaqWithoutQuestion(Rule):
    name = "faq-without-question"
    group = "blocks"
    summary = "An answer has no question"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks:
            for entry in block.parts:
                if entry.kind == "faq-entry" and entry.title is None:
                    message = (
                        "this answer has no question above it; "
                        "write one on the line above, behind a single `>`"
                    )
                    yield self.finding(page.document, entry.title_span, message)
