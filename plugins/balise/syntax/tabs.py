"""Tabs: `> [!tabs]`, `> title`, `>> content`.

Without JavaScript the panels stand one below the other, each under its title; a script of the
theme makes a strip of tabs of them.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from balise.syntax.block import BlockConstruct, Body
from balise.syntax.context import either, fixed
from balise.syntax.panels import panels, push_part, push_title, tokenize_group

DEPTHS = 1


def read_tabs(state: StateBlock, body: Body) -> None:
    """A panel for every title; one without a title is still shown."""
    body.opening.meta["bare"] = _bare_lines(state, body)
    for panel in panels(state, body, DEPTHS):
        titled = panel.title is not None
        lines = [panel.first, panel.last]
        push_part(state, "tab_open", 1, lines, filled=bool(panel.groups))
        push_part(state, "tab_title_open", 1, titled=titled)
        push_title(state, panel.title)
        # Behind a hidden token, markdown-it-py prints a line end before the next block.
        push_part(state, "tab_title_close", -1, titled=titled).hidden = not titled
        for group in panel.groups:
            tokenize_group(state, group)
        push_part(state, "tab_close", -1)


def _bare_lines(state: StateBlock, body: Body) -> list[int]:
    """Lines of nothing but `>` between titles and content, where older renderers lost their way."""
    filled = [line for line in range(body.first, body.last) if not state.isEmpty(line)]
    return [line for line in range(filled[0], filled[-1]) if state.isEmpty(line)] if filled else []


TABS = BlockConstruct("tabs", frozenset({"tabs"}), read_tabs)


def tabs_plugin(md: MarkdownIt) -> None:
    """Render tabs; `block.py` finds them."""
    md.add_render_rule("tabs_open", fixed('<div class="tabs">\n'))
    md.add_render_rule("tabs_close", fixed("</div>\n"))
    md.add_render_rule("tab_open", fixed('<section class="tab">\n'))
    md.add_render_rule("tab_close", fixed("</section>\n"))
    md.add_render_rule("tab_title_open", either("titled", '<p class="tab-title">'))
    md.add_render_rule("tab_title_close", either("titled", "</p>\n"))
