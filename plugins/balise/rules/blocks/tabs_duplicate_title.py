from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.document import Tab, Tabs
from balise.rules.base import PageRule, RuleContext


class TabsDuplicateTitle(PageRule):
    name = "tabs-duplicate-title"
    group = "blocks"
    summary = "Two tabs beside each other have the same title"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for block in document.blocks_of(Tabs):
            seen: dict[str, Tab] = {}
            for tab in block.tabs:
                if tab.title is None:
                    continue
                title = " ".join(tab.title.split())
                first = seen.setdefault(title.casefold(), tab)
                if first is not tab:
                    message = (
                        f"the tab `{title}` is there already (line {first.line}), and readers "
                        "cannot tell the two apart; give each its own title"
                    )
                    related = Related(document.path, first.title_span, "the first one")
                    yield self.finding(document, tab.title_span, message, related=(related,))
