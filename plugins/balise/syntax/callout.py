"""Callouts: `> [!warning]` and its relatives, which may hold anything a page may hold."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, block_type, read_as_page
from balise.syntax.context import context_of, fixed

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


def render_callout_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """An admonition with its title."""
    kind = block_type(tokens[idx])
    kind = kind if kind in ADMONITIONS else FALLBACK
    title = escapeHtml(context_of(env).word(kind))
    return (
        f'<div class="admonition {ADMONITIONS[kind]} callout-{kind}">\n'
        f'<p class="admonition-title">{title}</p>\n'
    )


def callout_plugin(md: MarkdownIt) -> None:
    """Render callouts; `block.py` reads them."""
    md.add_render_rule("callout_open", render_callout_open)
    md.add_render_rule("callout_close", fixed("</div>\n"))
