"""Callouts: `> [!warning]` at the start of a paragraph, up to the next blank line.

Lines without `>` before that blank line belong to the block as well, whatever they begin, except
a heading. The marker of another block ends it, too. Blocks of the other types of the dialect (`[!api]`, `[!faq]` ...) have the same outer
form and are read here until they have a file of their own.
"""

import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.context import context_of

MARKER = re.compile(r">[ \t]*\[!([^\]\n]*)\](?!\()[ \t]*")
ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")

ADMONITIONS = {
    "alert": "danger",
    "warning": "warning",
    "primary": "info",
    "success": "success",
    "secondary": "abstract",
    "hint": "tip",
    "note": "note",
    "info": "info",
}
"""Type of callout -> the admonition of Material for MkDocs that looks like it."""

CALLOUT_TYPES = frozenset(ADMONITIONS)
BLOCK_TYPES = CALLOUT_TYPES | {
    "api", "carousel", "faq", "product-section", "product-section(right)", "tabs",
}  # fmt: skip
FALLBACK = "note"


def callout_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Parse one block with a marker."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(">", pos) or state.is_code_block(start_line):
        return False
    marker = MARKER.match(state.src, pos, state.eMarks[start_line])
    if marker is None:
        return False
    if silent:
        return True

    saved = _Saved(state)
    saved.keep(start_line)
    _begin_line_at(state, start_line, marker.end())
    line = start_line + 1
    while line < end_line and _belongs(state, line):
        saved.keep(line)
        _strip_prefix(state, line)
        line += 1

    token = state.push("callout_open", "div", 1)
    token.markup = ">"
    token.info = marker[1]
    token.meta = {"marker": (state.src.index("[", pos), marker.start(1) + len(marker[1]) + 1)}
    token.map = [start_line, line]

    parent, line_max, indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "blockquote", line, 0
    state.md.block.tokenize(state, start_line, line)
    state.parentType, state.lineMax, state.blkIndent = parent, line_max, indent
    saved.restore()
    state.line = line

    token = state.push("callout_close", "div", -1)
    token.markup = ">"
    token.info = marker[1]
    return True


class _Saved:
    """The block state's line marks as they were, to be put back behind the block."""

    def __init__(self, state: StateBlock) -> None:
        self.state = state
        self.marks: list[tuple[int, int, int, int, int]] = []

    def keep(self, line: int) -> None:
        s = self.state
        self.marks.append((line, s.bMarks[line], s.tShift[line], s.sCount[line], s.bsCount[line]))

    def restore(self) -> None:
        s = self.state
        for line, *marks in self.marks:
            s.bMarks[line], s.tShift[line], s.sCount[line], s.bsCount[line] = marks


def _belongs(state: StateBlock, line: int) -> bool:
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return False
    pos, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.src[pos] != ">":
        return not ATX.match(state.src, pos, end)
    marker = MARKER.match(state.src, pos, end)
    return marker is None or marker[1].strip().casefold() not in BLOCK_TYPES


def _strip_prefix(state: StateBlock, line: int) -> None:
    """Take `>` and one space behind it off the line; a line without `>` stays as it is."""
    pos = state.bMarks[line] + state.tShift[line]
    if state.src[pos] != ">":
        # The content is parsed without the indent of the list item that holds the block.
        state.sCount[line] -= state.blkIndent
        return
    pos += 1
    if state.src.startswith(" ", pos):
        pos += 1
    _begin_line_at(state, line, pos)


def _begin_line_at(state: StateBlock, line: int, pos: int) -> None:
    """Let `line` begin at offset `pos`; its tabs count from the column where they stand."""
    end = state.eMarks[line]
    column = (
        state.sCount[line] + state.bsCount[line] + (pos - state.bMarks[line] - state.tShift[line])
    )
    shift = width = 0
    while pos + shift < end and (char := state.src[pos + shift]) in " \t":
        width += 4 - (column + width) % 4 if char == "\t" else 1
        shift += 1
    state.bMarks[line] = pos
    state.tShift[line] = shift
    state.sCount[line] = width
    state.bsCount[line] = column


def callout_type(token: Token) -> str:
    """The type as the dialect knows it: case is forgiven, blanks around it are not part of it."""
    return token.info.strip().casefold()


def render_callout_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """An admonition with its title for a callout, a plain block for the other types."""
    kind = callout_type(tokens[idx])
    if kind in BLOCK_TYPES - CALLOUT_TYPES:
        return f'<div class="block block-{escapeHtml(kind.partition("(")[0])}">\n'
    kind = kind if kind in CALLOUT_TYPES else FALLBACK
    title = escapeHtml(context_of(env).word(kind))
    return (
        f'<div class="admonition {ADMONITIONS[kind]} callout-{kind}">\n'
        f'<p class="admonition-title">{title}</p>\n'
    )


def render_callout_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any
) -> str:
    """The end of what `render_callout_open` began."""
    return "</div>\n"


def callout_plugin(md: MarkdownIt) -> None:
    """Read and render callouts."""
    md.block.ruler.before(
        "blockquote",
        "callout",
        callout_rule,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.add_render_rule("callout_open", render_callout_open)
    md.add_render_rule("callout_close", render_callout_close)
