"""The dialect: one construct a file, its parse rule beside its render function."""

from balise.syntax.attributes import AttributeList
from balise.syntax.callout import BLOCK_TYPES, CALLOUT_TYPES
from balise.syntax.context import Anchors, LinkTarget, RenderContext
from balise.syntax.parser import MAX_NESTING, make_parser

__all__ = [
    "BLOCK_TYPES",
    "CALLOUT_TYPES",
    "MAX_NESTING",
    "Anchors",
    "AttributeList",
    "LinkTarget",
    "RenderContext",
    "make_parser",
]
