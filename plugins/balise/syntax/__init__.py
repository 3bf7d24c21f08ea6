"""The dialect: one construct a file, its parse rule beside its render function."""

from balise.syntax.context import CodeBlock, HeadingIds, ImageSource, LinkTarget, RenderContext
from balise.syntax.nesting import MAX_NESTING
from balise.syntax.parser import BLOCK_TYPES, BLOCKS, CALLOUT_TYPES, make_parser

__all__ = [
    "BLOCKS",
    "BLOCK_TYPES",
    "CALLOUT_TYPES",
    "MAX_NESTING",
    "CodeBlock",
    "HeadingIds",
    "ImageSource",
    "LinkTarget",
    "RenderContext",
    "make_parser",
]
