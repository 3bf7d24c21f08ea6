"""Anchors made by hand: `<a id="x">` alone on the line above a heading.

CommonMark takes such a line and all up to the next blank one for raw HTML, and the heading would
be printed with its marks. Here the line stands for itself.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

ANCHOR = re.compile(r"<a\s+(?:id|name)\s*=[^<>]*>\s*$", re.IGNORECASE)
HEADING = re.compile(r" {0,3}#{1,6}[ \t]")


def anchor_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The anchor's line, as raw HTML."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<", pos) or state.is_code_block(start_line):
        return False
    if ANCHOR.match(state.src, pos, state.eMarks[start_line]) is None:
        return False
    below = start_line + 1
    if below >= end_line or not HEADING.match(state.src, state.bMarks[below], state.eMarks[below]):
        return False
    if silent:
        return True
    token = state.push("html_block", "", 0)
    token.map = [start_line, below]
    token.content = state.getLines(start_line, below, state.blkIndent, True)
    state.line = below
    return True


def anchor_plugin(md: MarkdownIt) -> None:
    """Read anchors above headings."""
    md.block.ruler.before("html_block", "anchor", anchor_rule, {"alt": ["paragraph"]})
