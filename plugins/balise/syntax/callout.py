"""Callouts: `> [!warning]` and its relatives, which may hold anything a page may hold."""

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from balise.syntax.block import BlockConstruct, block_type, read_as_page
from balise.syntax.context import RenderContext, fixed, of_token

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

FALLBACK = "note"

CALLOUT = BlockConstruct("callout", frozenset(ADMONITIONS), read_as_page)


def render_callout_open(token: Token, context: RenderContext) -> str:
    """An admonition with its title."""
    kind = block_type(token)
    kind = kind if kind in ADMONITIONS else FALLBACK
    title = escapeHtml(context.word(kind))
    return (
        f'<div class="admonition {ADMONITIONS[kind]} callout-{kind}">\n'
        f'<p class="admonition-title">{title}</p>\n'
    )


def callout_plugin(md: MarkdownIt) -> None:
    """Render callouts; `block.py` reads them."""
    md.add_render_rule("callout_open", of_token(render_callout_open))
    md.add_render_rule("callout_close", fixed("</div>\n"))
