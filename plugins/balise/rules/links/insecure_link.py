"""`insecure-link`"""

import re
from collections.abc import Iterator

from balise.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import rewritten, shown

PRIVATE = re.compile(
    r"http://(?:[^./:]+|(?:[^/:]*\.)?(?:localhost|local|test|example|invalid|example\.(?:com|net|org)|[0-9.]+|\[[^/]*))"
    r"(?:[:/?#]|$)",
    re.IGNORECASE,
)
"""Addresses that have no certificate: of one's own network, or examples (RFC 2606, RFC 6761)."""


class InsecureLink(Rule):
    name = "insecure-link"
    group = "links"
    summary = "A link leads to another site without encryption"
    severity = Severity.INFO
    fixable = "sometimes"
    on_by_default = False

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            href = link.href
            if target.form not in ("external", "published", "number-address"):
                continue
            if href.lower().startswith("http://") and not PRIVATE.match(href):
                fix = rewritten(link, f"https{href[4:]}", safe=False)
                message = f"`{shown(href)}` is not encrypted"
                yield self.finding(page.document, link.span, message, fix=fix)
