from collections import defaultdict
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Fix
from balise.base.suggestions import nearest
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, Item, articles, outline
from balise.document import DataEntry
from balise.rules.base import CollectionRule
from balise.rules.helpers.data_entries import value_of

KEY = "reference_category"


class UnknownReferenceCategory(CollectionRule):
    name = "unknown-reference-category"
    group = "meta"
    summary = "The place that a guide names as its own is not one of its places in the index"
    fixable = "sometimes"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        refs: dict[str, None] = {}
        places: dict[str, list[Sequence[Item]]] = defaultdict(list)
        for item in outline(collection.data):
            if item.kind == "guide":
                places[item.ref].append(item.above)
            elif item.entry.value:
                refs[item.ref] = None
        for folder, document in articles(collection.data):
            entry = value_of(document, KEY)
            if entry is None:
                continue
            own = places.get(folder, [])
            if entry.value in refs and (not own or _stands_in(entry.value, own)):
                continue
            nearby = list(dict.fromkeys(ref for above in own for ref in _nearest_ref(above)))
            if entry.value in refs:
                message = f"this guide does not stand in `{entry.value}` of `{INDEX}`"
            else:
                message = f"`{entry.value}` is no product or section of `{INDEX}`"
            near = (
                nearest(entry.value, nearby) if nearby else nearest(entry.value, refs, threshold=90)
            )
            meant = nearby[0] if len(nearby) == 1 else near
            fix = None
            if meant:
                message += f"; did you mean `{meant}`?"
                fix = _fix(entry, meant, certain=len(nearby) == 1)
            elif nearby:
                message += f"; it stands in {', '.join(f'`{ref}`' for ref in nearby)}"
            yield self.finding(document, entry.value_span, message, fix=fix)


def _nearest_ref(above: Sequence[Item]) -> Iterator[str]:
    yield from [item.ref for item in reversed(above) if item.entry.value][:1]


def _stands_in(ref: str, places: Sequence[Sequence[Item]]) -> bool:
    return any(item.ref == ref for above in places for item in above)


def _fix(entry: DataEntry, meant: str, *, certain: bool) -> Fix:
    return Fix.replacement(entry.value_span, meant, safe=certain, removes=entry.value)
