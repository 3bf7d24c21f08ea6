"""Plain quotations: `> text`. Read as CommonMark says, and each remembers where its `>` stands."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote


def quotation_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A quotation; `start` in its token's `meta` is the offset of its first `>`."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    index = len(state.tokens)
    found = blockquote(state, start_line, end_line, silent)
    if found and not silent:
        state.tokens[index].meta = {"start": start}
    return found


def quotation_plugin(md: MarkdownIt) -> None:
    """Read quotations with their places."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.at("blockquote", quotation_rule, {"alt": alt})
