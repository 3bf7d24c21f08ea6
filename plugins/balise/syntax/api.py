"""Calls of the API: `> [!api]` with lines such as `@api {GET} /path/{id}`.

Three forms: `@api {GET} /path`, `@api(ZONE) {GET} /path`, and since 2023
`@api {v1} /section GET /path`. The last may lack the section, which is then the first part of the
path, or the call: then the line leads to the section. Other lines are read as Markdown.
"""

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from balise.syntax.block import BlockConstruct, Body, tokenize_lines
from balise.syntax.context import RenderContext, fixed, of_token

VERBS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH"})
CALL = re.compile(
    r"@api(?:[ \t]*\([ \t]*(?P<zone>\w+)[ \t]*\))?[ \t]*"
    r"(?:\{(?P<verb>[A-Za-z]+)\}[ \t]*(?P<path>/?\S+)"
    r"|\{(?P<version>v[0-9]+)\}[ \t]*+(?P<section>/\S++)?[ \t]*+"
    r"(?:(?P<verb2>[A-Za-z]++)[ \t]++(?P<path2>/\S*+))?)"
    r"[ \t]*$"
)
FIRST_PART = re.compile(r"/[^/]*")
BRACES = re.compile(r"\{(\w+)\}")
CONSOLES = {
    "EU": "https://eu.api.ovh.com/console/",
    "CA": "https://ca.api.ovh.com/console/",
    "US": "https://api.us.ovhcloud.com/console/",
}
"""Zone -> the console in which a call can be tried; EU where none is given."""


def read_api(state: StateBlock, body: Body) -> None:
    """A token for every call; the lines between calls are read as a page is."""
    malformed: list[tuple[int, int]] = []
    body.opening.meta["malformed"] = malformed
    start = body.first
    for line in range(body.first, body.last):
        call = _call(state, line)
        if call is None:
            place = _place(state, line)
            if state.src.startswith("@", place[0]):
                malformed.append(place)
            continue
        tokenize_lines(state, start, line)
        token = state.push("api_call", "div", 0)
        token.map = [line, line + 1]
        token.meta = {"call": call, "place": _place(state, line)}
        start = line + 1
    tokenize_lines(state, start, body.last)


def _place(state: StateBlock, line: int) -> tuple[int, int]:
    start = state.bMarks[line] + state.tShift[line]
    return start, start + len(state.src[start : state.eMarks[line]].rstrip())


def _call(state: StateBlock, line: int) -> dict[str, str] | None:
    start = state.bMarks[line] + state.tShift[line]
    match = CALL.match(state.src, start, state.eMarks[line])
    if match is None:
        return None
    verb = (match["verb"] or match["verb2"] or "").upper()
    path, section = match["path"] or match["path2"] or "", match["section"] or ""
    if verb not in VERBS and (verb or not section):
        return None
    if match["version"] and not section and (part := FIRST_PART.match(path)):
        section = part[0]
    return {
        "verb": verb,
        "path": path,
        "zone": (match["zone"] or "").upper(),
        "version": match["version"] or "",
        "section": section,
    }


API = BlockConstruct("api", frozenset({"api"}), read_api)


def console_url(call: dict[str, str]) -> str:
    """Where the call can be tried, or all those of its section."""
    base = CONSOLES.get(call["zone"], CONSOLES["EU"])
    path = call["path"] if call["path"].startswith("/") else f"/{call['path']}"
    verb = call["verb"].lower()
    if call["version"]:
        section, branch = quote(call["section"], safe=""), call["version"]
        dashed = quote(BRACES.sub(r"-\1-", path))
        place = f"#{verb}-{dashed}" if verb else ""
        return f"{base}?section={section}&branch={branch}{place}"
    return f"{base}#{quote(path)}#{call['verb']}"


def render_api_call(token: Token, context: RenderContext) -> str:
    """The verb and the path, or the section, and a link to the console."""
    call = token.meta["call"]
    verb, path = call["verb"], escapeHtml(call["path"] or call["section"])
    pill = f'<span class="verb verb-{verb.lower()}">{verb}</span> ' if verb else ""
    word = escapeHtml(context.word("console"))
    return (
        f'<p class="api-call">{pill}<code>{path}</code> '
        f'<a class="external" href="{escapeHtml(console_url(call))}" '
        f'rel="external noopener noreferrer">{word}</a></p>\n'
    )


def api_plugin(md: MarkdownIt) -> None:
    """Render API calls; `block.py` finds their blocks."""
    md.add_render_rule("api_open", fixed('<div class="api">\n'))
    md.add_render_rule("api_close", fixed("</div>\n"))
    md.add_render_rule("api_call", of_token(render_api_call))
