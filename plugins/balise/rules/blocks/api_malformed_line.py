from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import ApiBlock
from balise.rules.base import PageRule, RuleContext


class ApiMalformedLine(PageRule):
    name = "api-malformed-line"
    group = "blocks"
    summary = "A line begins as a call of the API does and is none"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(ApiBlock):
            for line in block.malformed:
                message = (
                    "this line is no call of the API and is printed as text; write "
                    "`@api {GET} /path`, with GET, POST, PUT, PATCH or DELETE"
                )
                yield self.finding(context.document, line, message)
