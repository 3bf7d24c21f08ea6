"""Blocks in blocks: beyond a limit none begins, and what stands there is text. So nothing is ever left out."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph

MAX_NESTING = 60
"""Levels of blocks in blocks that are read."""

DEEPEST_BLOCK = 10
"""Levels that one block may add. markdown-it drops all text that is as deep as its own limit."""


def nesting_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """At the limit a paragraph, whose token says so in its `meta`; stands in front of all rules of containers."""
    if silent or state.level < MAX_NESTING:
        return False
    index = len(state.tokens)
    paragraph(state, start_line, end_line, silent)
    state.tokens[index].meta = {"too_deep": True}
    return True


def nesting_plugin(md: MarkdownIt) -> None:
    """Read no block that is nested deeper than `MAX_NESTING`, and its text all the same."""
    md.options["maxNesting"] = MAX_NESTING + DEEPEST_BLOCK
    md.block.ruler.before("block", "nesting", nesting_rule)
