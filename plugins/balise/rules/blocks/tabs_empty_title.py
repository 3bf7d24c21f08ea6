"""`tabs-empty-title`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule


class TabsEmptyTitle(Rule):
    name = "tabs-empty-title"
    group = "blocks"
    summary = "A tab has no title"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks:
            for tab in block.parts:
                if tab.kind == "tab" and tab.title is None:
                    message = (
                        "this tab has no title, so readers cannot choose it; "
                        "write one above, behind a single `>`"
                    )
                    yield self.finding(page.document, tab.title_span, message)
