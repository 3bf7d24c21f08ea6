"""Halves of a product page: `> [!product-section]`, `> [!product-section(right)]`."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from balise.syntax.block import BlockConstruct, block_type, read_as_page
from balise.syntax.context import RenderContext, fixed, of_token

RIGHT = "product-section(right)"
PRODUCT_SECTION = BlockConstruct(
    "product_section", frozenset({"product-section", RIGHT}), read_as_page
)


def render_product_section_open(token: Token, context: RenderContext) -> str:
    """A column of half the width; the right one stands beside the left one before it."""
    side = " product-section-right" if block_type(token) == RIGHT else ""
    return f'<div class="product-section{side}">\n'


def product_section_plugin(md: MarkdownIt) -> None:
    """Render product sections; `block.py` reads them."""
    md.add_render_rule("product_section_open", of_token(render_product_section_open))
    md.add_render_rule("product_section_close", fixed("</div>\n"))
