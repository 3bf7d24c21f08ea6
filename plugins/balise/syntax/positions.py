"""Positions of inline constructs, which markdown-it-py's tokens do not carry.

Every rule wrapped here leaves `meta["span"] = (start, end)` on the token that opens its construct,
in offsets of the inline content that is being parsed, and `meta["address"]` likewise where the
construct holds its own address (a link by reference does not).
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, image, link

InlineRule = Callable[[StateInline, bool], bool]

SPAN = "span"
ADDRESS = "address"

SIMPLE = re.compile(r"!?\[[^\[\]\\`<]*\]\(([^\s()<>\\]+)\)")
"""Most links and images: nothing in them that could be anything else."""
SIMPLE_LINK = re.compile(r"\[([^\[\]\\`<{]*+)\]\(([^\s()<>\\&\x00-\x1f\x7f]++)\)")
"""A link whose label ends at the next bracket, and whose address means itself. It has no title."""


def positioned(rule: InlineRule, opening: str) -> InlineRule:
    """`rule`, recording where the `opening` token's construct starts and ends."""

    def run(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, True)
        start = state.pos
        first = len(state.tokens)
        if not rule(state, False):
            return False
        # Text that was pending has been flushed in front of the construct's own token.
        for token in state.tokens[first : first + 2]:
            if token.type == opening:
                token.meta = {**token.meta, SPAN: (start, state.pos)}
                if address := _address(state, start):
                    token.meta[ADDRESS] = address
                break
        return True

    return run


def _address(state: StateInline, start: int) -> tuple[int, int] | None:
    """Where the address of the construct from `start` up to where `state` is now stands in it."""
    text, end = state.src, state.pos
    if text[start] == "<":
        return start + 1, end - 1
    if text[start] == "`" or text[end - 1] != ")":
        return None
    if simple := SIMPLE.fullmatch(text, start, end):
        return simple.span(1)
    label = start + (text[start] == "!")
    state.pos = label  # the helper reads, and gives back, the state's own place
    at = state.md.helpers.parseLinkLabel(state, label, text[start] == "[") + 2
    state.pos = end
    while at < end and text[at] in " \t\n":
        at += 1
    found = state.md.helpers.parseLinkDestination(text, at, end)
    if not found.ok or found.pos == at:
        return None
    angle = text[at] == "<"
    return at + angle, found.pos - angle


def read_link(state: StateInline, silent: bool) -> bool:
    """A link, as markdown-it-py reads it: most are told by one pattern."""
    md, src, end = state.md, state.src, state.posMax
    found = SIMPLE_LINK.match(src, state.pos, end)
    if found is None or state.level >= md.options["maxNesting"]:
        return any_link(state, silent)
    if not silent:
        state.pos, state.posMax = found.span(1)
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": md.normalizeLink(found[2])}
        token.meta = {SPAN: found.span(), ADDRESS: found.span(2)}
        state.linkLevel += 1
        md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = found.end()
    return True


any_link = positioned(link, "link_open")


def positions_plugin(md: MarkdownIt) -> None:
    """Make links, images, code spans and autolinks carry their position."""
    md.inline.ruler.at("link", read_link)
    md.inline.ruler.at("image", positioned(image, "image"))
    md.inline.ruler.at("backticks", positioned(backtick, "code_inline"))
    md.inline.ruler.at("autolink", positioned(autolink, "link_open"))
