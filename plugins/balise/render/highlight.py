"""Code in colours, with Pygments, as Material for MkDocs styles it."""

from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from balise.syntax import CodeBlock

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CHARACTERS = 200_000
"""Longer code is printed as it is: nobody reads it for its colours."""


ALIKE = 256
"""Blocks that are remembered: the translations of a guide, read one after the other, share theirs."""


@lru_cache(ALIKE)
def highlight(code: CodeBlock) -> str | None:
    """The HTML of a block of code; None where Pygments is not installed."""
    try:
        from pygments import highlight as run
    except ImportError:
        return None
    if len(code.text) > MAX_CHARACTERS:
        return None
    formatter = _formatter(code.highlighted)
    title = f'<span class="filename">{escape(code.title)}</span>' if code.title else ""
    html: str = run(code.text, _lexer(code.language), formatter)
    language = f"language-{escape(code.language)} " if code.language else ""
    return html.replace('<div class="highlight">', f'<div class="{language}highlight">{title}', 1)


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
