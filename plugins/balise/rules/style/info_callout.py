from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.document import Callout
from balise.rules.base import PageRule, RuleContext


class InfoCallout(PageRule):
    name = "info-callout"
    group = "style"
    summary = "A callout is `[!info]`, which newer systems do not have"
    severity = Severity.INFO
    fixable = "always"
    layouts = frozenset({"index"})

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(Callout):
            if block.type.strip().casefold() == "info":
                message = f"`[!{block.type}]` is no callout since 2023; `[!primary]` is the same"
                fix = Fix.replacement(block.marker, "[!primary]", safe=False, removes=block.type)
                yield self.finding(context.document, block.marker, message, fix=fix)
