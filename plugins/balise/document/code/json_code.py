"""Code in JSON."""

import json
import re

from balise.document.code.gaps import GAP
from balise.document.model import CodeError

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"?')
COMMENT = re.compile(r"//|/\*|#")
TYPOGRAPHIC = "“”„‘’«»"
"""Quotes that are a mistake of their own."""
PYTHON_CONSTANTS = {"True": "true", "False": "false", "None": "null"}
PLACEHOLDER = re.compile(r"[\w<($%]")
"""What begins a value that readers put in: `<id>`, `(id)`, `$ID`, `YOUR_ID`."""


def is_json(code: str) -> bool:
    """Whether code is an object, or a list of objects or lists."""
    try:
        value = json.loads(code)
    except (ValueError, RecursionError):
        return False
    return bool(value) and (isinstance(value, dict) or isinstance(value[0], (dict, list)))


def json_error(code: str) -> CodeError | None:
    """As one value or several; an excerpt may leave something out, or have a comma behind it."""
    at = _next(code, 0)
    if code[at : at + 1] not in ("{", "["):
        return None
    outside = STRING.sub("", code)
    if GAP.search(outside) or COMMENT.search(outside):
        return None
    decoder = json.JSONDecoder()
    try:
        while code[at : at + 1] in ("{", "["):
            _, at = decoder.raw_decode(code, at)
            at = _next(code, at, ", \t\n")
    except json.JSONDecodeError as error:
        return _error(code, error)
    if code[at : at + 1] in ("]", "}"):
        return CodeError(f"a `{code[at]}` too many", at)
    return None


def _error(code: str, error: json.JSONDecodeError) -> CodeError | None:
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
