"""Tabs: `> [!tabs]`, `> title`, `>> content`.

Without JavaScript the panels stand one below the other, each under its title; a script of the
theme makes a strip of tabs of them.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, Body
from balise.syntax.context import fixed
from balise.syntax.panels import panels, push_title, tokenize_group

DEPTHS = 1


def read_tabs(state: StateBlock, body: Body) -> None:
    """A panel for every title; one without a title is still shown."""
    body.opening.meta["bare"] = _bare_lines(state, body)
    for panel in panels(state, body, DEPTHS):
        token = state.push("tab_open", "section", 1)
        token.map = [panel.first, panel.last]
        token.meta = {"filled": bool(panel.groups)}
        token = state.push("tab_title_open", "p", 1)
        token.hidden = panel.title is None
        push_title(state, panel.title)
        token = state.push("tab_title_close", "p", -1)
        token.hidden = panel.title is None
        for group in panel.groups:
            tokenize_group(state, group)
        state.push("tab_close", "section", -1)


def _bare_lines(state: StateBlock, body: Body) -> list[int]:
    """Lines of nothing but `>` between titles and content, where older renderers lost their way."""
    filled = [line for line in range(body.first, body.last) if not state.isEmpty(line)]
    return [line for line in range(filled[0], filled[-1]) if state.isEmpty(line)] if filled else []


TABS = BlockConstruct("tabs", frozenset({"tabs"}), read_tabs)


def render_title_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The title of a panel; nothing where it has none."""
    return "" if tokens[idx].hidden else '<p class="tab-title">'


def render_title_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The end of the title."""
    return "" if tokens[idx].hidden else "</p>\n"


def tabs_plugin(md: MarkdownIt) -> None:
    """Render tabs; `block.py` finds them."""
    md.add_render_rule("tabs_open", fixed('<div class="tabs">\n'))
    md.add_render_rule("tabs_close", fixed("</div>\n"))
    md.add_render_rule("tab_open", fixed('<section class="tab">\n'))
    md.add_render_rule("tab_close", fixed("</section>\n"))
    md.add_render_rule("tab_title_open", render_title_open)
    md.add_render_rule("tab_title_close", render_title_close)
