"""The parser of the dialect: the only `MarkdownIt` in the project."""

from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from balise.syntax.abbreviation import abbreviation_plugin
from balise.syntax.anchor import anchor_plugin
from balise.syntax.api import API, api_plugin
from balise.syntax.attributes import attributes_plugin
from balise.syntax.block import block_plugin
from balise.syntax.callout import CALLOUT, callout_plugin
from balise.syntax.carousel import CAROUSEL, carousel_plugin
from balise.syntax.code_span import code_span_plugin
from balise.syntax.definition_list import definition_list_plugin
from balise.syntax.details import details_plugin
from balise.syntax.dispatch import dispatch_plugin
from balise.syntax.emphasis import emphasis_plugin
from balise.syntax.faq import FAQ, faq_plugin
from balise.syntax.fence import fence_plugin
from balise.syntax.footnote import footnote_plugin
from balise.syntax.front_matter import front_matter_plugin
from balise.syntax.heading import heading_plugin
from balise.syntax.image import image_plugin
from balise.syntax.include import include_plugin
from balise.syntax.link import link_plugin
from balise.syntax.nesting import nesting_plugin
from balise.syntax.positions import positions_plugin
from balise.syntax.product_section import PRODUCT_SECTION, product_section_plugin
from balise.syntax.quotation import quotation_plugin
from balise.syntax.raw_html import html_plugin
from balise.syntax.table import table_plugin
from balise.syntax.tabs import TABS, tabs_plugin
from balise.syntax.text import text_plugin

MAX_CACHED_ADDRESSES = 4096
"""Normalized addresses that are kept in memory: pages have many in common."""

BLOCKS = (CALLOUT, API, FAQ, TABS, CAROUSEL, PRODUCT_SECTION)
CALLOUT_TYPES = CALLOUT.types
BLOCK_TYPES = frozenset(name for block in BLOCKS for name in block.types)

CONSTRUCTS = (
    positions_plugin,
    front_matter_plugin,
    attributes_plugin,
    callout_plugin,
    api_plugin,
    faq_plugin,
    tabs_plugin,
    carousel_plugin,
    product_section_plugin,
    details_plugin,
    quotation_plugin,
    include_plugin,
    anchor_plugin,
    heading_plugin,
    table_plugin,
    image_plugin,
    link_plugin,
    code_span_plugin,
    emphasis_plugin,
    fence_plugin,
    footnote_plugin,
    definition_list_plugin,
    abbreviation_plugin,
    html_plugin,
    text_plugin,
    nesting_plugin,
    dispatch_plugin,
)


class DialectParser(MarkdownIt):
    """Takes every address for one: what may not be followed (`javascript:`) is for a rule to say."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it-py's
        """Whether `url` may be an address."""
        return True

    normalizeLink = staticmethod(lru_cache(MAX_CACHED_ADDRESSES)(normalizeLink))  # noqa: N815 - as above


@cache
def make_parser() -> MarkdownIt:
    """CommonMark, tables, and every construct of the dialect; one shared instance.

    It expects line ends to be LF and no NUL in its input: `document/` sees to both.
    """
    md = DialectParser("commonmark")
    md.disable("normalize")
    md.use(block_plugin, BLOCKS, fallback=CALLOUT)
    for construct in CONSTRUCTS:
        md.use(construct)
    return md
