from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, PRODUCTS, IndexLayout, Item, outline
from balise.rules.base import CollectionRule
from balise.rules.helpers.index_items import guides_of


class MalformedIndexAddress(CollectionRule):
    name = "malformed-index-address"
    group = "navigation"
    summary = "The address of an item of the index is not written as it should be"
    fixable = "always"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        guides = guides_of(collection)
        for item in outline(collection.data):
            entry, address = item.entry, _address(item)
            if entry.value == address or (item.kind == "guide" and item.ref not in guides):
                continue
            message = f"an address counts from the folder of all guides, without anything around it; write `{address}`"
            place = entry.value_span
            fix = Fix.replacement(place, address, safe=True, removes=entry.value, keeps=Keeps.HTML)
            yield self.finding(collection.data[INDEX], place, message, fix=fix)


def _address(item: Item) -> str:
    """The address as it should be written; as it is where there is no other way to write it."""
    if item.kind == "product":
        return PRODUCTS + item.ref.strip()
    if item.kind == "section" and item.entry.value:
        return item.ref.strip()
    return item.ref if item.kind == "guide" and "/" in item.ref else item.entry.value
