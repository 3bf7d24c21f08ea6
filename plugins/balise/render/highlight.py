"""Code in colours, with Pygments, as Material for MkDocs styles it."""

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

from balise.syntax import CodeBlock

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARACTERS = 200_000
"""Longer code is printed as it is: nobody reads it for its colours."""
PATIENCE, PATIENCE_EACH = 0.5, 5e-5
"""CPU seconds for a block, and for each of its characters: ten times what code takes that means something."""
LONG_LINE = 1000
"""Characters of a line that the lexers `BY_LINE` may get: they do not tell within one how far they are."""
BY_LINE = frozenset({"console", "shell-session", "pycon", "ini", "cfg", "dosini", "html+ng2"})

ALIKE = 256
"""Blocks that are remembered: the translations of a guide, read one after the other, share theirs."""


@lru_cache(ALIKE)
def highlight(code: CodeBlock) -> str | None:
    """The HTML of a block of code; None where Pygments is not installed, or would not come to an end.

    Some of its lexers take a time that grows with the square of a text without any meaning.
    """
    try:
        from pygments import format as run
    except ImportError:
        return None
    if len(code.text) > MAX_CHARACTERS or _has_long_line(code):
        return None
    formatter = _formatter(code.highlighted)
    title = f'<span class="filename">{escape(code.title)}</span>' if code.title else ""
    try:
        html: str = run(_tokens(_lexer(code.language), code.text), formatter)
    except _TooSlowError:
        return None
    language = f"language-{escape(code.language)} " if code.language else ""
    return html.replace('<div class="highlight">', f'<div class="{language}highlight">{title}', 1)


def _has_long_line(code: CodeBlock) -> bool:
    return code.language.lower() in BY_LINE and any(
        len(line) > LONG_LINE for line in code.text.split("\n")
    )


class _TooSlowError(Exception):
    """A lexer has taken more time than any text needs that means something."""


def _tokens(lexer: "Lexer", text: str) -> Iterator[tuple[Any, str]]:
    """What a lexer reads in `text`. Raises `_TooSlowError`."""
    patience = PATIENCE + PATIENCE_EACH * len(text)
    end, earliest = thread_time() + patience, perf_counter() + patience
    for token in lexer.get_tokens(text):
        # No more CPU time can have passed than time; only the latter is told without a call of the system.
        if perf_counter() > earliest and thread_time() > end:
            raise _TooSlowError
        yield token


@cache
def _lexer(language: str) -> "Lexer":
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    options = {"stripnl": False, "ensurenl": True}
    try:
        return get_lexer_by_name(language or "text", **options)
    except ClassNotFound:
        return get_lexer_by_name("text", **options)


@cache
def _formatter(lines: frozenset[int]) -> Any:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(wrapcode=True, hl_lines=sorted(lines))
