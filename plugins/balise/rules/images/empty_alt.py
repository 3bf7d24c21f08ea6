from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class EmptyAlt(PageRule):
    name = "empty-alt"
    group = "images"
    summary = "A picture has no description"
    severity = Severity.INFO
    on_by_default = False
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for image in context.document.images:
            if not image.alt.strip():
                message = (
                    "this picture has no description: say between `![` and `]` what it shows, "
                    "for those who cannot see it"
                )
                yield self.finding(context.document, image.span, message)
