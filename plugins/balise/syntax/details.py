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

OPENING = re.compile(
    r"(?P<fence>/{3,}+)[ \t]*+details"
    r"(?:[ \t]*+\|[ \t]*+(?P<title>(?:[^ \t\n]|[ \t]++(?=[^ \t\n]))*+))?[ \t]*+$"
)

CODE = re.compile(r"`{3,}|~{3,}")
"""A line that begins or ends code, in which `///` is code."""


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
    last = _end(state, start_line + 1, end_line, fence)
    closed = last < end_line and _text(state, last) == fence

    token = state.push("details_open", "details", 1)
    token.map = [start_line, last + closed]
    token.info = "details"
    token.meta = {"closed": closed, "marker": (pos, opening.end()), "title": opening["title"] or ""}
    state.push("details_title_open", "summary", 1)
    title = state.push("inline", "", 0)
    title.content = opening["title"] or ""
    title.children = []
    title.map = [start_line, start_line + 1]
    title.meta = {"segments": ((0, max(pos, opening.start("title"))),)}
    state.push("details_title_close", "summary", -1)
    tokenize_lines(state, start_line + 1, last, state.blkIndent)
    state.push("details_close", "details", -1)
    state.line = last + closed
    return True


def _end(state: StateBlock, line: int, end_line: int, fence: str) -> int:
    """The line of the closing fence; without one, where the container of the block ends."""
    depth = 1
    code = ""
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        text = _text(state, line)
        if mark := CODE.match(text):
            if not code:
                code = mark[0]
            elif text.rstrip() == mark[0] and mark[0].startswith(code):
                code = ""
        elif not code and text == fence:
            depth -= 1
            if not depth:
                return line
        elif not code and (nested := OPENING.match(text)) and nested["fence"] == fence:
            depth += 1
        line += 1
    return line


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


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
