"""Raw HTML is printed: as written, but that its links and pictures lead where they are published.

A site may be made without what is unsafe in it, so what is becomes a slot.
"""

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from balise.syntax.context import PLAIN, RenderContext, Resolver, of_token
from balise.syntax.html import AddressSlot, addresses
from balise.syntax.unsafe_html import Danger, dangers_in


class UnsafeHtmlSlot(msgspec.Struct, array_like=True, frozen=True, tag=5):
    """HTML that does more than show text and pictures."""

    written: str
    dangers: tuple[Danger, ...]

    def html(self, resolver: Resolver) -> str:
        """The HTML, or nothing where one thing of all that it does is not allowed."""
        if not all(map(resolver.allows, self.dangers)):
            return ""
        return "".join(p if isinstance(p, str) else p.html(resolver) for p in _parts(self.written))


def render_html(token: Token, context: RenderContext) -> str:
    """The HTML as it is, with the addresses that its links and pictures have on the site."""
    html = token.content
    if context is PLAIN:
        return html
    if found := dangers_in(html):
        return context.put(UnsafeHtmlSlot(html, found))
    return "".join(p if isinstance(p, str) else context.put(p) for p in _parts(html))


def _parts(html: str) -> list[str | AddressSlot]:
    """HTML, and the addresses in it that are resolved, in their order."""
    parts: list[str | AddressSlot] = []
    cursor = 0
    for found in addresses(html):
        start, end = found.address
        parts += (html[cursor:start], AddressSlot(html[start:end], found.value, found.name == "a"))
        cursor = end
    return [*parts, html[cursor:]]


def html_plugin(md: MarkdownIt) -> None:
    """Render raw HTML; markdown-it-py reads it."""
    md.add_render_rule("html_block", of_token(render_html))
    md.add_render_rule("html_inline", of_token(render_html))
