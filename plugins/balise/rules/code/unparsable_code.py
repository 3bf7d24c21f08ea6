from collections.abc import Iterator

from balise.base.findings import Finding
from balise.rules.base import PageRule, RuleContext


class UnparsableCode(PageRule):
    name = "unparsable-code"
    group = "code"
    summary = "Code is not valid in the language that it is marked as"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for fence in context.document.fences:
            if fence.error and fence.closed:
                at = max(0, len(fence.code.text[: fence.error.offset + 1].rstrip(" \n")) - 1)
                message = f"this is no valid `{fence.language.text}`: {fence.error.reason}"
                yield self.finding(context.document, fence.code.span(at, at + 1), message)
