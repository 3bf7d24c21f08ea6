"""Text that was written as an escape (`\\*`) or an entity (`&nbsp;`), and that stays told apart.

markdown-it-py would join such a piece with the text around it, and with that its place would be
lost: what it prints is shorter than what was written.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


def render_special(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The character that was meant."""
    return escapeHtml(tokens[idx].content)


def text_plugin(md: MarkdownIt) -> None:
    """Keep escapes and entities as tokens of their own."""
    md.disable("text_join")
    md.add_render_rule("text_special", render_special)
