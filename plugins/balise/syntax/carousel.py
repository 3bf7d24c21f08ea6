"""Pictures in a row: `> [!carousel]` with `> - ![caption](images/1.png)`, one a line.

A caption may also stand behind the picture: `![alt](src) caption`.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, Body, tokenize_lines
from balise.syntax.context import context_of, fixed
from balise.syntax.image import alt_text

ITEM = re.compile(r"(?:[-*+][ \t]+)?(?=!\[)")


def read_carousel(state: StateBlock, body: Body) -> None:
    """A slide for every line with a picture; other lines are read as a page is."""
    start = body.first
    for line in range(body.first, body.last):
        pos = state.bMarks[line] + state.tShift[line]
        item = ITEM.match(state.src, pos, state.eMarks[line])
        if item is None:
            continue
        tokenize_lines(state, start, line)
        _push_slide(state, line, item.end())
        start = line + 1
    tokenize_lines(state, start, body.last)


def _push_slide(state: StateBlock, line: int, at: int) -> None:
    token = state.push("slide_open", "figure", 1)
    token.map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = state.src[at : state.eMarks[line]].rstrip()
    token.map = [line, line + 1]
    token.children = []
    token.meta = {"segments": ((0, at),)}
    state.push("slide_close", "figure", -1)


CAROUSEL = BlockConstruct("carousel", frozenset({"carousel"}), read_carousel)


def render_carousel_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A strip that scrolls, by keyboard too."""
    word = escapeHtml(context_of(env).word("pictures"))
    return f'<div class="carousel" role="region" tabindex="0" aria-label="{word}">\n'


def render_slide_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The caption: what the picture's description says, unless there is text behind it."""
    children = tokens[idx - 1].children or []
    written = any(t.type == "text" and t.content.strip() for t in children)
    images = [t for t in children if t.type == "image"]
    alt = alt_text(images[0].children) if images and not written else ""
    return f"<figcaption>{escapeHtml(alt)}</figcaption></figure>\n" if alt else "</figure>\n"


def carousel_plugin(md: MarkdownIt) -> None:
    """Render carousels; `block.py` finds them."""
    md.add_render_rule("carousel_open", render_carousel_open)
    md.add_render_rule("carousel_close", fixed("</div>\n"))
    md.add_render_rule("slide_open", fixed('<figure class="slide">'))
    md.add_render_rule("slide_close", render_slide_close)
