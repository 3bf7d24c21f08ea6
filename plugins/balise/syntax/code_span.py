"""Code spans, and labels of an interface: `` `Next`{.action} ``."""

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from balise.syntax.attributes import classes_of, printed_attributes
from balise.syntax.context import RenderContext, html_attributes, of_token


def render_code_span(token: Token, context: RenderContext) -> str:
    """`code`, or `span` for a label: what a button says is not code to a screen reader."""
    tag = "span" if "action" in classes_of(token) else "code"
    attributes = html_attributes(printed_attributes(token))
    return f"<{tag}{attributes}>{escapeHtml(token.content)}</{tag}>"


def code_span_plugin(md: MarkdownIt) -> None:
    """Render code spans; markdown-it-py reads them."""
    md.add_render_rule("code_inline", of_token(render_code_span))
