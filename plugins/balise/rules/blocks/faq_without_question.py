"""`faq-without-question`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class FaqWithoutQuestion(PageRule):
    name = "faq-without-question"
    group = "blocks"
    summary = "An answer has no question"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks:
            for entry in block.parts:
                if entry.kind == "faq-entry" and entry.title is None:
                    message = (
                        "this answer has no question above it; "
                        "write one on the line above, behind a single `>`"
                    )
                    yield self.finding(context.document, entry.title_span, message)
