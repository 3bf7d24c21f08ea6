"""What stands at the place of each fact of a page: the whole construct, and no character beside it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from balise.base.source import REPLACEMENT
from balise.document import Document, Heading, Image, Link, Text
from balise.document.block_model import BaseBlock
from balise.document.model import (
    AttributeItem,
    Attributes,
    CodeSpan,
    Fence,
    FrontMatter,
    HtmlElement,
    HtmlTag,
    Include,
    ListItem,
    Prose,
    Quote,
    Residue,
    Suppression,
    Table,
    TableCell,
    TableRow,
)

LETTER = re.compile(r"[A-Za-z0-9]")
BLANKS = re.compile(r"[ \t\r\n>]+")
MARKS = {
    "link": r"\[.*[\])]",
    "autolink": r"<.*>",
    "html": r"<[aA][\s/].*>",
}


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def _has_no_blank_ends(fact: Any, text: str) -> bool:
    return text == text.strip(" \t\r\n")


LOOKS: Mapping[type, Callable[[Any, str], bool]] = {
    Link: lambda fact, text: _is(MARKS[fact.kind], text),
    Image: lambda fact, text: _is(r"<.*>" if fact.html else r"!\[.*[\])]", text),
    CodeSpan: lambda fact, text: _is("(`+)[^`].*?(?<!`)\\1", text),
    Attributes: lambda fact, text: _is(r"\{.*\}|<\..*>", text),
    AttributeItem: lambda fact, text: _is(r"[^\s{}<>].*|", text) and fact.key in text,
    HtmlTag: lambda fact, text: _is(rf"</?{re.escape(fact.name)}(?=[\s/>]).*>", text.lower()),
    HtmlElement: lambda fact, text: text.lower().startswith(f"<{fact.name}"),
    Include: lambda fact, text: _is(r"\{!.*!\}", text) and fact.path in text,
    Fence: lambda fact, text: text.startswith(("```", "~~~")),
    Quote: lambda fact, text: text.startswith(">"),
    FrontMatter: lambda fact, text: text.startswith("---"),
    Suppression: lambda fact, text: _is(r"<!--.*-->", text),
    Residue: lambda fact, text: BLANKS.sub("", fact.text) == BLANKS.sub("", text),
    Heading: _has_no_blank_ends,
    Prose: _has_no_blank_ends,
    TableCell: _has_no_blank_ends,
    TableRow: _has_no_blank_ends,
    Table: _has_no_blank_ends,
}
"""How the text at the place of a fact looks."""


def assert_exact(document: Document, text: str) -> None:
    """Raises AssertionError where a fact of a page with this text stands beside its construct."""
    text = text.replace("\0", REPLACEMENT)
    for fact in facts_in(document):
        for name, there in _beside(fact, text):
            raise AssertionError(f"{name} is not at its place: {there!r}: {fact}")
        line = getattr(fact, "line", None)
        if line is not None:
            before = text[document.line_starts[line - 1] : fact.span.start]
            at = document.line(fact.span.start)
            begins = at == line or (at > line and not before.strip(" \t\r\n>").strip())
            assert begins, f"{type(fact).__name__} on line {at}, not {line}: {fact}"


def _beside(fact: Any, text: str) -> Iterator[tuple[str, str]]:
    """What is not what it should be, and the text that stands there."""
    looks = LOOKS.get(type(fact))
    if looks is not None:
        there = text[fact.span.start : fact.span.end]
        if not looks(fact, there):
            yield type(fact).__name__, there
    if isinstance(fact, Text):
        yield from _letters_beside(fact, text)
    elif isinstance(fact, ListItem):
        marker = text[fact.marker.start : fact.marker.end]
        if not _is(r"[-+*]|[0-9]{1,9}[.)]", marker) or fact.marker.start != fact.span.start:
            yield "ListItem.marker", marker
    elif isinstance(fact, BaseBlock):
        marker = text[fact.marker.start : fact.marker.end]
        if not _is(r"\[!.*\]|/{3,}.*", marker):
            yield "marker", marker
        if not text.startswith((">", "/"), fact.span.start):
            yield "block", text[fact.span.start : fact.span.end]


def _letters_beside(fact: Text, text: str) -> Iterator[tuple[str, str]]:
    """Letters and digits that are written as they are read: all but those of entities."""
    for letter in LETTER.finditer(fact.text):
        span = fact.span(*letter.span())
        there = text[span.start : span.end]
        if there not in (letter[0], "&"):
            yield f"{letter[0]!r} of the text", there


def facts_in(fact: object) -> Iterator[Any]:
    """A fact and all facts in it, however deep; a document is no fact itself."""
    if isinstance(fact, Document):
        for name in fact.__dataclass_fields__:
            yield from facts_in(getattr(fact, name))
    elif isinstance(fact, msgspec.Struct):
        yield fact
        for name in fact.__struct_fields__:
            yield from facts_in(getattr(fact, name))
    elif isinstance(fact, tuple):
        for part in fact:
            yield from facts_in(part)
