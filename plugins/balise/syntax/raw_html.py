"""Raw HTML is printed: as written, but that its links and pictures lead where they are published.

A site may be made without what is unsafe in it, so what is becomes a slot.
"""

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from balise.syntax.context import PLAIN, RenderContext, Resolver, html_attributes, of_token
from balise.syntax.html import AddressSlot, addresses
from balise.syntax.image import proportions
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


class PictureSizeSlot(msgspec.Struct, array_like=True, frozen=True, tag=7):
    """The sizes of a picture that its tag does not give, so that the page keeps its place; see `proportions`."""

    value: str
    width: str | None
    height: str | None

    def html(self, resolver: Resolver) -> str:
        """Attributes of an `img`."""
        source = resolver.image(self.value)
        return html_attributes(proportions(self.width, self.height, source))


def render_html(token: Token, context: RenderContext) -> str:
    """The HTML as it is, with the addresses that its links and pictures have on the site."""
    html = token.content
    if context is PLAIN:
        return html
    if found := dangers_in(html):
        return context.put(UnsafeHtmlSlot(html, found))
    return "".join(p if isinstance(p, str) else context.put(p) for p in _parts(html))


def _parts(html: str) -> list[str | AddressSlot | PictureSizeSlot]:
    """HTML, and the addresses and sizes in it that are resolved, in their order."""
    parts: list[str | AddressSlot | PictureSizeSlot] = []
    cursor = 0
    for found in addresses(html):
        if found.name == "img" and not (found.width and found.height):
            name_end = found.tag[0] + len("<img")
            parts += (
                html[cursor:name_end],
                PictureSizeSlot(found.value, found.width, found.height),
            )
            cursor = name_end
        start, end = found.address
        parts += (html[cursor:start], AddressSlot(html[start:end], found.value, found.name == "a"))
        cursor = end
    return [*parts, html[cursor:]]


def html_plugin(md: MarkdownIt) -> None:
    """Render raw HTML; markdown-it-py reads it."""
    md.add_render_rule("html_block", of_token(render_html))
    md.add_render_rule("html_inline", of_token(render_html))
