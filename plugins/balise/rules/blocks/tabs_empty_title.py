from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Tabs
from balise.rules.base import PageRule, RuleContext


class TabsEmptyTitle(PageRule):
    name = "tabs-empty-title"
    group = "blocks"
    summary = "A tab has no title"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(Tabs):
            for tab in block.tabs:
                if tab.title is None:
                    message = (
                        "this tab has no title, so readers cannot choose it; "
                        "write one above, behind a single `>`"
                    )
                    yield self.finding(context.document, tab.title_span, message)
