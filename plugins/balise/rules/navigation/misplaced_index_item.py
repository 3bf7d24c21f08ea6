from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from balise.base.findings import Finding, Related
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, IndexLayout, Item, outline
from balise.rules.base import CollectionRule

MAX_CIRCLES = 20
"""Circles that are looked for; the next ones are found when these are gone."""


class MisplacedIndexItem(CollectionRule):
    name = "misplaced-index-item"
    group = "navigation"
    summary = "An item of the index stands where nothing of its kind can be"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        items = list(outline(collection.data))
        for item in items:
            if message := _wrong_with(item):
                place = item.entry.value_span if item.entry.value else item.entry.key_span
                yield self.finding(collection.data[INDEX], place, message)
        for circle in _circles(items):
            index, (*others, item) = collection.data[INDEX], circle.values()
            message = f"a product cannot stand in itself: “{item.label}” stands in {_way(circle)}"
            related = tuple(
                Related(index.path, other.entry.value_span, f"“{other.label}”") for other in others
            )
            yield self.finding(index, item.entry.value_span, message, related=related)


def _wrong_with(item: Item) -> str:
    """Why an item cannot be where it is; empty if it can."""
    entry = item.entry
    if not item.above:
        has_link = entry.value or item.label.startswith("[")
        return "an item of the first level is a universe, which has no address" if has_link else ""
    above = item.above[-1]
    if item.label.startswith("[") and not entry.value:
        return "the link of this item is not complete; write `[label](address)`"
    if not entry.value:
        return (
            "this item has no address, so no language can give it a label; write `[label](address)`"
        )
    if above.kind == "guide":
        return f"this item stands in the guide “{above.label}”, which cannot hold others; is it too far to the right?"
    inside = {a.ref for a in item.above if a.kind == "product"}
    if item.kind == "product" and above.kind == "section" and item.ref not in inside:
        return f"a product cannot stand in a section, and “{above.label}” is one"
    return ""


Circle = Mapping[tuple[str, str], Item]
"""Products that stand in each other, in the order of the index: outer and inner one -> the item."""


def _circles(items: Sequence[Item]) -> Iterator[Circle]:
    """The circles of products, each without what breaks an earlier one."""
    inside: dict[tuple[str, str], Item] = {}
    for item in items:
        outer = next((a.ref for a in reversed(item.above) if a.kind == "product"), "")
        if outer and item.kind == "product":
            inside.setdefault((outer, item.ref), item)
    for _ in range(MAX_CIRCLES):
        sorter = TopologicalSorter[str]()
        for outer, inner in inside:
            sorter.add(inner, outer)
        try:
            sorter.prepare()
        except CycleError as error:
            pairs = set(pairwise(error.args[1]))
            circle = {pair: item for pair, item in inside.items() if pair in pairs}
            yield circle
            del inside[list(circle)[-1]]
        else:
            return


def _way(circle: Circle) -> str:
    """What the last item of a circle stands in, from product to product, down to itself."""
    labels = {inner: f"“{item.label}”" for (_, inner), item in circle.items()}
    outer_of = {inner: outer for outer, inner in circle}
    last = found = list(circle)[-1][1]
    way: list[str] = []
    while not way or found != last:
        found = outer_of[found]
        way.append(labels[found])
    return ", which stands in ".join(way)
