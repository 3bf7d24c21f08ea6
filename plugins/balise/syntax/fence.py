"""Code between fences, and what may stand behind the first: ```` ```python hl_lines="3" ````.

The forms of Python-Markdown are read as well: ```` ```{.python hl_lines="3"} ````. A line
`{!> path !}` stands for the text of a file, but in an example of Markdown.
"""

import re
from collections.abc import Callable

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token
from msgspec.structs import replace

from balise.syntax.context import CodeBlock, RenderContext, Resolver, of_token
from balise.syntax.include import path_in_code

LANGUAGE = re.compile(r"\{?[ \t]*\.?([^\s{}=\"']+)(?=[\s}]|$)")
OPTION = re.compile(r"(hl_lines|linenums|title)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")
HIGHLIGHTED = re.compile(r"([0-9]+)(?:-([0-9]+))?")
MAX_LINES = 10_000
MARKDOWN = frozenset({"markdown", "md"})
"""Languages of code that shows how an include is written."""


def code_block(token: Token) -> CodeBlock:
    """What the info string of a fence says of its code."""
    info = unescapeAll(token.info).strip()
    language = LANGUAGE.match(info)
    options = {
        m[1]: next(v for v in m.groups()[1:] if v is not None) for m in OPTION.finditer(info)
    }
    lines: set[int] = set()
    for first, last in HIGHLIGHTED.findall(options.get("hl_lines", "")):
        start, end = int(first[:5]), int((last or first)[:5])
        lines.update(range(start, min(end, start + MAX_LINES) + 1))
    return CodeBlock(
        token.content, language[1] if language else "", options.get("title", ""), frozenset(lines)
    )


def language_place(token: Token) -> tuple[int, int] | None:
    """Where in the info string of a fence its language stands, if it is written as it reads."""
    match = LANGUAGE.match(token.info, len(token.info) - len(token.info.lstrip()))
    return match.span(1) if match and unescapeAll(match[1]) == match[1] else None


def code_includes(token: Token) -> list[tuple[int, str]]:
    """The lines of a fence's code, from 0, that stand for the text of files, with their paths."""
    if "{!>" not in token.content or code_block(token).language.lower() in MARKDOWN:
        return []
    paths = map(path_in_code, token.content.split("\n"))
    return [(line, path) for line, path in enumerate(paths) if path]


class CodeSlot(msgspec.Struct, array_like=True, frozen=True, tag=6):
    """Code with lines that stand for the text of files."""

    code: CodeBlock

    def html(self, resolver: Resolver) -> str:
        """The code with these texts; a line whose file cannot be included stays as it is."""
        lines: list[str] = []
        for line in self.code.text.split("\n"):
            path = path_in_code(line)
            found = resolver.text(path) if path else None
            lines.append(line if found is None else found.removesuffix("\n"))
        return code_html(replace(self.code, text="\n".join(lines)), resolver.highlight)


def render_fence(token: Token, context: RenderContext) -> str:
    """The code, highlighted where the page's context can."""
    code = code_block(token)
    if code_includes(token):
        return context.put(CodeSlot(code))
    return code_html(code, context.highlight)


def code_html(code: CodeBlock, highlight: Callable[[CodeBlock], str | None]) -> str:
    """Code as `highlight` prints it, or else without colours."""
    if html := highlight(code):
        return html
    language = f' class="language-{escapeHtml(code.language)}"' if code.language else ""
    return f"<pre><code{language}>{escapeHtml(code.text)}</code></pre>\n"


def fence_plugin(md: MarkdownIt) -> None:
    """Render fenced code; markdown-it-py reads it."""
    md.add_render_rule("fence", of_token(render_fence))
