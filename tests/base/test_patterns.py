"""No pattern of balise can take exponential, cubic or quadratic time where it is tried; see the helper."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

import balise
from balise.claims.patterns import patterns_of
from balise.claims.words import languages
from balise.collection.forms import _number_pattern
from balise.rules.headings.wrong_step_number import step_pattern
from balise.rules.links.retired_address import retired_addresses
from balise.syntax.abbreviation import _pattern
from balise.syntax.inline_parser import sign_pattern
from tests.helpers.backtracking import ambiguities

USES = {"compile", "match", "search", "sub", "subn", "fullmatch", "finditer", "findall", "split"}
MADE_OF_WORDS = {
    "balise.claims.patterns": "patterns_of",
    "balise.claims.words": "word_pattern",
    "balise.collection.forms": "_number_pattern",
    "balise.collection.generated": "translate",
    "balise.rules.headings.wrong_step_number": "step_pattern",
    "balise.rules.links.retired_address": "retired_addresses",
    "balise.syntax.abbreviation": "_pattern",
    "balise.syntax.inline_parser": "sign_pattern",
}
"""Functions that make patterns of texts, and where: those of all languages, and some examples, are below."""
CALL = re.compile(rf"\bre\.(?:{'|'.join(sorted(USES))})\b")
PARTS = 16
"""In which the patterns are tried. There is no test for each: to find them takes as long as to try them."""


def modules() -> list[str]:
    found = (module.name for module in pkgutil.walk_packages(balise.__path__, "balise."))
    return sorted(name for name in found if not name.endswith("__main__"))


def patterns_in(value: object, depth: int = 3) -> Iterator[Any]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, list | tuple | frozenset):
        for item in value:
            yield from patterns_in(item, depth - 1)
    elif depth and isinstance(value, dict):
        for item in value.values():
            yield from patterns_in(item, depth - 1)


@cache
def all_patterns() -> dict[str, Any]:
    """Every pattern of the package, by what it says."""
    values: list[object] = [
        v for name in modules() for v in vars(importlib.import_module(name)).values()
    ]
    read = [msgspec.structs.asdict(patterns_of(language)) for language in (None, *languages())]
    values += [list(fields.values()) for fields in read]
    values += [re.compile(_number_pattern(t)) for t in ("a.com/*/g{number}*", "*a*b*{number}*c*d")]
    values.append(re.compile(translate("a*b*c?[d]")))
    values += [step_pattern(), retired_addresses((("a.com", "b.com"), ("a.com/c", "")))[0]]
    values.append(sign_pattern("*[\\]^-"))
    values.append(_pattern({"HTML": "", "C++": ""}))
    values += [re.compile(literal) for name in modules() for literal in literals(name)]
    return {repr(pattern.pattern): pattern for value in values for pattern in patterns_in(value)}


@cache
def uses(name: str) -> list[tuple[ast.Call, bool]]:
    """The calls of `re` in a module, and whether each is at its top."""
    file = importlib.import_module(name).__file__
    assert file is not None
    text = Path(file).read_text(encoding="utf-8")
    return list(calls_of_re(ast.parse(text), True)) if CALL.search(text) else []


def calls_of_re(node: ast.AST, at_top: bool) -> Iterator[tuple[ast.Call, bool]]:
    """The calls in a node; in a function none is at the top."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute):
            owner = child.func.value
            if isinstance(owner, ast.Name) and owner.id == "re" and child.func.attr in USES:
                yield child, at_top
        yield from calls_of_re(child, at_top and not isinstance(child, ast.FunctionDef))


def literals(name: str) -> Iterator[str]:
    for call, _ in uses(name):
        if isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


def test_every_pattern_is_read_here() -> None:
    for name in modules():
        for call, at_top in uses(name):
            named = isinstance(call.args[0], ast.Constant | ast.Name)
            assert at_top or named or name in MADE_OF_WORDS, (name, call.lineno)
    assert len(all_patterns()) > 150


@pytest.mark.parametrize("part", range(PARTS))
def test_a_pattern_can_be_read_in_one_way(part: int) -> None:
    patterns = list(all_patterns().items())[part::PARTS]
    found = {said: ambiguities(pattern) for said, pattern in patterns}
    assert {said: ways for said, ways in found.items() if ways} == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(a|a)*b",
        r"(a?b?)*c",
        r"a*a*b",
        r"\s*.*?\s*$",
        r"(?:\w+\s*)*$",
        r"(?:#[\w.]+|\.\w+)*}",
        r"(?i:é*É*)x",
        r"(?:\w(?:\w++=)?+)*+",
        r"(?:a(?=.*b))*+",
        r"(.*)a(.*)b",
        r"(a*)\1b",
    ],
)
def test_a_pattern_that_can_be_read_in_several_ways_is_found(pattern: str) -> None:
    assert ambiguities(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [r"(?:a+b)*c", r"a*+a", r"(?>a*)a", r".*?-->", r"(.*)_[0-9]{1,9}$", r"(?:a|b+c)*d", r"ab?b?c"],
)
def test_a_pattern_that_one_character_decides_is_not(pattern: str) -> None:
    assert ambiguities(re.compile(pattern)) == []
