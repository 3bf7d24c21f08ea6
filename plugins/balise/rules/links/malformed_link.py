"""`malformed-link`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import rewritten, shown


class MalformedLink(Rule):
    name = "malformed-link"
    group = "links"
    summary = "The address of a link is not a valid one"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for link, target in page.links:
            if target.reason != "malformed":
                continue
            message = f"`{shown(link.href)}` is not a valid address"
            fix = rewritten(link, target.address, safe=True) if target.address else None
            if not target.address:
                message += "; if it is an example, write it as code"
            if target.address:
                message += f"; did you mean `{shown(target.address)}`?"
            yield self.finding(page.document, link.span, message, fix=fix)
