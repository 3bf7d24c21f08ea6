from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.document import Tabs
from balise.rules.base import PageRule, RuleContext


class TabsBareLine(PageRule):
    name = "tabs-bare-line"
    group = "blocks"
    summary = "A line between tabs is nothing but `>`"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(Tabs):
            for line in block.bare_lines:
                message = (
                    "this line between the tabs is nothing but `>`: other tools lose tabs here; "
                    "write `>>`"
                )
                fix = Fix.replacement(line, ">>", safe=True, keeps=Keeps.HTML)
                yield self.finding(context.document, line, message, fix=fix)
