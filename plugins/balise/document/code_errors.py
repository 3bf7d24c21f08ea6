"""What the parser of a language finds in code of it; what excerpts and examples leave out is no mistake.

A parser is imported where there is code for it. None of them opens a file, or expands what refers to
something else.
"""

import ast
import json
import re
import warnings
from collections.abc import Callable

import yaml

from balise.document.code_languages import MAX_CODE, canonical, is_numbered, read_yaml
from balise.document.model import CodeError

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"?')
LEFT_OUT = re.compile(r"\.\.\.|…")
TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
COMMENT = re.compile(r"//|/\*|#")
PLACEHOLDER = re.compile(r"[\w<$%]")
"""What begins a value that readers put in: `<id>`, `$ID`, `YOUR_ID`."""
TYPOGRAPHIC = "“”„‘’«»"
"""Quotes that are a mistake of their own."""
PYTHON_CONSTANTS = {"True": "true", "False": "false", "None": "null"}
PROMPT = re.compile(r"[ \t]*+(?:>>>|\$|%|!|In \[)")
PYTHON_2 = re.compile(
    r"(?<!\S)(?:print[ \t]++[^(\s=]|exec[ \t]++[\"'\w]|raise[ \t]++\w++,|except[ \t]++[\w.]++,)|<>"
)
IN_ANGLES = re.compile(r"<[A-Za-z][\w -]*+>")
PLACE = re.compile(r" \(at (?:line ([0-9]++), column ([0-9]++)|end of document)\)$")
MAX_KEY = 100
"""Most points on a line of TOML: its parser takes the square of a key's length."""
CUT = frozenset(
    {
        "no element found",
        "junk after document element",
        "XML or text declaration not at start of entity",
    }
)
"""What expat says of parts of a file, and of two files in a row."""


def code_error(name: str, code: str) -> CodeError | None:
    """What is wrong with code in the language of that name; None if nothing is, or none can tell."""
    read = PARSERS.get(canonical(name))
    if read is None or len(code) > MAX_CODE or is_numbered(code):
        return None
    try:
        return read(code)
    except (RecursionError, MemoryError):
        return None


def _json(code: str) -> CodeError | None:
    """As one value or several; an excerpt may leave something out, or have a comma behind it."""
    at = _next(code, 0)
    if code[at : at + 1] not in ("{", "["):
        return None
    outside = STRING.sub("", code)
    if LEFT_OUT.search(outside) or COMMENT.search(outside) or TEMPLATE.search(outside):
        return None
    decoder = json.JSONDecoder()
    try:
        while code[at : at + 1] in ("{", "["):
            _, at = decoder.raw_decode(code, at)
            at = _next(code, at, ", \t\n")
    except json.JSONDecodeError as error:
        return _json_error(code, error)
    if code[at : at + 1] in ("]", "}"):
        return CodeError(f"a `{code[at]}` too many", at)
    return None


def _json_error(code: str, error: json.JSONDecodeError) -> CodeError | None:
    at = _next(code, error.pos)
    before = code[:at].rstrip()
    found = code[at : at + 1]
    if found == ",":
        following = code[_next(code, at + 1) :][:1]
        return CodeError(f"a `,` in front of `{following}`", at)
    if found in ("]", "}") and before.endswith(","):
        return CodeError(f"a `,` in front of `{found}`", len(before) - 1)
    if found and found in TYPOGRAPHIC:
        return None
    if found == "'":
        return CodeError("single quotes, where JSON has double ones", at)
    if error.msg.startswith("Expecting value"):
        word = re.compile(r"\w*").match(code, at)
        if word and word[0] in PYTHON_CONSTANTS:
            return CodeError(f"`{word[0]}`, where JSON has `{PYTHON_CONSTANTS[word[0]]}`", at)
        return None if PLACEHOLDER.match(found) else CodeError("a value is missing", at)
    if error.msg.startswith(("Unterminated", "Invalid control")):
        return CodeError("a string does not end on its line", at)
    if error.msg.startswith("Expecting property name"):
        return CodeError("a name in double quotes is missing", at)
    if error.msg.startswith("Expecting"):
        return CodeError(f"a `{error.msg[11]}` is missing in front of this", at)
    return CodeError(error.msg[0].lower() + error.msg[1:], at)


def _next(code: str, at: int, blanks: str = " \t\n") -> int:
    """The offset of the next character that is no blank."""
    while code.startswith(tuple(blanks), at):
        at += 1
    return at


def _yaml(code: str) -> CodeError | None:
    """A template is none, nor is an excerpt that begins in the middle."""
    try:
        read_yaml(code)
    except yaml.MarkedYAMLError as error:
        lines = [line for line in code.split("\n") if line.strip()]
        excerpt = min(map(_indent, lines)) < _indent(lines[0])
        if excerpt or PROMPT.match(lines[0]) or LEFT_OUT.search(code) or TEMPLATE.search(code):
            return None
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context).split())
        if mark and code.startswith("\t", mark.index):
            reason = "a tab, where YAML has spaces"
        return CodeError(reason, mark.index) if mark else None
    except yaml.YAMLError:
        return None
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _toml(code: str) -> CodeError | None:
    """That a table or key is there twice is none: an example may show what to choose from."""
    if any(line.count(".") > MAX_KEY for line in code.split("\n")):
        return None
    import tomllib  # only such code pays for loading it

    try:
        tomllib.loads(code)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = PLACE.search(message)
        if (
            not place
            or message.startswith("Cannot")
            or LEFT_OUT.search(code)
            or TEMPLATE.search(code)
        ):
            return None
        reason = message[0].lower() + message[1 : place.start()]
        at = _offset(code, int(place[1]), int(place[2]) - 1) if place[1] else len(code)
        return CodeError(reason, at)
    return None


def _xml(code: str) -> CodeError | None:
    """As one element or several; what an excerpt opens or closes alone is none."""
    if "<!ENTITY" in code or LEFT_OUT.search(code) or TEMPLATE.search(code):
        return None
    from xml.parsers import expat  # only such code pays for loading it

    text = code.strip()
    whole = text.startswith("<?xml")
    opening, closing = ("", "") if whole else ("<x>", "</x>")
    depth = 0

    def enter(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    try:
        parser.Parse(f"{opening}{text}{closing}", True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        data = f"{opening}{text}".encode()
        at = len(data[: parser.ErrorByteIndex].decode(errors="ignore")) - len(opening)
        unopened = reason == "mismatched tag" and depth <= len(opening) // 3
        if reason in CUT or unopened or at >= len(text):
            return None
        if text[:at].endswith("&"):
            reason, at = "write `&amp;` for a `&` that is text", at - 1
        return CodeError(reason, at + len(code) - len(code.lstrip()))
    return None


def _python(code: str) -> CodeError | None:
    """Of Python 3; a session, code of Python 2 and one with gaps for readers to fill in are none."""
    lines = code.split("\n")
    indented = next(line for line in lines if line.strip())[0] in " \t"
    opening = "if True:\n" if indented else ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(opening + code)
    except ValueError:
        return None
    except SyntaxError as error:
        if (
            any(map(PROMPT.match, lines))
            or PYTHON_2.search(code)
            or error.msg.startswith("too many")
        ):
            return None
        if "…" in code or TEMPLATE.search(code) or IN_ANGLES.search(code):
            return None
        line = (error.lineno or 1) - (1 if opening else 0)
        is_indent = isinstance(error, IndentationError)
        if is_indent and (line >= len(lines) or not error.msg.startswith("expected")):
            return None
        at = _offset(code, line, (error.offset or 1) - 1)
        if code.startswith("//", at):
            return CodeError("`//`, where comments begin with `#`", at)
        reason = re.split(r"\. | on line | \(", error.msg)[0]
        return CodeError(reason, at)
    return None


def _offset(code: str, line: int, column: int) -> int:
    """The offset of a column, from 0, of a line, from 1; no further than the end of that line."""
    lines = code.split("\n")[:line]
    return sum(len(above) + 1 for above in lines[:-1]) + max(0, min(column, len(lines[-1])))


PARSERS: dict[str, Callable[[str], CodeError | None]] = {
    "json": _json,
    "python": _python,
    "toml": _toml,
    "xml": _xml,
    "yaml": _yaml,
}
