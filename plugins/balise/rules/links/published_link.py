"""`published-link`"""

from collections.abc import Iterator

from balise.collection import address_like
from balise.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import rewritten, source_of


class PublishedLink(Rule):
    name = "published-link"
    group = "links"
    summary = "A link to a page of the collection has its published address"
    severity = Severity.INFO
    fixable = "sometimes"
    on_by_default = False

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document, collection = page.document, page.collection
        for link, target in page.links:
            if target.form != "published" or target.kind != "page" or target.dead_anchor:
                continue
            there = collection.documents[target.path]
            address = address_like("relative", document, there, target.fragment, collection)
            message = f"this is the published address of `{source_of(there, document)}`"
            fix = rewritten(link, address, safe=True) if target.way == "direct" else None
            yield self.finding(document, link.span, message, fix=fix)
