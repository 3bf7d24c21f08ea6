"""Code between fences, and what may stand behind the first: ```` ```python hl_lines="3" ````.

The forms of Python-Markdown are read as well: ```` ```{.python hl_lines="3"} ````.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token

from balise.syntax.context import CodeBlock, RenderContext, of_token

LANGUAGE = re.compile(r"\{?[ \t]*\.?([^\s{}=\"']+)(?=[\s}]|$)")
OPTION = re.compile(r"(hl_lines|linenums|title)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")
HIGHLIGHTED = re.compile(r"([0-9]+)(?:-([0-9]+))?")
MAX_LINES = 10_000


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


def render_fence(token: Token, context: RenderContext) -> str:
    """The code, highlighted where the page's context can."""
    code = code_block(token)
    if html := context.highlight(code):
        return html
    language = f' class="language-{escapeHtml(code.language)}"' if code.language else ""
    return f"<pre><code{language}>{escapeHtml(code.text)}</code></pre>\n"


def fence_plugin(md: MarkdownIt) -> None:
    """Render fenced code; markdown-it-py reads it."""
    md.add_render_rule("fence", of_token(render_fence))
