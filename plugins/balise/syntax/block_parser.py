"""What is read line by line: at each line what may begin with the first character that is no blank."""

from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from balise.syntax.tokens import BlockState

Starts = Mapping[RuleFuncBlockType, str | None]
"""Rule -> the characters that its blocks may begin with; None for any."""


class BlockParser(ParserBlock):
    """Asks each of its rules at the lines that begin with one of the characters given with it."""

    def __init__(self, rules: Ruler[RuleFuncBlockType], starts: Starts) -> None:
        super().__init__()
        self.ruler = LineRuler(rules, starts)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """As that of markdown-it-py."""
        state = BlockState(src, md, env, tokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class LineRuler(Ruler[RuleFuncBlockType]):
    """The rules of a ruler that has them all; each chain is one rule, which asks those that it may be."""

    def __init__(self, rules: Ruler[RuleFuncBlockType], starts: Starts) -> None:
        super().__init__()
        self.rules = rules
        self.starts = starts
        self.characters = {character for found in starts.values() for character in found or ""}
        self.chains: dict[str, list[RuleFuncBlockType]] = {}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803 - markdown-it-py's
        """The one rule of a chain."""
        found = self.chains.get(chainName)
        if found is None:
            found = self.chains[chainName] = [self._chain(self.rules.getRules(chainName))]
        return found

    def get_active_rules(self) -> list[str]:
        """The names of the rules."""
        return self.rules.get_active_rules()

    def _chain(self, rules: list[RuleFuncBlockType]) -> RuleFuncBlockType:
        anywhere = [rule for rule in rules if self.starts[rule] is None]
        by_start = {
            character: [rule for rule in rules if character in (self.starts[rule] or character)]
            for character in self.characters
        }

        def ask(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            for rule in by_start.get(state.src[start : start + 1], anywhere):
                if rule(state, start_line, end_line, silent):
                    return True
            return False

        return ask
