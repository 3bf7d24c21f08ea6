from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class SuppressionWithoutReason(PageRule):
    name = "suppression-without-reason"
    group = "suppressions"
    summary = "A comment silences rules and does not say why"
    severity = Severity.INFO
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for suppression in context.document.suppressions:
            said = any(character.isalnum() for character in suppression.reason)
            if suppression.kind in ("ignore", "ignore-page", "off") and not said:
                message = f"say why behind `{suppression.directive}`, so that others can judge it"
                yield self.finding(context.document, suppression.span, message)
