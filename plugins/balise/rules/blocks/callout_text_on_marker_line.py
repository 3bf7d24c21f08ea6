"""`callout-text-on-marker-line`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.source import Edit, Span
from balise.document import Callout, Document, MarkerBlock
from balise.rules.base import PageFacts, Rule
from balise.rules.blocks.nesting import indent


class CalloutTextOnMarkerLine(Rule):
    name = "callout-text-on-marker-line"
    group = "blocks"
    summary = "Text stands behind the marker of a block, on the same line"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for block in page.document.blocks_of(MarkerBlock):
            if block.behind is not None:
                message = (
                    f"this text stands on the line of `[!{block.type}]`, where other tools drop it; "
                    "it belongs on a line of its own, behind `>`"
                )
                fix = _fix(page.document, block, block.behind)
                yield self.finding(page.document, block.behind, message, fix=fix)


def _fix(document: Document, block: MarkerBlock, behind: Span) -> Fix | None:
    """Only for callouts: elsewhere the first line has a meaning that only its author knows."""
    if not isinstance(block, Callout) or block.nested:
        return None
    line = f"{document.newline}{indent(document, block)}>"
    edit = Edit(Span(block.marker.end, behind.start), f"{line}{line} ")
    return Fix("move the text to a line of its own", safe=True, edits=(edit,))
