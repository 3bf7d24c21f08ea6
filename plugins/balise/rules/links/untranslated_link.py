from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext


class UntranslatedLink(PageRule):
    name = "untranslated-link"
    group = "links"
    summary = "A link leads to a page that does not exist in the language it asks for"
    severity = Severity.INFO

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection = context.collection
        for link, target in context.links:
            if not target.fallback_locale:
                continue
            name = collection.names[target.path]
            title = collection.pages[target.path].value("title")
            message = f"the page does not exist in {target.fallback_locale}; the site leads to the one in {name.locale}"
            message += f", “{title}”" if title else ""
            yield self.finding(context.document, link.span, message)
