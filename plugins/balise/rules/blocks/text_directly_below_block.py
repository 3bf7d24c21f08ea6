from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.source import Span
from balise.document import Document, MarkerBlock
from balise.rules.base import PageRule, RuleContext


class TextDirectlyBelowBlock(PageRule):
    name = "text-directly-below-block"
    group = "blocks"
    summary = "Text without `>` stands directly below a block and becomes part of it"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for block in context.document.blocks_of(MarkerBlock):
            if block.swallowed is None:
                continue
            message = (
                f"this line stands directly below `[!{block.type}]` and is printed inside of it; "
                "put a blank line above it, or `>` in front of it"
            )
            fix = _fix(context.document, block, block.swallowed)
            yield self.finding(context.document, block.swallowed, message, fix=fix)


def _fix(document: Document, block: MarkerBlock, line: Span) -> Fix | None:
    if block.nested:
        return None
    start = document.line_starts[document.line(line.start) - 1]
    place, title = Span(start, start), "add a blank line above"
    return Fix.replacement(place, document.newline, title, safe=False)
