"""The language of code by signs that no other language has."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import yaml

from balise.document.code.json_code import is_json
from balise.document.code.languages import MAX_CODE, NUMBER, canonical, is_numbered
from balise.document.code.python_code import is_python
from balise.document.code.yaml_code import read_yaml

INCLUDED: dict[str, frozenset[str]] = {
    "html": frozenset({"php", "xml", "javascript"}),
    "ini": frozenset({"toml", "apache", "php"}),
    "json": frozenset({"javascript", "python", "ruby", "yaml", "php", "perl"}),
    "javascript": frozenset({"html", "php"}),
    "php": frozenset({"html"}),
    "xml": frozenset({"html", "php"}),
}
"""Languages in which code of another one is nothing unusual."""

BLANK = re.compile(r"[ \t]*+(?:#(?!!|cloud-config)[^\n]*+)?")
"""A line that says nothing: a comment or none."""
INTERPRETERS = {
    "bash": "bash",
    "node": "javascript",
    "perl": "perl",
    "php": "php",
    "python": "python",
    "ruby": "ruby",
    "sh": "bash",
    "zsh": "bash",
}
SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("php", re.compile(r"<\?php\b")),
    ("xml", re.compile(r"<\?xml[ \t]")),
    ("html", re.compile(r"<!DOCTYPE html\b|<html[ \t>]", re.IGNORECASE)),
    (
        "terraform",
        re.compile(r'(?:(?:resource|data) "\w++"|provider|variable|module) "[\w-]++" ?\{'),
    ),
    (
        "apache",
        re.compile(
            r"<(?:VirtualHost|Directory(?:Match)?|IfModule|Files(?:Match)?|Location(?:Match)?) [^<>]++>"
        ),
    ),
    (
        "powershell",
        re.compile(r"[A-Z][a-z]++-[A-Z][A-Za-z]++ (?:[^\s|;-][^\s|;]*+ )?-[A-Z][A-Za-z]++ "),
    ),
    ("javascript", re.compile(r"(?:var|let|const) \w++ = require\(['\"]")),
    (
        "bash",
        re.compile(r"(?:\$ )?(?:sudo |curl -|wget |cat <<|(?:pip3?|apt-get|apt|yum|dnf) install )"),
    ),
)
"""How the first line of code begins in a language, as in no other one."""
STATEMENT = re.compile(
    r"(?:CREATE|ALTER|DROP) (?:DATABASE|INDEX|TABLE|USER) |INSERT INTO |DELETE FROM |GRANT [A-Z]++[ ,]"
    r"|SELECT [^;]++;"
)
DIRECTIVES = re.compile(
    r"(?:server|http|upstream \w++|location [^{]++)\{|(?:server|http|upstream \w++) \{"
)
IMPORT = re.compile(r"from [\w.]++ import \w")
SECTION = re.compile(r"\[[\w .:@/-]++\][ \t]*+")
SETTING = re.compile(r"\w[\w.-]*+[ \t]*+=[ \t]*+(.*+)")
TOML_VALUE = re.compile(r"[\"'\[{].*+|true|false|[-+]?[0-9_]++(?:\.[0-9_]++)?|[0-9]{4}-.*+")
QUOTES = ('"', "'", "[", "{")
KEY = re.compile(r"[ \t]*+(?:- )*+[\w./-]++:(?:[ \t].*+)?")
ITEM = re.compile(r"[ \t]*+-[ \t].*+")
MAPPING = re.compile(r"[ \t]*+(?:- )*+[\w./-]++:[ \t]*+")
"""A key with nothing behind it: what it is the key of stands on the lines below."""


def other_language(name: str, code: str) -> str:
    """The language that code is certainly in, if it is not the one of that name."""
    marked = canonical(name)
    if not marked or len(code) > MAX_CODE:
        return ""
    lines = code.split("\n")
    if is_numbered(code):
        lines = [NUMBER.sub("", line, count=1) for line in lines]
    found = _language(lines)
    return "" if found == marked or marked in INCLUDED.get(found, ()) else found


def _language(lines: Sequence[str]) -> str:
    said = [line for line in lines if line.strip() and not BLANK.fullmatch(line)]
    if not said:
        return ""
    first = said[0].strip()
    if first.startswith("#!"):
        return _interpreter(first[2:])
    for language, sign in SIGNS:
        if sign.match(first):
            return language
    if STATEMENT.match(first) and said[-1].rstrip().endswith(";"):
        return "sql"
    if DIRECTIVES.fullmatch(first) and any(line.rstrip().endswith(";") for line in said):
        return "nginx"
    if first[0] in "{[" and is_json("\n".join(lines)):
        return "json"
    if SECTION.fullmatch(first):
        return "ini" if _is_ini(said) else ""
    if IMPORT.match(first) and is_python("\n".join(lines)):
        return "python"
    return "yaml" if _is_yaml(said) else ""


def _interpreter(shebang: str) -> str:
    """The language of a program by its first line: `/bin/sh -e`, `/usr/bin/env python3`."""
    words = [word.rpartition("/")[2] for word in shebang.split()]
    if words[:1] == ["env"]:
        del words[0]
    return INTERPRETERS.get(words[0].rstrip("0123456789."), "") if words else ""


def _is_ini(lines: Iterable[str]) -> bool:
    """Whether there are sections and settings alone, and TOML would not read the values of some."""
    values: list[str] = []
    for line in lines:
        setting = SETTING.fullmatch(line.strip())
        if setting:
            values.append(setting[1].strip())
        elif not SECTION.fullmatch(line) and not line.startswith(";"):
            return False
    return any(value and not TOML_VALUE.fullmatch(value) for value in values) and not any(
        value.startswith(QUOTES) for value in values
    )


def _is_yaml(lines: Sequence[str]) -> bool:
    """Whether all lines are keys or items, and a key has others below it."""
    rest = lines[1:] if lines[0] in ("---", "#cloud-config") else lines
    if not all(KEY.fullmatch(line) or ITEM.fullmatch(line) for line in rest):
        return False
    if not any(
        MAPPING.fullmatch(line) and (_indent(below) > _indent(line) or ITEM.fullmatch(below))
        for line, below in pairwise(rest)
    ):
        return False
    try:
        read_yaml("\n".join(lines))
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError):
        return False
    return True


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
