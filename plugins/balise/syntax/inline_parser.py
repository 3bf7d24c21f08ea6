"""What is read in a paragraph: text up to the next sign, and there what begins with that sign."""

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from balise.syntax.tokens import InlineState, new_token

LABEL_END = "]"
"""Nothing begins with it, but the label of a link is read sign by sign up to it."""

PAIRED = ("*", "_")
"""The marks of emphasis: without any there are no pairs to be found when all is read."""


def sign_pattern(signs: Iterable[str]) -> re.Pattern[str]:
    """Finds the next one of some characters."""
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


class InlineParser(ParserInline):
    """Asks each of its `rules` at the signs that are given with it, and looks at nothing between them."""

    def __init__(
        self,
        rules: Sequence[tuple[str, RuleFuncInlineType]],
        pairing: Ruler[RuleFuncInline2Type],
    ) -> None:
        super().__init__()
        self.ruler2 = pairing
        signs = {LABEL_END, *(sign for of_rule, _ in rules for sign in of_rule)}
        self.rules = {sign: [rule for of_rule, rule in rules if sign in of_rule] for sign in signs}
        self.sign = sign_pattern(signs)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """As that of markdown-it-py."""
        if not self.sign.search(src):
            if src:
                token = new_token("text", "", 0, 0)
                token.content = src
                tokens.append(token)
            return tokens
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if any(mark in src for mark in PAIRED):
            for rule in self.ruler2.getRules():
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As that of markdown-it-py."""
        src, end = state.src, state.posMax
        read = state.level < state.md.options["maxNesting"]
        pos = state.pos
        while pos < end:
            found = self.sign.search(src, pos, end)
            sign = found.start() if found else end
            if sign > pos:
                state.append_pending(src[pos:sign])
                state.pos = sign
            if found is None:
                break
            for rule in self.rules[src[sign]] if read else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(src[sign])
                state.pos = sign + 1
            pos = state.pos
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it-py's name
        """As that of markdown-it-py: over text, or over one construct."""
        pos = state.pos
        if pos in state.cache:
            state.pos = state.cache[pos]
            return
        src, end = state.src, state.posMax
        if state.level >= state.md.options["maxNesting"]:
            state.pos = end
        else:
            found = self.sign.search(src, pos, end)
            sign = found.start() if found else end
            if sign > pos:
                state.pos = sign
            elif not self._skips(state, src[pos]):
                state.pos = pos + 1
        state.cache[pos] = state.pos

    def _skips(self, state: StateInline, sign: str) -> bool:
        """Whether a construct begins at the sign where the state is; then it is behind that."""
        state.level += 1  # a bound on labels in labels
        found = any(rule(state, True) for rule in self.rules[sign])
        state.level -= 1
        return found
