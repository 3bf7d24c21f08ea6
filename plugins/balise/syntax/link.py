"""Links: `[text](address){.external}`; where they lead is resolved by the page's context."""

import re
from collections.abc import Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.attributes import printed_attributes
from balise.syntax.context import Resolver, context_of, html_attributes

SCRIPT = re.compile(r"[\x00-\x20]*+(?:javascript|vbscript|data):", re.IGNORECASE)
"""Addresses that run, or hide, what they are: they never reach a page."""

EXTERNAL_CLASSES = frozenset({"external", "external-link"})


class LinkSlot(msgspec.Struct, array_like=True, frozen=True, tag=1):
    """The tag of a link to `href`: its other attributes as HTML, its classes, whether it has text."""

    href: str
    attributes: str
    classes: str
    empty: bool

    def html(self, resolver: Resolver) -> str:
        """Another site is marked and told nothing; this site never is."""
        target = resolver.link(self.href)
        href = target.href
        classes = self.classes
        more = ""
        if target.external:
            classes = f"{classes} external".lstrip()
            more = ' rel="external noopener noreferrer"'
        if target.language:
            classes = f"{classes} other-language".lstrip()
            more += f' hreflang="{escapeHtml(target.language)}"'
        if classes:
            more += f' class="{classes}"'
        title = escapeHtml(target.title) if self.empty else ""
        if href is None or SCRIPT.match(href):
            return f"<a{self.attributes}{more}>{title}"  # HTML Living Standard, 4.6.1
        return f'<a href="{escapeHtml(href)}"{self.attributes}{more}>{title}'


def render_link_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The link's tag."""
    token = tokens[idx]
    attributes = {**token.attrs, **printed_attributes(token)}
    href = str(attributes.pop("href"))
    classes = [c for c in str(attributes.pop("class", "")).split() if c not in EXTERNAL_CLASSES]
    empty = tokens[idx + 1].type == "link_close"
    slot = LinkSlot(href, html_attributes(attributes), escapeHtml(" ".join(classes)), empty)
    return context_of(env).put(slot)


def link_plugin(md: MarkdownIt) -> None:
    """Render links; markdown-it-py reads them."""
    md.add_render_rule("link_open", render_link_open)
