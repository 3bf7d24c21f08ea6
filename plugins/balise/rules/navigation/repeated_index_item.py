from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, Item, outline
from balise.rules.base import CollectionRule
from balise.rules.helpers.whole_lines import line_removed


class RepeatedIndexItem(CollectionRule):
    name = "repeated-index-item"
    group = "navigation"
    summary = "An item stands twice in the same place of the index"
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        items = list(outline(collection.data))
        parents = {id(item.above[-1]) for item in items if item.above}
        seen: dict[tuple[int, str, str, str], Item] = {}
        for item in items:
            place = id(item.above[-1]) if item.above else 0
            label = "" if item.kind == "guide" else item.label
            first = seen.setdefault((place, item.kind, item.ref, label), item)
            if first is item:
                continue
            index, entry = collection.data[INDEX], item.entry
            line = index.line(first.entry.key_span.start)
            message = f"this item is there already, on line {line}, and readers see it once"
            related = Related(index.path, first.entry.key_span, "the item that is shown")
            text = f"{item.label} {entry.value}"
            leaf = id(item) not in parents
            fix = line_removed(index, entry.key_span.start, text) if leaf else None
            yield self.finding(index, entry.key_span, message, related=(related,), fix=fix)
