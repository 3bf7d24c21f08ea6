from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps, Severity
from balise.rules.base import PageRule, RuleContext


class RepeatedBlankLine(PageRule):
    name = "repeated-blank-line"
    group = "style"
    summary = "Two blank lines or more stand in a row"
    severity = Severity.INFO
    fixable = "always"
    on_by_default = False
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for span in context.document.repeated_blank_lines:
            fix = Fix.replacement(span, "", "keep one of them", safe=True, keeps=Keeps.HTML)
            message = "there is a blank line above already"
            yield self.finding(context.document, span, message, fix=fix)
