"""Positions of inline constructs, which markdown-it-py's tokens do not carry.

Every rule wrapped here leaves `meta["span"] = (start, end)` on the token that opens its construct,
in offsets of the inline content that is being parsed.
"""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

InlineRule = Callable[[StateInline, bool], bool]

SPAN = "span"


def positioned(rule: InlineRule, opening: str, first_character: str) -> InlineRule:
    """`rule`, recording where the `opening` token's construct starts and ends.

    The construct begins with `first_character`: elsewhere the rule need not be asked.
    """

    def run(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != first_character:
            return False
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
                break
        return True

    return run


def positions_plugin(md: MarkdownIt) -> None:
    """Make links, images, code spans and autolinks carry their position."""
    from markdown_it.rules_inline import autolink, backtick, image, link

    md.inline.ruler.at("link", positioned(link, "link_open", "["))
    md.inline.ruler.at("image", positioned(image, "image", "!"))
    md.inline.ruler.at("backticks", positioned(backtick, "code_inline", "`"))
    md.inline.ruler.at("autolink", positioned(autolink, "link_open", "<"))
