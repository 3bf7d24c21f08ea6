"""Emphasis with an attribute list: `**Next**{.action}` is a label as `` `Next`{.action} `` is one."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from balise.syntax.attributes import WAITING, attribute_lists, give, printed_attributes
from balise.syntax.context import RenderContext, html_attributes, of_token

FEWEST = 4
"""Tokens of emphasis with a list: two marks, what is between them, and the list."""


def emphasis_attributes_rule(state: StateInline) -> None:
    """Give each list that waits to the emphasis that ends in front of it, or make it text again.

    Both tokens of the emphasis have it. markdown-it-py leaves an empty text behind strong emphasis.
    """
    if len(state.tokens) < FEWEST or not _has_end_and_list(state.src):
        return
    opened: list[Token] = []
    ended: tuple[Token, ...] = ()
    for token in state.tokens:
        if token.type == WAITING:
            for owner in ended:
                give(owner, attribute_lists(token))
            token.type, token.meta = "text", {}
            token.content = "" if ended else token.content
        elif token.nesting > 0:
            opened.append(token)
            ended = ()
        elif token.nesting < 0:
            opening = opened.pop()
            ended = () if token.type == "link_close" else (opening, token)
        elif token.type != "text" or token.content:
            ended = ()


def _has_end_and_list(text: str) -> bool:
    """Whether anywhere a list stands behind an asterisk or underscore, which is hardly ever so."""
    return "*{" in text or "_{" in text or "*<." in text or "_<." in text


def render_opening(token: Token, context: RenderContext) -> str:
    """The tag of emphasis with its attributes."""
    if not token.meta:
        return f"<{token.tag}>"
    return f"<{token.tag}{html_attributes(printed_attributes(token))}>"


def emphasis_plugin(md: MarkdownIt) -> None:
    """Read attribute lists behind emphasis and render them; markdown-it-py reads emphasis."""
    md.inline.ruler2.after("emphasis", "emphasis_attributes", emphasis_attributes_rule)
    md.add_render_rule("em_open", of_token(render_opening))
    md.add_render_rule("strong_open", of_token(render_opening))
