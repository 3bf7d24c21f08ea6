"""Text from another file: `{!> path !}` alone on its line, from the collection's root.

In a fence it stands for the file's text as code, which `fence.py` prints.
"""

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from balise.syntax.context import RenderContext, Resolver, of_token


def path_in(text: str) -> str:
    """The path in `{!> path !}`; empty where `text` is nothing like that."""
    path = text[2:-2].removeprefix(">").strip()
    ends = text.startswith("{!") and text.endswith("!}")
    return path if ends and "!}" not in path else ""


def path_in_code(line: str) -> str:
    """The path of the file whose text a line of code stands for; empty for any other line."""
    text = line.strip(" \t")
    return path_in(text) if text.startswith("{!>") else ""


def include_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """One line, one include."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{!", pos) or state.is_code_block(start_line):
        return False
    text = state.src[pos : state.eMarks[start_line]].rstrip()
    path = path_in(text)
    if not path:
        return False
    if silent:
        return True
    token = state.push("include", "div", 0)
    token.map = [start_line, start_line + 1]
    token.info = path
    token.meta = {"places": (pos, pos + len(text), pos + text.index(path))}
    state.line = start_line + 1
    return True


class IncludeSlot(msgspec.Struct, array_like=True, frozen=True, tag=4):
    """The place for the file at `path`; `note` says in HTML that it is not there."""

    path: str
    note: str

    def html(self, resolver: Resolver) -> str:
        """The other file's content, or a note in its place that says why it is not there."""
        html = resolver.include(self.path)
        return self.note if html is None else html


def render_include(token: Token, context: RenderContext) -> str:
    """The other file's content."""
    path = token.info
    word = escapeHtml(context.word("not_included"))
    note = f'<p class="not-included">{word} <code>{escapeHtml(path)}</code></p>\n'
    return context.put(IncludeSlot(path, note))


def include_plugin(md: MarkdownIt) -> None:
    """Read and render includes."""
    md.block.ruler.before(
        "paragraph", "include", include_rule, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    md.add_render_rule("include", of_token(render_include))
