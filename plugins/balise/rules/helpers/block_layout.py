"""Where a block stands: what is before its `>`, where it ends, and what follows it."""

from bisect import bisect_left, bisect_right

from balise.document import Block, Callout, Document, Faq, Quote, Tabs


def indent(document: Document, block: Block) -> str:
    """What stands before the `>` of a block that is in no other: the indent of a list item."""
    return " " * (document.position(block.span.start).column - 1)


def last_line(document: Document, block: Block) -> int:
    """The last line of a block, from 1."""
    return document.line(block.span.end)


def cut_off_quote(document: Document, block: Block) -> Quote | None:
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
