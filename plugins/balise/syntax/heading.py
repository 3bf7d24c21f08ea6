"""Headings: `## Title {#id}`, their anchors, and what only looks like one.

The rules are CommonMark's, with an attribute list at the end. A single `-` under a line of text
is an empty list item in this dialect, not the underline of a heading.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, lheading
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.attributes import ATTRIBUTES, AttributeList, classes_of, parse_attributes
from balise.syntax.context import PLAIN, context_of, html_attributes

ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
GLUED = re.compile(r"(#{1,6})(?=[A-ZÀ-ÖØ-Þ])")
"""`#Title` without a blank: a heading where it stands alone, and not a comment of some code."""
INLINE_END = re.compile(r"`|\]\([^()]*\)|<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|\]\[[^\]]*\]")
"""What an attribute list directly behind belongs to, rather than to the heading."""
BLANKS = " \t"
LONE_DASH = re.compile(r"-[ \t]*$")


def heading_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """CommonMark 0.31, section 4.2, and a trailing attribute list."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    end = state.eMarks[start_line]
    if not state.src.startswith("#", pos, end) or state.is_code_block(start_line):
        return False
    match = ATX.match(state.src, pos, end)
    if match is None and not silent and _stands_alone(state, start_line, end_line):
        match = GLUED.match(state.src, pos, end)
    if match is None:
        return False
    if silent:
        return True
    level = len(match[1])
    at = match.end()
    content = _without_closing(state.src[at:end].rstrip(BLANKS))
    attributes, content = _trailing_attributes(content)

    state.line = start_line + 1
    token = state.push("heading_open", f"h{level}", 1)
    token.markup = "#" * level
    token.map = [start_line, state.line]
    if attributes:
        token.meta = {ATTRIBUTES: tuple(found.moved(at) for found in attributes)}
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [start_line, state.line]
    token.children = []
    token.meta = {"segments": ((0, at),)}
    token = state.push("heading_close", f"h{level}", -1)
    token.markup = "#" * level
    return True


def _stands_alone(state: StateBlock, line: int, end_line: int) -> bool:
    above = line == 0 or state.isEmpty(line - 1)
    return above and (line + 1 >= end_line or state.isEmpty(line + 1))


def _without_closing(content: str) -> str:
    """The content without the `#` that may close a heading behind a blank."""
    bare = content.rstrip("#")
    return bare.rstrip(BLANKS) if not bare or bare[-1] in BLANKS else content


def _trailing_attributes(content: str) -> tuple[list[AttributeList], str]:
    """The lists at the end of a heading, and the text in front of them.

    A list directly behind a link, an image or a code span is theirs.
    """
    inline_ends = {match.end() for match in INLINE_END.finditer(content)}
    lists: list[AttributeList] = []
    end = len(content)
    while row := _row_of_lists(content, end):
        if row[-1].start in inline_ends:
            break
        taken = list(takewhile(lambda found: not content.endswith("\\", 0, found.start), row))
        lists += taken
        if not taken:
            break
        end = taken[-1].start
        while content.endswith((" ", "\t"), 0, end):
            end -= 1
    return lists[::-1], content[:end]


def _row_of_lists(content: str, end: int) -> list[AttributeList]:
    """The lists up to `end` that stand directly one behind the other, the last one first."""
    row: list[AttributeList] = []
    while content.endswith("}", 0, end):
        start = content.rfind("{", 0, end)
        found = parse_attributes(content, start, end) if start >= 0 else None
        if found is None:
            break
        row.append(found)
        end = start
    return row


def underlined_heading_rule(
    state: StateBlock, start_line: int, end_line: int, silent: bool
) -> bool:
    """CommonMark 0.31, section 4.3, but for the underline of one dash."""
    before = len(state.tokens)
    parent, line = state.parentType, state.line
    if not lheading(state, start_line, end_line, silent):
        state.parentType = parent
        return False
    underline = state.line - 1
    pos = state.bMarks[underline] + state.tShift[underline]
    if LONE_DASH.match(state.src, pos, state.eMarks[underline]):
        del state.tokens[before:]
        state.line = line
        return False
    _take_attributes(state, before, underline - 1)
    return True


def _take_attributes(state: StateBlock, index: int, last_line: int) -> None:
    """Give the lists at the end of an underlined heading to it."""
    heading, inline = state.tokens[index : index + 2]
    lists, content = _trailing_attributes(inline.content)
    if lists:
        start = state.bMarks[last_line]
        line = state.src[start : state.eMarks[last_line]].rstrip(BLANKS)
        by = start + len(line) - len(inline.content)
        heading.meta = {ATTRIBUTES: tuple(found.moved(by) for found in lists)}
        inline.content = content


def lone_dash_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Let a line of one `-` end the paragraph above it; the list rule then reads the item."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    return (
        silent
        and state.src.startswith("-", pos)
        and not state.is_code_block(start_line)
        and LONE_DASH.match(state.src, pos, state.eMarks[start_line]) is not None
    )


def render_heading_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The heading's tag with its id and, inside, an empty element for each alias.

    A heading without text prints nothing, but in plain CommonMark.
    """
    token = tokens[idx]
    context = context_of(env)
    if context is not PLAIN and not tokens[idx + 1].content:
        return ""
    anchors = context.headings.get(token.map[0]) if token.map else None
    attributes: dict[str, str | int | float] = {}
    if anchors and anchors.id:
        attributes["id"] = anchors.id
    if classes := classes_of(token):
        attributes["class"] = " ".join(classes)
    aliases = "".join(
        f'<span class="alias" id="{escapeHtml(alias)}"></span>'
        for alias in (anchors.aliases if anchors else ())
    )
    return f"<{token.tag}{html_attributes(attributes)}>{aliases}"


def render_heading_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A link to the heading itself, for those who want to point at it, and the closing tag."""
    context = context_of(env)
    if context is not PLAIN and not tokens[idx - 1].content:
        return ""
    start = tokens[idx - 2].map
    anchors = context.headings.get(start[0]) if start and context is not PLAIN else None
    permalink = ""
    if anchors and anchors.id:
        title = escapeHtml(context.word("permalink"))
        href = escapeHtml(f"#{anchors.id}")
        permalink = f'<a class="headerlink" href="{href}" title="{title}">#</a>'
    return f"{permalink}</{tokens[idx].tag}>\n"


def heading_plugin(md: MarkdownIt) -> None:
    """Read and render headings."""
    md.block.ruler.at("heading", heading_rule, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("lheading", underlined_heading_rule)
    md.block.ruler.before("list", "lone_dash", lone_dash_rule, {"alt": ["paragraph"]})
    md.add_render_rule("heading_open", render_heading_open)
    md.add_render_rule("heading_close", render_heading_close)
