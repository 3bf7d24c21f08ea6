"""Attribute lists: `{.thumbnail}`, `{#id}`, `{width="400"}` directly behind what they belong to.

`<.thumbnail>` is the same as `{.thumbnail}`. A list behind an image, a code span or a link is an
inline rule; the one at the end of a heading is taken off by `heading.py`. Behind emphasis it waits
in a token of its own, until `emphasis.py` knows where emphasis ends.
"""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec.structs import replace

NAME = r"[\w:-]++"
VALUE = r"(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}<>=]++)"
ID = r"[\w:.-]++"
ITEM = rf"(?:\.{NAME}|#{ID}|[A-Za-z][\w:.-]*+={VALUE})"
LIST = re.compile(
    rf"\{{:?[ \t]*+{ITEM}(?:[ \t]++{ITEM}|\.{NAME}|#{ID})*+[ \t]*+\}}"
    rf"|<\.{NAME}(?:[ \t]++{ITEM})*+[ \t]*+>"
)
PART = re.compile(rf"\.({NAME})|#({ID})|([A-Za-z][\w:.-]*+)=({VALUE})")

ATTRIBUTES = "attributes"
WAITING = "attribute_list"
OWNERS = frozenset({"image", "code_inline", "link_close", "em_close", "strong_close"})
"""What a list directly behind belongs to."""

PRINTED = frozenset({"width", "height", "title", "lang", "loading"})
"""Keys that reach the page. An attribute list cannot carry a script or a style."""


class Attribute(msgspec.Struct, frozen=True):
    """One item of a list at `[start, end)`: a class or an id (`value`), or a pair (`key=value`)."""

    start: int
    end: int
    value: str
    kind: Literal["class", "id", "pair"]
    key: str = ""


class AttributeList(msgspec.Struct, frozen=True):
    """One list, brackets included, at `[start, end)`."""

    start: int
    end: int
    items: tuple[Attribute, ...]

    def values(self, kind: str) -> list[str]:
        """The values of the items of one kind, in order."""
        return [item.value for item in self.items if item.kind == kind]

    def moved(self, by: int) -> "AttributeList":
        """The same list, `by` characters further on."""
        items = (replace(i, start=i.start + by, end=i.end + by) for i in self.items)
        return AttributeList(self.start + by, self.end + by, tuple(items))


def parse_attributes(text: str, start: int, end: int | None = None) -> AttributeList | None:
    """The attribute list that starts at `start` in `text`, or None if there is none there."""
    match = LIST.match(text, start) if end is None else LIST.fullmatch(text, start, end)
    if match is None:
        return None
    items: list[Attribute] = []
    for part in PART.finditer(text, match.start() + 1, match.end() - 1):
        cls, id_, key, value = part.groups()
        if cls:
            items.append(Attribute(*part.span(), cls, "class"))
        elif id_:
            items.append(Attribute(*part.span(), id_, "id"))
        else:
            bare = value[1:-1] if value[0] in "\"'" else value
            items.append(Attribute(*part.span(), bare, "pair", key))
    return AttributeList(match.start(), match.end(), tuple(items))


def attribute_lists(token: Token) -> Sequence[AttributeList]:
    """The lists that belong to `token`, in the order they stand."""
    lists: Sequence[AttributeList] = token.meta.get(ATTRIBUTES, ())
    return lists


def classes_of(token: Token) -> tuple[str, ...]:
    """All classes that the token's lists give it, in order, without repeats."""
    return tuple(dict.fromkeys(c for a in attribute_lists(token) for c in a.values("class")))


def printed_attributes(token: Token) -> dict[str, str]:
    """What the token's lists put on its HTML element: id, class, and the keys of `PRINTED`."""
    items = [item for found in attribute_lists(token) for item in found.items]
    ids = [item.value for item in items if item.kind == "id"]
    attributes = {"id": ids[0]} if ids else {}
    if classes := classes_of(token):
        attributes["class"] = " ".join(classes)
    attributes |= {i.key: i.value for i in items if i.kind == "pair" and i.key in PRINTED}
    return attributes


def attributes_rule(state: StateInline, silent: bool) -> bool:
    """Take a list directly behind an image, a code span or a link, and give it to that."""
    if silent or not state.tokens or state.pending:
        return False
    last = state.tokens[-1]
    waits = last.type == WAITING or _may_end_emphasis(state)
    if last.type not in OWNERS and not waits:
        return False
    found = parse_attributes(state.src, state.pos)
    if found is None or found.end > state.posMax:
        return False
    if waits:
        owner = state.push(WAITING, "", 0)
        owner.content = state.src[found.start : found.end]
    else:
        owner = last if last.type != "link_close" else _opening(state.tokens)
    give(owner, (found,))
    state.pos = found.end
    return True


def give(owner: Token, lists: Sequence[AttributeList]) -> None:
    """Let lists belong to a token, behind those that do already."""
    owner.meta = {**owner.meta, ATTRIBUTES: (*attribute_lists(owner), *lists)}


def _may_end_emphasis(state: StateInline) -> bool:
    """Whether the last token is an asterisk or underscore that can end emphasis."""
    last = state.delimiters[-1] if state.delimiters else None
    return last is not None and last.close and last.token == len(state.tokens) - 1


def _opening(tokens: list[Token]) -> Token:
    level = tokens[-1].level
    return next(t for t in reversed(tokens) if t.type == "link_open" and t.level == level)


def attributes_plugin(md: MarkdownIt) -> None:
    """Read attribute lists behind inline constructs."""
    md.inline.ruler.before("autolink", "attributes", attributes_rule)
