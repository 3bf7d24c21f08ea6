from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, outline
from balise.collection.site_names import misfit_of, twins_of
from balise.rules.base import CollectionRule
from balise.rules.helpers.page_places import place_of


class UnpublishedIndexItem(CollectionRule):
    name = "unpublished-index-item"
    group = "navigation"
    summary = "The page of a product or universe cannot have its address, so it is not published"
    severity = Severity.ERROR
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        twins = twins_of(collection.by_url)
        told: set[str] = set()
        for item in outline(collection.data):
            if not item.is_made or item.folder in told:
                continue
            for path in sorted(collection.folders.get(item.folder, {}).values()):
                if not collection.pages[path].made:
                    continue
                url = collection.urls[path]
                other = collection.by_url[url]
                other = twins.get(path, "") if other == path else other
                if not other and not misfit_of(url):
                    continue
                told.add(item.folder)
                message = f"the page of this {item.kind} cannot be at `/{url}`: {misfit_of(url) or 'another page is there'}"
                related: tuple[Related, ...] = ()
                if other:
                    related = (place_of(other, "slug", collection, "the page that is published"),)
                entry = item.entry
                place = entry.value_span if entry.value else entry.key_span
                yield self.finding(collection.data[INDEX], place, message, related=related)
                break
