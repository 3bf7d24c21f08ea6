"""Which rules are asked at a place: those of constructs that may begin with the character there.

markdown-it-py asks all of its rules at each line and at each sign, and nearly all say no. The tables
have the characters with which the construct of each rule may begin; a rule that is in none of them is
refused, since nobody would ask it.
"""

from collections.abc import Iterator
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from balise.syntax.block_parser import BlockParser
from balise.syntax.inline_parser import InlineParser

Rule = TypeVar("Rule")

ANY = None
"""In place of characters: whatever the line begins with."""

LINE_STARTS = {
    "nesting": ANY,
    "front_matter": "-",
    "table": ANY,
    "code": ANY,
    "fence": "`~",
    "block": ">",
    "details": "/",
    "blockquote": ">",
    "hr": "*-_",
    "lone_dash": "-",
    "list": "*+-0123456789",
    "include": "{",
    "footnote_def": "[",
    "abbreviation": "*",
    "reference": "[",
    "anchor": "<",
    "html_block": "<",
    "heading": "#",
    "lheading": ANY,
    "deflist": ANY,
    "paragraph": ANY,
}
"""Name of a rule -> what the first line of its block begins with, blanks aside."""

SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "attributes": "{<",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "text": "",
}
"""Name of a rule -> the signs in a paragraph with which its construct begins; text has none."""


def named(ruler: Ruler[Rule]) -> Iterator[tuple[str, Rule]]:
    """The active rules of a ruler, in order, with their names."""
    return zip(ruler.get_active_rules(), ruler.getRules(), strict=True)


def dispatch_plugin(md: MarkdownIt) -> None:
    """Ask rules where their constructs may begin. All rules have to be there by now."""
    starts = {rule: LINE_STARTS[name] for name, rule in named(md.block.ruler)}
    signs = [(SIGNS[name], rule) for name, rule in named(md.inline.ruler)]
    md.block = BlockParser(md.block.ruler, starts)
    md.inline = InlineParser(signs, md.inline.ruler2)
