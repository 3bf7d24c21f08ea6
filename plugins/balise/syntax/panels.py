"""What `faq` and `tabs` have in common: titles at one level of `>`, what they head at the next.

> [!faq]
>
> title
>> content, any Markdown
>>> content of the second column
"""

from collections.abc import Iterator
from typing import Literal

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from balise.syntax.block import Body, LineMarks, tokenize_lines


class LineGroup(msgspec.Struct):
    """Lines `[first, last)` of one depth: 0 a title, 1 content, 2 content of a second column."""

    depth: int
    first: int
    last: int


class TitledPanel(msgspec.Struct, frozen=True):
    """A title, if there is one, and the groups of lines below it."""

    title: LineGroup | None
    groups: tuple[LineGroup, ...]

    @property
    def first(self) -> int:
        """Its first line."""
        return (self.title or self.groups[0]).first

    @property
    def last(self) -> int:
        """The line behind its last."""
        return self.groups[-1].last if self.groups else (self.title.last if self.title else 0)


def panels(state: StateBlock, body: Body, depths: int) -> Iterator[TitledPanel]:
    """The panels of a block; `depths` is how many levels below the title count (1 or 2)."""
    title: LineGroup | None = None
    below: list[LineGroup] = []
    for group in _groups(state, body, depths):
        if group.depth:
            below.append(group)
            continue
        if title or below:
            yield TitledPanel(title, tuple(below))
        title, below = group, []
    if title or below:
        yield TitledPanel(title, tuple(below))


def _groups(state: StateBlock, body: Body, depths: int) -> Iterator[LineGroup]:
    current: LineGroup | None = None
    ended = False
    for line in range(body.first, body.last):
        if state.isEmpty(line):
            # An empty line belongs to the content above it, and ends a title.
            if current and current.depth:
                current.last = line + 1
            ended = current is not None and not current.depth
            continue
        depth = _depth(state, line, depths)
        if current and (line in body.lazy or (depth == current.depth and not ended)):
            current.last = line + 1
            continue
        if current:
            yield current
        current = LineGroup(depth, line, line + 1)
        ended = False
    if current:
        yield current


def _depth(state: StateBlock, line: int, depths: int) -> int:
    """How many `>` stand side by side: `>> > [!api]` is a block in the content, not a column."""
    pos = state.bMarks[line] + state.tShift[line]
    depth = 0
    while depth < depths and state.src.startswith(">", pos + depth):
        depth += 1
    return depth


def push_part(
    state: StateBlock,
    name: str,
    nesting: Literal[-1, 1],
    lines: list[int] | None = None,
    **meta: object,
) -> Token:
    """Push the token that begins or ends a part of a block, with what its render function has to know."""
    token = state.push(name, "div", nesting)
    token.map = lines
    token.meta = meta
    return token


def push_title(state: StateBlock, group: LineGroup | None) -> None:
    """The title as an inline token, empty where there is none."""
    token = state.push("inline", "", 0)
    token.children = []
    if group is None:
        return
    token.content = state.getLines(group.first, group.last, 0, False).strip()
    token.map = [group.first, group.last]


def tokenize_group(state: StateBlock, group: LineGroup) -> None:
    """Read the lines of a group as blocks, without their `>`."""
    marks = LineMarks(state)
    for line in range(group.first, group.last):
        for _ in range(group.depth):
            if not marks.strip_prefix(line):
                break
    tokenize_lines(state, group.first, group.last)
    marks.restore()
