from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.rules.base import PageRule, RuleContext


class MislabelledCode(PageRule):
    name = "mislabelled-code"
    group = "code"
    summary = "Code is marked as another language than it is in"
    severity = Severity.INFO
    fixable = "always"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for fence in context.document.fences:
            if fence.written_in:
                marked = fence.language
                place = marked.span(0, len(marked.text))
                message = (
                    f"this code is `{fence.written_in}` and marked as `{marked.text}`, "
                    "so its colours mean nothing"
                )
                fix = Fix.replacement(place, fence.written_in, safe=True, removes=marked.text)
                yield self.finding(context.document, place, message, fix=fix)
