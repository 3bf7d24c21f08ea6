"""Where a block stands: what is before its `>`, and where it ends."""

from balise.document import Block, Document


def indent(document: Document, block: Block) -> str:
    """What stands before the `>` of a block that is in no other: the indent of a list item."""
    return " " * (document.position(block.span.start).column - 1)


def last_line(document: Document, block: Block) -> int:
    """The last line of a block, from 1."""
    return document.line(block.span.end)
