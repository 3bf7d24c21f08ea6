from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Cause, Finding, Severity
from balise.base.source import Span
from balise.collection.forms import read_address
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.rules.helpers.servers import Server, is_among, server_of

MEDIA = {"iframe": "frame", "embed": "frame", "audio": "sound", "video": "video", "source": "video"}
"""Elements that load what their `src` names, besides pictures, and what that is called."""


class Options(RuleOptions, frozen=True):
    hosts: Annotated[
        tuple[Server, ...], Meta(description="Servers whose content pages may show")
    ] = ()


class ExternalContent(PageRule):
    name = "external-content"
    group = "images"
    summary = "A picture, video or frame is loaded from another site"
    severity = Severity.INFO
    on_by_default = False
    reach = "markdown"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, scheme = context.document, context.collection.scheme
        for what, src, span in _shown(context):
            server = server_of(src)
            if not server or is_among(server, self.options.hosts):
                continue
            if read_address(src, scheme).form == "external":
                way = "put a copy beside this page" if what == "picture" else "write a link to it"
                message = (
                    f"this {what} is loaded from `{server}`, which so learns of each reader; {way}"
                )
                cause = Cause(document.path, server, message)
                yield self.finding(document, span, message, cause=cause)


def _shown(context: RuleContext) -> Iterator[tuple[str, str, Span]]:
    """What a page shows by an address: what it is called, its address, its place."""
    yield from (("picture", image.src, image.span) for image in context.document.images)
    for element in context.document.html_elements:
        if element.name in MEDIA:
            src = dict(element.attributes).get("src", "")
            yield MEDIA[element.name], src, element.span
