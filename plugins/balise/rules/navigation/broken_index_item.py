from collections.abc import Iterator
from posixpath import join, normpath

from balise.base.findings import Finding, Fix, Severity
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, outline
from balise.rules.base import CollectionRule
from balise.rules.helpers.index_items import Meant, guides_of


class BrokenIndexItem(CollectionRule):
    name = "broken-index-item"
    group = "navigation"
    summary = "An item of the index leads to no guide"
    severity = Severity.ERROR
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        items = [item for item in outline(collection.data) if item.kind == "guide"]
        refs = {item.ref for item in items}
        meant = Meant(collection, guides_of(collection), refs)
        for item in items:
            if item.ref in meant.guides:
                continue
            entry = item.entry
            there = normpath(join(collection.root, item.ref)) in collection.known_folders
            message = (
                f"the folder `{item.ref}` has no guide, so this item is in no list"
                if there
                else f"there is no folder `{item.ref}`, so this item is in no list"
            )
            found, certain = meant.folder(item.ref)
            fix = None
            if found:
                message += f"; did you mean `{found}`?"
                fix = Fix.replacement(entry.value_span, found, safe=certain, removes=entry.value)
            yield self.finding(collection.data[INDEX], entry.value_span, message, fix=fix)
