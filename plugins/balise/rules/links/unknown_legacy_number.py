from collections.abc import Iterator

from balise.base.findings import Cause, Finding, Severity
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address


class UnknownLegacyNumber(PageRule):
    name = "unknown-legacy-number"
    group = "links"
    summary = "An address of an older system has a number that no guide has"
    severity = Severity.INFO

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        for link, target in context.links:
            if target.form != "number-address" or target.kind != "external":
                continue
            if not collection.whole:
                return
            number = target.written.rest
            known = f"of an older system, and no guide here had the number {number}"
            remedy = (
                f"write `legacy_guide_number: {number}` on the guide that is in its place today"
            )
            cause = Cause(
                collection.root,
                number,
                f"these are addresses {known}; {remedy}, or link to another",
            )
            message = f"`{display_address(link.href)}` is an address {known}"
            yield self.finding(document, link.span, message, cause=cause)
