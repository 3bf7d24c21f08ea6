"""Tokens made in half the time that markdown-it-py takes, and the states of its parsers that make most of them."""

from typing import Literal

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token


def new_token(kind: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> Token:
    """A token as its class makes it, which looks for defaults first and then at what attributes are."""
    token = Token.__new__(Token)
    token.type = kind
    token.tag = tag
    token.nesting = nesting
    token.attrs = {}
    token.map = None
    token.level = level
    token.children = None
    token.content = ""
    token.markup = ""
    token.info = ""
    token.meta = {}
    token.block = False
    token.hidden = False
    return token


class BlockState(StateBlock):
    """Where the reading of blocks is."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token, at the end of those that are there."""
        level = self.level
        if nesting < 0:
            level -= 1
        token = new_token(ttype, tag, nesting, level)
        token.block = True
        self.level = level + 1 if nesting > 0 else level
        self.tokens.append(token)
        return token


class InlineState(StateInline):
    """Where the reading of a paragraph is."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token, at the end of those that are there, and of the text in front of it."""
        if self.pending:
            self.pushPending()
        delimiters = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token = new_token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            delimiters = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(delimiters)
        return token

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it-py's name
        """A token of the text that has been read since the last one."""
        token = new_token("text", "", 0, self.pendingLevel)
        token.content = self.pending
        self.tokens.append(token)
        self.pending = ""
        return token
