"""Halves of a product page: `> [!product-section]`, `> [!product-section(right)]`."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.block import BlockConstruct, block_type, read_as_page
from balise.syntax.context import fixed

RIGHT = "product-section(right)"
PRODUCT_SECTION = BlockConstruct(
    "product_section", frozenset({"product-section", RIGHT}), read_as_page
)


def render_product_section_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A column of half the width; the right one stands beside the left one before it."""
    side = " product-section-right" if block_type(tokens[idx]) == RIGHT else ""
    return f'<div class="product-section{side}">\n'


def product_section_plugin(md: MarkdownIt) -> None:
    """Render product sections; `block.py` reads them."""
    md.add_render_rule("product_section_open", render_product_section_open)
    md.add_render_rule("product_section_close", fixed("</div>\n"))
