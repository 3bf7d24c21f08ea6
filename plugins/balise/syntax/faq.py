"""Questions and answers: `> [!faq]`, `> question`, `>> answer`, `>>> second column`."""

from collections.abc import Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, Body
from balise.syntax.context import fixed
from balise.syntax.panels import panels, push_title, tokenize_group

DEPTHS = 2


def read_faq(state: StateBlock, body: Body) -> None:
    """An entry for every question; an answer with second columns is made of cells."""
    for panel in panels(state, body, DEPTHS):
        titled = panel.title is not None
        columns = any(group.depth == DEPTHS for group in panel.groups)
        lines = [panel.first, panel.last]
        _push(state, "faq_entry_open", 1, lines, titled=titled, filled=bool(panel.groups))
        _push(state, "faq_question_open", 1, titled=titled)
        push_title(state, panel.title)
        _push(state, "faq_question_close", -1, titled=titled)
        _push(state, "faq_answer_open", 1, columns=columns)
        for group in panel.groups:
            lines = [group.first, group.last]
            _push(state, "faq_cell_open", 1, lines, columns=columns, column=group.depth)
            tokenize_group(state, group)
            _push(state, "faq_cell_close", -1, columns=columns)
        _push(state, "faq_answer_close", -1)
        _push(state, "faq_entry_close", -1, titled=titled)


def _push(
    state: StateBlock,
    name: str,
    nesting: Literal[-1, 1],
    lines: list[int] | None = None,
    **meta: object,
) -> None:
    token = state.push(name, "div", nesting)
    token.map = lines
    token.meta = meta


FAQ = BlockConstruct("faq", frozenset({"faq"}), read_faq)


def render_entry_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """An entry opens and closes; one without a question has nothing to open it with."""
    titled = tokens[idx].meta["titled"]
    return '<details class="faq-entry">\n' if titled else '<div class="faq-entry">\n'


def render_entry_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The end of an entry."""
    return "</details>\n" if tokens[idx].meta["titled"] else "</div>\n"


def render_question_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The question, which opens its answer."""
    return "<summary>" if tokens[idx].meta["titled"] else ""


def render_question_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The end of the question."""
    return "</summary>\n" if tokens[idx].meta["titled"] else ""


def render_answer_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The answer, in two columns where it has a second."""
    columns = " faq-columns" if tokens[idx].meta["columns"] else ""
    return f'<div class="faq-answer{columns}">\n'


def render_cell_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A cell of an answer in columns; nothing in any other answer."""
    column = tokens[idx].meta["column"]
    return f'<div class="faq-column-{column}">\n' if tokens[idx].meta["columns"] else ""


def render_cell_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The end of a cell."""
    return "</div>\n" if tokens[idx].meta["columns"] else ""


def faq_plugin(md: MarkdownIt) -> None:
    """Render questions and answers; `block.py` finds them."""
    md.add_render_rule("faq_open", fixed('<div class="faq">\n'))
    md.add_render_rule("faq_close", fixed("</div>\n"))
    md.add_render_rule("faq_entry_open", render_entry_open)
    md.add_render_rule("faq_entry_close", render_entry_close)
    md.add_render_rule("faq_question_open", render_question_open)
    md.add_render_rule("faq_question_close", render_question_close)
    md.add_render_rule("faq_answer_open", render_answer_open)
    md.add_render_rule("faq_answer_close", fixed("</div>\n"))
    md.add_render_rule("faq_cell_open", render_cell_open)
    md.add_render_rule("faq_cell_close", render_cell_close)
