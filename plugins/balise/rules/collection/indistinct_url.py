from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.collection import Collection
from balise.collection.site_names import twins_of
from balise.rules.base import CollectionRule
from balise.rules.helpers.front_matter_spans import value_span
from balise.rules.helpers.page_places import place_of


class IndistinctUrl(CollectionRule):
    name = "indistinct-url"
    group = "collection"
    summary = "Two pages have addresses that some systems take for the same"
    severity = Severity.ERROR

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        for path, other in twins_of(collection.by_url).items():
            if collection.pages[path].made:
                continue  # `unpublished-index-item` says so
            page = collection.documents[path]
            message = (
                f"`/{collection.urls[path]}` and `/{collection.urls[other]}` differ in case, or in how an accent is made, "
                "which not every system can tell, so this page is not published; give it another `slug`"
            )
            related = place_of(other, "slug", collection, "the page that is published")
            yield self.finding(page, value_span(page, "slug"), message, related=(related,))
