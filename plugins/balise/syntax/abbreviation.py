"""Abbreviations: `*[HTML]: HyperText Markup Language` explains every `HTML` of the page."""

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.context import fixed

DEFINITION = re.compile(
    r"\*\[(?P<short>[^\]\n]++)\]:[ \t]*+(?P<long>(?=\S)[^ \t\n]++(?:[ \t]++[^ \t\n]++)*+)[ \t]*+$"
)
ENV_KEY = "abbreviations"
PATTERN_KEY = "abbreviations-pattern"


def abbreviation_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """One line, one definition; it prints nothing."""
    pos = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("*[", pos) or state.is_code_block(start_line):
        return False
    match = DEFINITION.match(state.src, pos, state.eMarks[start_line])
    if match is None:
        return False
    if silent:
        return True
    token = state.push("abbreviation", "", 0)
    token.map = [start_line, start_line + 1]
    token.info = match["short"]
    token.content = match["long"]
    state.env.setdefault(ENV_KEY, {}).setdefault(match["short"], match["long"])
    state.line = start_line + 1
    return True


def abbreviations(tokens: Sequence[Token]) -> dict[str, str]:
    """What a page's abbreviations stand for; the first definition of one counts."""
    found: dict[str, str] = {}
    for token in tokens:
        if token.type == "abbreviation":
            found.setdefault(token.info, token.content)
    return found


def _pattern(known: Mapping[str, str]) -> re.Pattern[str]:
    short = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, short))})(?!\w)")


def render_text(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """Text, its abbreviations explained where the page defines any."""
    text = tokens[idx].content
    known: Mapping[str, str] = env.get(ENV_KEY, {})
    if not known:
        return escapeHtml(text)
    if PATTERN_KEY not in env:
        env[PATTERN_KEY] = _pattern(known)
    pattern: re.Pattern[str] = env[PATTERN_KEY]
    parts: list[str] = []
    start = 0
    for match in pattern.finditer(text):
        title, word = escapeHtml(known[match[0]]), escapeHtml(match[0])
        parts += (escapeHtml(text[start : match.start()]), f'<abbr title="{title}">{word}</abbr>')
        start = match.end()
    return "".join(parts) + escapeHtml(text[start:])


def abbreviation_plugin(md: MarkdownIt) -> None:
    """Read and explain abbreviations."""
    md.block.ruler.before("reference", "abbreviation", abbreviation_rule, {"alt": ["paragraph"]})
    md.add_render_rule("abbreviation", fixed(""))
    md.add_render_rule("text", render_text)
