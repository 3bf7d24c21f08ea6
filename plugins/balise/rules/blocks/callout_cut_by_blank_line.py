"""`callout-cut-by-blank-line`"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Related
from balise.base.source import Edit, Span
from balise.document import Block, Callout, Document, Faq, Quote, Tabs
from balise.rules.base import PageFacts, Rule
from balise.rules.blocks.nesting import indent, last_line


class CalloutCutByBlankLine(Rule):
    name = "callout-cut-by-blank-line"
    group = "blocks"
    summary = "A blank line cuts a block, and what follows is a plain quotation"
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        for block in document.blocks:
            quote = cut_off(document, block)
            if quote is None:
                continue
            blank = quote.line - 1
            message = (
                f"this quotation is no part of `[!{block.type}]` above, which ends at the blank "
                f"line {blank}; if it belongs to it, write `>` on that line"
            )
            start = document.line_starts[blank - 1]
            edit = Edit(Span(start, start), f"{indent(document, block)}>")
            yield self.finding(
                document,
                Span(quote.span.start, quote.span.start + 1),
                message,
                related=(Related(document.path, block.marker, f"`[!{block.type}]` begins here"),),
                fix=Fix("write `>` on the blank line", safe=False, edits=(edit,)),
            )


def cut_off(document: Document, block: Block) -> Quote | None:
    """The quotation one blank line below a block that reads as if it were its second half.

    A block whose last line is a bare `>` was ended on purpose, unless what follows stands behind
    `>>`, as only panels and answers do.
    """
    if not isinstance(block, Callout | Faq | Tabs) or not block.blank_below:
        return None
    line = last_line(document, block) + 2
    first = bisect_left(document.quotes, line, key=lambda quote: quote.line)
    last = bisect_right(document.quotes, line, key=lambda quote: quote.line)
    below = document.quotes[first:last]
    if not below or below[0].empty or block.nested:
        return None
    quote = below[0]
    if document.position(quote.span.start).column != document.position(block.span.start).column:
        return None
    double = len(below) > 1
    goes_on = block.empty or not block.ends_bare or (double and isinstance(block, Faq | Tabs))
    return quote if goes_on else None
