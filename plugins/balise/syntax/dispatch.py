"""Which rules are asked at a place: those of constructs that may begin with the character there.

markdown-it-py asks all of its rules at each line and at each sign, and nearly all say no. The tables
have the characters with which the construct of each rule may begin; a rule that is in none of them is
refused, since nobody would ask it.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType as BlockRule
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

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


class LineRuler(Ruler[BlockRule]):
    """The rules of a ruler that has them all; each chain is one rule, which asks those that it may be."""

    def __init__(self, rules: Ruler[BlockRule]) -> None:
        super().__init__()
        self.rules = rules
        self.starts = {rule: LINE_STARTS[name] for name, rule in named(rules)}
        self.chains: dict[str, list[BlockRule]] = {}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - markdown-it-py's
        """The one rule of a chain."""
        found = self.chains.get(chainName)
        if found is None:
            found = self.chains[chainName] = [self._chain(self.rules.getRules(chainName))]
        return found

    def get_active_rules(self) -> list[str]:
        """The names of the rules."""
        return self.rules.get_active_rules()

    def _chain(self, rules: list[BlockRule]) -> BlockRule:
        anywhere = [rule for rule in rules if self.starts[rule] is ANY]
        characters = {character for starts in self.starts.values() for character in starts or ""}
        by_start = {
            character: [rule for rule in rules if character in (self.starts[rule] or character)]
            for character in characters
        }

        def ask(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            for rule in by_start.get(state.src[start : start + 1], anywhere):
                if rule(state, start_line, end_line, silent):
                    return True
            return False

        return ask


def named(ruler: Ruler[Rule]) -> Iterator[tuple[str, Rule]]:
    """The active rules of a ruler, in order, with their names."""
    return zip(ruler.get_active_rules(), ruler.getRules(), strict=True)


def dispatch_plugin(md: MarkdownIt) -> None:
    """Ask rules where their constructs may begin. All rules have to be there by now."""
    md.block.ruler = LineRuler(md.block.ruler)
    rules: Any = [(SIGNS[name], rule) for name, rule in named(md.inline.ruler)]
    md.inline = InlineParser(rules, md.inline.ruler2)
