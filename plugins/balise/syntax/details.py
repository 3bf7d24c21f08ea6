"""What can be opened: `/// details | Title` up to `///`."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import tokenize_lines
from balise.syntax.context import context_of, fixed

OPENING = re.compile(r"(?P<fence>/{3,})[ \t]*details(?:[ \t]*\|[ \t]*(?P<title>[^\n]*?))?[ \t]*$")


def details_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A block between two fences; one that is not closed goes on to the end of its container."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("///", pos) or state.is_code_block(start_line):
        return False
    opening = OPENING.match(state.src, pos, state.eMarks[start_line])
    if opening is None:
        return False
    if silent:
        return True
    fence = opening["fence"]
    last = start_line + 1
    depth = 1
    while last < end_line and state.sCount[last] >= min(state.blkIndent, state.sCount[last]):
        at = state.bMarks[last] + state.tShift[last]
        line = state.src[at : state.eMarks[last]].rstrip()
        if line == fence:
            depth -= 1
            if depth == 0:
                break
        elif OPENING.match(line) and line.startswith(fence) and line[len(fence)] != "/":
            depth += 1
        last += 1
    closed = last < end_line

    token = state.push("details_open", "details", 1)
    token.map = [start_line, last + closed]
    token.info = "details"
    token.meta = {
        "closed": closed,
        "marker": (pos, opening.end()),
        "title": opening["title"] or "",
    }
    state.push("details_title_open", "summary", 1)
    title = state.push("inline", "", 0)
    title.content = opening["title"] or ""
    title.children = []
    title.map = [start_line, start_line + 1]
    title.meta = {"segments": ((0, max(pos, opening.start("title"))),)}
    state.push("details_title_close", "summary", -1)
    tokenize_lines(state, start_line + 1, last)
    state.push("details_close", "details", -1)
    state.line = last + closed
    return True


def render_title_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """What opens the block; a word of ours where it has no title."""
    return "<summary>" if tokens[idx + 1].content else f"<summary>{context_of(env).word('details')}"


def details_plugin(md: MarkdownIt) -> None:
    """Read and render details."""
    md.block.ruler.before(
        "blockquote",
        "details",
        details_rule,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.add_render_rule("details_open", fixed('<details class="details">\n'))
    md.add_render_rule("details_close", fixed("</details>\n"))
    md.add_render_rule("details_title_open", render_title_open)
    md.add_render_rule("details_title_close", fixed("</summary>\n"))
