from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span
from balise.rules.helpers.page_places import place_of


class DuplicateUrl(PageRule):
    name = "duplicate-url"
    group = "collection"
    summary = "Two pages have the same address"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        url = collection.urls.get(document.path)
        if url is None or collection.by_url[url] == document.path:
            return
        there = collection.by_url[url]
        made = collection.pages[there].made
        name = collection.folder(there) if made else collection.relative(there)
        message = f"`{name}` has the address `/{url}` as well, so this page is not published"
        related = place_of(there, "slug", collection, "the page that is published there")
        yield self.finding(document, value_span(document, "slug"), message, related=(related,))
