"""Pictures in a row: `> [!carousel]` with `> - ![caption](images/1.png)`, one a line.

A caption may also stand behind the picture: `![alt](src) caption`.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, Body, tokenize_lines
from balise.syntax.context import RenderContext, fixed, of_token
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
    token = state.push("slide", "figure", 0)
    token.content = state.src[at : state.eMarks[line]].rstrip()
    token.map = [line, line + 1]
    token.children = []
    token.meta = {"segments": ((0, at),)}


def parse_slides(state: StateCore) -> None:
    """Read the inline content of slides, as markdown-it-py does that of `inline` tokens."""
    for token in state.tokens:
        if token.type == "slide" and token.children is not None:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


CAROUSEL = BlockConstruct("carousel", frozenset({"carousel"}), read_carousel)


def render_carousel_open(token: Token, context: RenderContext) -> str:
    """A strip that scrolls, by keyboard too."""
    word = escapeHtml(context.word("pictures"))
    return f'<div class="carousel" role="group" tabindex="0" aria-label="{word}">\n'


def caption(slide: Token) -> Sequence[Token]:
    """What stands behind a slide's picture; nothing where there is no text in it."""
    children = slide.children or []
    behind = [index + 1 for index, token in enumerate(children) if token.type == "image"][:1]
    rest = children[behind[0] :] if behind else []
    return rest if any(t.content.strip() for t in rest if not t.children) else []


def render_slide(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture and its caption: the text behind it, or else what its description says."""
    slide = tokens[idx]
    rest = caption(slide)
    picture = (slide.children or [])[: len(slide.children or []) - len(rest)]
    image = next((token for token in picture if token.type == "image"), None)
    if rest:
        text = self.renderInline(rest, options, env).strip()
    else:
        text = escapeHtml(alt_text(image.children)) if image else ""
    figcaption = f"<figcaption>{text}</figcaption>" if text else ""
    return (
        f'<figure class="slide">{self.renderInline(picture, options, env)}{figcaption}</figure>\n'
    )


def carousel_plugin(md: MarkdownIt) -> None:
    """Render carousels; `block.py` finds them."""
    md.add_render_rule("carousel_open", of_token(render_carousel_open))
    md.add_render_rule("carousel_close", fixed("</div>\n"))
    md.core.ruler.after("inline", "slides", parse_slides)
    md.add_render_rule("slide", render_slide)
