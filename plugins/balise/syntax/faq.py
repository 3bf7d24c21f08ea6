"""Questions and answers: `> [!faq]`, `> question`, `>> answer`, `>>> second column`."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from balise.syntax.block import BlockConstruct, Body
from balise.syntax.context import RenderContext, either, fixed, of_token
from balise.syntax.panels import panels, push_part, push_title, tokenize_group

DEPTHS = 2


def read_faq(state: StateBlock, body: Body) -> None:
    """An entry for every question; an answer with second columns is made of cells."""
    for panel in panels(state, body, DEPTHS):
        titled = panel.title is not None
        columns = any(group.depth == DEPTHS for group in panel.groups)
        lines = [panel.first, panel.last]
        push_part(state, "faq_entry_open", 1, lines, titled=titled, filled=bool(panel.groups))
        push_part(state, "faq_question_open", 1, titled=titled)
        push_title(state, panel.title)
        push_part(state, "faq_question_close", -1, titled=titled)
        push_part(state, "faq_answer_open", 1, columns=columns)
        for group in panel.groups:
            lines = [group.first, group.last]
            push_part(state, "faq_cell_open", 1, lines, columns=columns, column=group.depth)
            tokenize_group(state, group)
            push_part(state, "faq_cell_close", -1, columns=columns)
        push_part(state, "faq_answer_close", -1)
        push_part(state, "faq_entry_close", -1, titled=titled)


FAQ = BlockConstruct("faq", frozenset({"faq"}), read_faq)


def render_cell_open(token: Token, context: RenderContext) -> str:
    """A cell of an answer in columns; nothing in any other answer."""
    column = token.meta["column"]
    return f'<div class="faq-column-{column}">\n' if token.meta["columns"] else ""


def faq_plugin(md: MarkdownIt) -> None:
    """Render questions and answers; `block.py` finds them."""
    md.add_render_rule("faq_open", fixed('<div class="faq">\n'))
    md.add_render_rule("faq_close", fixed("</div>\n"))
    md.add_render_rule(
        "faq_entry_open",
        either("titled", '<details class="faq-entry">\n', '<div class="faq-entry">\n'),
    )
    md.add_render_rule("faq_entry_close", either("titled", "</details>\n", "</div>\n"))
    md.add_render_rule("faq_question_open", either("titled", "<summary>"))
    md.add_render_rule("faq_question_close", either("titled", "</summary>\n"))
    md.add_render_rule(
        "faq_answer_open",
        either("columns", '<div class="faq-answer faq-columns">\n', '<div class="faq-answer">\n'),
    )
    md.add_render_rule("faq_answer_close", fixed("</div>\n"))
    md.add_render_rule("faq_cell_open", of_token(render_cell_open))
    md.add_render_rule("faq_cell_close", either("columns", "</div>\n"))
