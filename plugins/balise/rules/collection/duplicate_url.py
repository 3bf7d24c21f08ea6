"""`duplicate-url`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.rules.base import PageFacts, Rule
from balise.rules.collection.wording import place_of


class DuplicateUrl(Rule):
    name = "duplicate-url"
    group = "collection"
    summary = "Two pages have the same address"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        collection, document = page.collection, page.document
        url = collection.urls.get(document.path)
        if url is None or (first := collection.by_url[url]).path == document.path:
            return
        message = f"`{collection.relative(first.path)}` has the address `/{url}` as well, so this page is not published"
        related = Related(first.path, place_of(first, "slug"), "the page that is published there")
        yield self.finding(document, place_of(document, "slug"), message, related=(related,))
