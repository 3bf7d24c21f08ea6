import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import rewrite_link
from balise.rules.helpers.servers import Server, is_among, server_of

AUTHORITY = re.compile(r"http://(\[|[^/:?#]*+)", re.IGNORECASE)
NAMES = "localhost local test example invalid example.com example.net example.org"
PRIVATE = tuple(f".{name}" for name in NAMES.split())
"""Addresses that have no certificate: of one's own network, or examples (RFC 2606, RFC 6761)."""


def _is_private(href: str) -> bool:
    """Whether the server of an address has no dot in its name, ends like `PRIVATE`, or is a number."""
    match = AUTHORITY.match(href)
    host = match[1].lower() if match else ""
    number = host[len(host.rstrip("0123456789.")) :]
    return (
        host == "["
        or (host != "" and "." not in host)
        or f".{host}".endswith(PRIVATE)
        or (number != "" and (number == host or number[0] == "." != number))
    )


class Options(RuleOptions, frozen=True):
    hosts: Annotated[
        tuple[Server, ...], Meta(description="Servers without encryption that links may lead to")
    ] = ()


class InsecureLink(PageRule):
    name = "insecure-link"
    group = "links"
    summary = "A link leads to another site without encryption"
    severity = Severity.INFO
    fixable = "sometimes"
    on_by_default = False
    reach = "everywhere"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            href = link.href
            if target.form not in ("external", "published", "number-address"):
                continue
            if not href.lower().startswith("http://") or _is_private(href):
                continue
            if not is_among(server_of(href), self.options.hosts):
                fix = rewrite_link(link, f"https{href[4:]}", safe=False)
                message = f"`{display_address(href)}` is not encrypted"
                yield self.finding(context.document, link.span, message, fix=fix)
