"""What is being typed at a place of a page: constructs that are not closed yet, so that no fact tells of them.

The line is read up to the cursor, by patterns that take a time that grows with its length alone.
"""

import re
from typing import Literal

import msgspec
from msgspec.structs import replace

from balise.base.source import Span
from balise.document import Document
from balise.editor.view import View

TypedKind = Literal[
    "address",
    "anchor",
    "picture",
    "include",
    "language",
    "block",
    "details",
    "class",
    "attribute",
    "directive",
    "rule",
    "key",
    "value",
    "word",
]

MAX_LINE = 2000
"""Characters in front of a cursor that are looked at."""

ADDRESS_ENDS = frozenset("()<>\"'\t")
"""What no address has in it; blanks are in titles, by which pages can be found."""
REFERENCE = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*<?([^\s<>]*)")
HTML_TAG = re.compile(r"<(a|img)[ \t][^<>]*")
HTML_ADDRESS = re.compile(r"[ \t\"'](?:href|src)=[\"']([^\"'<>]*)")
BLOCK = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]*)+)\[!(?P<type>[\w-]*)")
DETAILS = re.compile(r"(///? ?|/// +[a-z]*)")
COMMENT = re.compile(r"<!--[ \t]*balise[ \t]*:[ \t]*(?P<directive>[a-z-]*)(?:\[(?P<names>[^\]]*))?")
INCLUDE = re.compile(r"\{!>[ \t]*([^\s{}!]*)")
FENCE = re.compile(r"[ \t>]*(?:```+|~~~+)([\w-]*)")
ENTRY = re.compile(r"(?P<key>[\w.-]++)[ \t]*+:[ \t]*+(?P<value>.*+)")
CANONICAL = re.compile(r"\bcanonical[ \t]*+:[ \t]*+[\"']?+([^\s\"'{}]*+)")
KEY = re.compile(r"[\w.-]*")
HEADING = re.compile(r"[ \t>]*#")
BEHIND = tuple(")`*_]}")
"""Ends of constructs that a list of attributes may follow; it also follows the text of a heading."""
REST_OF_ADDRESS = re.compile(r"[^()<>\s\"'|]*")
REST_OF_VALUE = re.compile(r"[^\r\n#]*")
REST_OF_WORD = re.compile(r"[\w-]*")


class Typed(msgspec.Struct, frozen=True):
    """What is typed: its `text` up to the cursor, and the `span` that something else would take.

    `about` is the address in front of the `#` of an anchor, the key of a value, the marks in front
    of a block; `label` is the text of a link, or the quote in front of a value.
    """

    kind: TypedKind
    text: str
    span: Span
    about: str = ""
    label: str = ""


def typed_at(view: View, offset: int) -> Typed | None:
    """What is being typed at an offset; None where nothing is that could be completed."""
    text = view.source.text
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = text[max(start, offset - MAX_LINE) : offset]
    if _in_front_matter(view, offset):
        return _front_matter(line, text, offset)
    if found := _include(line, offset) or _language(line, offset):
        return found
    if _in_code(view.document, offset):
        return None
    return (
        _comment(line, offset)
        or _address(line, text, offset)
        or _attribute(line, text, offset)
        or _block(line, text, offset)
        or _word(line, offset)
    )


def _in_front_matter(view: View, offset: int) -> bool:
    """Whether an offset is below the first line of the front matter, which need not end yet."""
    text = view.source.text
    first = text.find("\n") + 1
    if not text.startswith("---") or text[:first].strip() != "---" or offset < first:
        return False
    front_matter = view.document.front_matter
    end = front_matter.span.end - 3 if front_matter else len(text)
    return offset <= end and "\n---" not in text[first:offset]


def _in_code(document: Document, offset: int) -> bool:
    fences = any(fence.span.start < offset <= fence.span.end for fence in document.fences)
    return fences or any(s.span.start < offset < s.span.end for s in document.code_spans)


def _front_matter(line: str, text: str, offset: int) -> Typed | None:
    if canonical := CANONICAL.fullmatch(line, max(0, line.rfind("canonical"))):
        return _in_address(canonical[1], text, offset)
    if entry := ENTRY.fullmatch(line):
        return _value(entry["key"], entry["value"], text, offset)
    if KEY.fullmatch(line):
        rest = REST_OF_WORD.match(text, offset)
        return Typed("key", line, Span(offset - len(line), rest.end() if rest else offset))
    return None


def _value(key: str, written: str, text: str, offset: int) -> Typed:
    """A value, in quotes or not; of a list with commas the item that is being typed."""
    if key == "sections":
        return _up_to("value", written.rpartition(",")[2].lstrip(" \t\"'"), offset, key)
    rest = REST_OF_VALUE.match(text, offset)
    end = offset + len(rest[0].rstrip()) if rest else offset
    quote = written[:1] if written[:1] in ("'", '"') else ""
    span = Span(offset - len(written), end)
    return Typed("value", written.removeprefix(quote), span, key, quote)


def _include(line: str, offset: int) -> Typed | None:
    at = line.rfind("{!>")
    found = INCLUDE.fullmatch(line, at) if at >= 0 else None
    return _up_to("include", found[1], offset) if found else None


def _language(line: str, offset: int) -> Typed | None:
    found = FENCE.fullmatch(line)
    return _up_to("language", found[1], offset) if found and found[1] else None


def _comment(line: str, offset: int) -> Typed | None:
    at = line.rfind("<!--")
    found = COMMENT.fullmatch(line, at) if at >= 0 else None
    if found is None:
        return None
    if found["names"] is None:
        return _up_to("directive", found["directive"], offset)
    return _up_to("rule", found["names"].rpartition(",")[2].lstrip(), offset)


def _address(line: str, text: str, offset: int) -> Typed | None:
    """An address of a link or picture: in round brackets, of a reference, in raw HTML."""
    if reference := REFERENCE.fullmatch(line):
        return _in_address(reference[1], text, offset)
    if tag := HTML_TAG.fullmatch(line, max(0, line.rfind("<"))):
        value = max(line.rfind("href="), line.rfind("src="))
        html = HTML_ADDRESS.fullmatch(line, max(0, value - 1))
        return _in_address(html[1], text, offset, picture=tag[1] == "img") if html else None
    at = line.rfind("](")
    if at < 0:
        return None
    written = line[at + 2 :].removeprefix("<")
    if not ADDRESS_ENDS.isdisjoint(written):
        return None
    opening = _opening_bracket(line, at)
    if opening > 0 and line[opening - 1] == "!":
        return _in_address(written, text, offset, picture=True)
    return replace(_in_address(written, text, offset), label=line[opening + 1 : at])


def _opening_bracket(line: str, end: int) -> int:
    """Where the brackets begin that end at `end`; -1 for nowhere on the line."""
    depth = 0
    for index in range(end, -1, -1):
        depth += (line[index] == "]") - (line[index] == "[")
        if depth == 0:
            return index
    return -1


def _in_address(written: str, text: str, offset: int, *, picture: bool = False) -> Typed:
    rest = REST_OF_ADDRESS.match(text, offset)
    end = rest.end() if rest else offset
    if picture:
        return Typed("picture", written, Span(offset - len(written), end))
    address, mark, fragment = written.partition("#")
    if mark:
        return Typed("anchor", fragment, Span(offset - len(fragment), end), address)
    mark_behind = text.find("#", offset, end)
    end = mark_behind if mark_behind >= 0 else end
    return Typed("address", written, Span(offset - len(written), end))


def _attribute(line: str, text: str, offset: int) -> Typed | None:
    """An item of an attribute list."""
    before, _, items = line.rpartition("{")
    if "}" in items or not (before.endswith(BEHIND) or HEADING.match(before)):
        return None
    item = items.removeprefix(":").replace("\t", " ").rpartition(" ")[2]
    rest = REST_OF_WORD.match(text, offset)
    kind: TypedKind = "attribute" if item and not item.startswith(".") else "class"
    return Typed(kind, item, Span(offset - len(item), rest.end() if rest else offset))


def _block(line: str, text: str, offset: int) -> Typed | None:
    if found := BLOCK.fullmatch(line):
        end = offset + text.startswith("]", offset)
        return Typed(
            "block", found["type"], Span(offset - len(found["type"]), end), found["prefix"]
        )
    if DETAILS.fullmatch(line):
        return Typed("details", line, Span(offset - len(line), offset))
    return None


def _word(line: str, offset: int) -> Typed | None:
    start = len(line)
    while start and (line[start - 1].isalnum() or line[start - 1] in "_.-"):
        start -= 1
    return _up_to("word", line[start:], offset) if start < len(line) else None


def _up_to(kind: TypedKind, written: str, offset: int, about: str = "") -> Typed:
    return Typed(kind, written, Span(offset - len(written), offset), about)
