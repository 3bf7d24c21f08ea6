from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection.site_names import misfit_of
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span


class UnusableUrl(PageRule):
    name = "unusable-url"
    group = "collection"
    summary = "A page has an address at which no page can be"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        url = context.collection.urls.get(document.path, "")
        if reason := misfit_of(url):
            message = f"no page can have this address, so this one is not published: {reason}; give it another `slug`"
            yield self.finding(document, value_span(document, "slug"), message)
