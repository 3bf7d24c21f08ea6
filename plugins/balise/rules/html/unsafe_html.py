from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from balise.base.findings import Finding
from balise.document import HtmlElement
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.syntax.html import address_as_read
from balise.syntax.link import SCRIPT

ELEMENTS = {
    "script": "runs a script",
    "object": "runs a program",
    "embed": "runs a program",
    "applet": "runs a program",
    "frame": "shows another page",
    "frameset": "shows other pages",
    "portal": "shows another page",
    "base": "moves all links of the page",
    "link": "loads another file",
    "meta": "speaks for the whole page",
    "form": "sends what readers write",
}
"""Elements that do more than show text and pictures, and what they do."""
IN_OTHER_RULES = frozenset({("a", "href"), ("img", "src")})
"""Addresses that `script-link` looks at."""
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "background", "xlink:href"}
)


class Options(RuleOptions, frozen=True):
    elements: Annotated[
        tuple[str, ...], Meta(description="Elements, such as `form`, that pages may have")
    ] = ()
    hosts: Annotated[
        tuple[str, ...], Meta(description="Servers whose pages may be shown in an `<iframe>`")
    ] = (
        "www.youtube.com",
        "www.youtube-nocookie.com",
        "player.vimeo.com",
        "www.dailymotion.com",
    )


class UnsafeHtml(PageRule):
    name = "unsafe-html"
    group = "html"
    summary = "Raw HTML does more than show text and pictures"
    reach = "markdown"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for element in context.document.html_elements:
            if element.name in self.options.elements:
                continue
            if message := self._message(element):
                yield self.finding(context.document, element.span, message)

    def _message(self, element: HtmlElement) -> str:
        if does := ELEMENTS.get(element.name):
            return f"`<{element.name}>` {does}; write it without, or allow it with `elements`"
        for key, value in element.attributes:
            if key.startswith("on"):
                return f"`{key}` runs a script; take it away"
            if key == "srcdoc":
                return "`srcdoc` holds a page of its own, with its scripts; take it away"
            if (element.name, key) in IN_OTHER_RULES or key not in ADDRESSES:
                continue
            if SCRIPT.match(address_as_read(value)):
                return f"`{key}` is a script, and no address of a page; take it away"
        if element.name == "iframe":
            return self._about_frame(dict(element.attributes).get("src", ""))
        return ""

    def _about_frame(self, src: str) -> str:
        try:
            host = urlsplit(address_as_read(src).replace("\\", "/")).hostname or ""
        except ValueError:
            host = ""
        if host in self.options.hosts:
            return ""
        if not host:
            return "this `<iframe>` shows another page; write a link to it"
        return f"this `<iframe>` shows a page of `{host}`; write a link, or allow it with `hosts`"
