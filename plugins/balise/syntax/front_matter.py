"""Front matter: the YAML between two `---` lines at the very start, which prints nothing.

The block is found here; what it says is read in `document/front_matter.py`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from balise.syntax.context import fixed

OPENING = re.compile(r"(-{3,})[ \t]*$")
CLOSING = re.compile(r"(-{3,}|\.{3})[ \t]*$")


def front_matter_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """From `---` on the first line to the next such line, or YAML's own `...`."""
    if silent or start_line or not state.src.startswith("---"):
        return False
    opening = OPENING.match(state.src, 0, state.eMarks[0])
    if opening is None:
        return False
    for line in range(1, end_line):
        closing = CLOSING.match(state.src, state.bMarks[line], state.eMarks[line])
        if closing and (closing[1] == "..." or len(closing[1]) >= len(opening[1])):
            token = state.push("front_matter", "", 0)
            token.map = [0, line + 1]
            state.line = line + 1
            return True
    return False


def front_matter_plugin(md: MarkdownIt) -> None:
    """Find front matter and keep it off the page."""
    md.block.ruler.before("table", "front_matter", front_matter_rule)
    md.add_render_rule("front_matter", fixed(""))
