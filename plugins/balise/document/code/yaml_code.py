"""Code in YAML."""

import re

import yaml

from balise.document.code.gaps import GAP
from balise.document.front_matter import LOADER
from balise.document.model import CodeError

MAX_DEPTH = 100
"""Deeper than any code is nested."""
PROMPT = re.compile(r"[ \t]*+[$%][ \t]")
NOTATION = re.compile(r":[ \t]++[(（]")
"""A value in brackets, which says what may stand there."""


def yaml_error(code: str) -> CodeError | None:
    """A template is none, nor is an excerpt that begins in the middle."""
    try:
        read_yaml(code)
    except yaml.MarkedYAMLError as error:
        lines = [line for line in code.split("\n") if line.strip()]
        excerpt = min(map(_indent, lines)) < _indent(lines[0])
        if excerpt or PROMPT.match(lines[0]) or GAP.search(code) or NOTATION.search(code):
            return None
        mark = error.problem_mark or error.context_mark
        reason = " ".join(str(error.problem or error.context).split())
        if mark and code.startswith("\t", mark.index):
            reason = "a tab, where YAML has spaces"
        return CodeError(reason, mark.index) if mark else None
    except yaml.YAMLError:
        return None
    return None


def read_yaml(code: str) -> None:
    """Read code as YAML, event by event: no alias or tag costs anything.

    Raises YAMLError where it is none, and RecursionError where it is nested deeper than code is: its
    reader would take the square of that.
    """
    depth = 0
    for event in yaml.parse(code, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise RecursionError


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
