"""Code in Python."""

import ast
import re
import warnings

from balise.document.code.gaps import GAP, IN_ANGLES
from balise.document.code.places import offset
from balise.document.model import CodeError

PROMPT = re.compile(r"[ \t]*+(?:>>>|[$%!]|In \[)")
PYTHON_2 = re.compile(
    r"(?<!\S)(?:print[ \t]++[^(\s=]|exec[ \t]++[\"'\w]|raise[ \t]++\w++,|except[ \t]++[\w.]++,)|<>"
)
PYTHON_3_12 = re.compile(r"^[ \t]*+(?:type \w|(?:def|class) \w++\[)", re.MULTILINE)
"""What older versions do not parse, of which one may run here."""
NOT_TOLD = ("too many", "f-string")
"""How the reasons begin that are limits of the parser, or of an older version."""


def python_error(code: str) -> CodeError | None:
    """Of Python 3; a session, code of Python 2 and one with gaps for readers to fill in are none."""
    lines = code.split("\n")
    indented = next(line for line in lines if line.strip())[0] in " \t"
    opening = "if True:\n" if indented else ""
    try:
        _read(opening + code)
    except ValueError:
        return None
    except SyntaxError as error:
        if any(map(PROMPT.match, lines)) or error.msg.startswith(NOT_TOLD):
            return None
        if any(sign.search(code) for sign in (PYTHON_2, PYTHON_3_12, GAP, IN_ANGLES)):
            return None
        line = (error.lineno or 1) - (1 if opening else 0)
        is_indent = isinstance(error, IndentationError)
        if is_indent and (line >= len(lines) or not error.msg.startswith("expected")):
            return None
        at = offset(code, line, (error.offset or 1) - 1)
        if code.startswith("//", at):
            return CodeError("`//`, where comments begin with `#`", at)
        reason = re.split(r"\. | on line | \(", error.msg)[0]
        return CodeError(reason, at)
    return None


def is_python(code: str) -> bool:
    """Whether code is Python."""
    try:
        _read(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _read(code: str) -> None:
    """Parse code, without what the parser warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(code)
