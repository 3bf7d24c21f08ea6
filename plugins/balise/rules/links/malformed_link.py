from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address
from balise.rules.helpers.link_fixes import rewrite_link


class MalformedLink(PageRule):
    name = "malformed-link"
    group = "links"
    summary = "The address of a link is not a valid one"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for link, target in context.links:
            if target.reason != "malformed":
                continue
            message = f"`{display_address(link.href)}` is not a valid address"
            fix = rewrite_link(link, target.address, safe=True) if target.address else None
            if not target.address:
                message += "; if it is an example, write it as code"
            if target.address:
                message += f"; did you mean `{display_address(target.address)}`?"
            yield self.finding(context.document, link.span, message, fix=fix)
