from bisect import bisect_left
from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import Tabs
from balise.rules.base import PageRule, RuleContext


class HeadingInTabs(PageRule):
    name = "heading-in-tabs"
    group = "blocks"
    summary = "A heading stands in a tab"
    severity = Severity.INFO
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        headings = document.headings
        seen: set[int] = set()
        for block in document.blocks_of(Tabs):
            for tab in block.tabs:
                at = bisect_left(headings, tab.span.start, key=lambda h: h.span.start)
                while at < len(headings) and headings[at].span.start < tab.span.end:
                    if at not in seen:
                        seen.add(at)
                        message = (
                            f"the heading `{headings[at].text}` stands in a tab: while another tab "
                            "is open, readers do not see it; use bold text, or leave the tabs"
                        )
                        yield self.finding(document, headings[at].span, message)
                    at += 1
