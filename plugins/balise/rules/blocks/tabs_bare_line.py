"""`tabs-bare-line`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.source import Edit
from balise.document import Tabs
from balise.rules.base import PageFacts, Rule


class TabsBareLine(Rule):
    name = "tabs-bare-line"
    group = "blocks"
    summary = "A line between tabs is nothing but `>`"
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks_of(Tabs):
            for line in block.bare_lines:
                message = (
                    "this line between the tabs is nothing but `>`: other tools lose tabs here; "
                    "write `>>`"
                )
                fix = Fix("write `>>`", safe=True, edits=(Edit(line, ">>"),))
                yield self.finding(page.document, line, message, fix=fix)
