"""Links: `[text](address){.external}`; where they lead is resolved by the page's context."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from balise.syntax.attributes import printed_attributes
from balise.syntax.context import PLAIN, context_of, html_attributes

SCRIPT = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
"""Addresses that run, or hide, what they are: they never reach a page."""

EXTERNAL_CLASSES = frozenset({"external", "external-link"})


def render_link_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """The link's tag. Another site is marked and told nothing; this site never is."""
    token = tokens[idx]
    target = context_of(env).link(str(token.attrs["href"]))
    attributes = {**token.attrs, "href": target.href, **printed_attributes(token)}
    if SCRIPT.match(target.href) or (not target.href and context_of(env) is not PLAIN):
        del attributes["href"]  # a link that leads nowhere (HTML Living Standard, 4.6.1)
    classes = [c for c in str(attributes.pop("class", "")).split() if c not in EXTERNAL_CLASSES]
    if target.external:
        classes.append("external")
        attributes["rel"] = "external noopener noreferrer"
    if target.language:
        classes.append("other-language")
        attributes["hreflang"] = target.language
    if classes:
        attributes["class"] = " ".join(classes)
    title = target.title if tokens[idx + 1].type == "link_close" else ""
    return f"<a{html_attributes(attributes)}>{escapeHtml(title)}"


def link_plugin(md: MarkdownIt) -> None:
    """Render links; markdown-it-py reads them."""
    md.add_render_rule("link_open", render_link_open)
