from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.document import Callout, Document, MarkerBlock
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.block_layout import indent


class CalloutTextOnMarkerLine(PageRule):
    name = "callout-text-on-marker-line"
    group = "blocks"
    summary = "Text stands behind the marker of a block, on the same line"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(MarkerBlock):
            if block.behind is not None:
                message = (
                    f"this text stands on the line of `[!{block.type}]`, where other tools drop it; "
                    "it belongs on a line of its own, behind `>`"
                )
                fix = _fix(context.document, block, block.behind)
                yield self.finding(context.document, block.behind, message, fix=fix)


def _fix(document: Document, block: MarkerBlock, behind: Span) -> Fix | None:
    """Only for callouts: elsewhere the first line has a meaning that only its author knows."""
    if not isinstance(block, Callout) or block.nested:
        return None
    line = f"{document.newline}{indent(document, block)}>"
    gap, title = Span(block.marker.end, behind.start), "move the text to a line of its own"
    return Fix.replacement(gap, f"{line}{line} ", title, safe=True, keeps=Keeps.WORDS)
