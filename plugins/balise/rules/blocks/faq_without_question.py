from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Faq
from balise.rules.base import PageRule, RuleContext


class FaqWithoutQuestion(PageRule):
    name = "faq-without-question"
    group = "blocks"
    summary = "An answer has no question"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(Faq):
            for entry in block.entries:
                if entry.question is None:
                    message = (
                        "this answer has no question above it; "
                        "write one on the line above, behind a single `>`"
                    )
                    yield self.finding(context.document, entry.question_span, message)
