"""Where a block stands: by itself, or in another block, which decides what stands before its `>`."""

from balise.document import Block, Document


def in_another(document: Document, block: Block) -> bool:
    """Whether another block with `>`, or a quotation, is around it."""
    blocks = [b.span for b in document.blocks if b is not block and b.type != "details"]
    return any(
        span.start <= block.span.start and span.end >= block.span.end
        for span in (*blocks, *(quote.span for quote in document.quotes))
    )


def indent(document: Document, block: Block) -> str:
    """What stands before the `>` of a block that is in no other: the indent of a list item."""
    return " " * (document.position(block.span.start).column - 1)


def last_line(document: Document, block: Block) -> int:
    """The last line of a block, from 1."""
    return document.line(block.span.end)
