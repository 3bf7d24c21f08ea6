from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.syntax.unsafe_html import AllowedHtml, Danger, dangers

DOES = {
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
"""What elements do that show more than text and pictures."""


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

    @property
    def allowed(self) -> AllowedHtml:
        """What is allowed, as data."""
        return AllowedHtml(self.elements, self.hosts)


class UnsafeHtml(PageRule):
    name = "unsafe-html"
    group = "html"
    summary = "Raw HTML does more than show text and pictures"
    reach = "markdown"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        allowed = self.options.allowed
        for element in context.document.html_elements:
            for danger in dangers(element.name, element.attributes):
                if not allowed.allows(danger):
                    yield self.finding(context.document, element.span, _message(danger))
                    break


def _message(danger: Danger) -> str:
    if danger.kind == "element":
        does = DOES[danger.element]
        return f"`<{danger.element}>` {does}; write it without, or allow it with `elements`"
    if danger.kind == "event":
        return f"`{danger.name}` runs a script; take it away"
    if danger.kind == "document":
        return "`srcdoc` holds a page of its own, with its scripts; take it away"
    if danger.kind == "script":
        return f"`{danger.name}` is a script, and no address of a page; take it away"
    if not danger.name:
        return "this `<iframe>` shows another page; write a link to it"
    return (
        f"this `<iframe>` shows a page of `{danger.name}`; write a link, or allow it with `hosts`"
    )
