from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, Item, outline
from balise.rules.base import CollectionRule


class AmbiguousIndexRef(CollectionRule):
    name = "ambiguous-index-ref"
    group = "navigation"
    summary = "Two products or sections of the index have the same name in its addresses"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        by_ref: dict[str, dict[str, Item]] = {}
        for item in outline(collection.data):
            if item.kind in ("product", "section") and item.entry.value:
                by_ref.setdefault(item.ref, {}).setdefault(item.label, item)
        index = collection.data.get(INDEX)
        for ref, labels in by_ref.items():
            if index is None or len(labels) == 1:
                continue
            first, second, *others = labels.values()
            named = " and ".join(f"“{label}”" for label in list(labels)[:2])
            message = (
                f"`{ref}` stands for {named}, which so have one label in other languages; "
                "give one of them another name"
            )
            related = [Related(index.path, first.entry.value_span, f"“{first.label}”")]
            related += (
                Related(index.path, other.entry.value_span, f"“{other.label}”") for other in others
            )
            yield self.finding(index, second.entry.value_span, message, related=tuple(related))
