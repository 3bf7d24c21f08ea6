from collections.abc import Iterator

from balise.base.counting import count
from balise.base.findings import Finding
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.index import INDEX, PRODUCTS, IndexLayout, outline
from balise.rules.base import CollectionRule
from balise.rules.helpers.index_items import Meant, guides_of, is_hidden


class UnlistedGuide(CollectionRule):
    name = "unlisted-guide"
    group = "navigation"
    summary = "A guide stands in no place of the index"
    layouts = frozenset({IndexLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        guides = guides_of(collection)
        items = list(outline(collection.data))
        refs = {item.ref for item in items if item.kind == "guide"}
        if guides and not refs:
            number = count(len(guides), "guide")
            there = collection.data.get(INDEX)
            at = there or next(iter(guides.values()))
            message = f"`{INDEX}` has no item that leads to a guide, so no list has any of {number}"
            yield self.finding(at, Span(0, 0), message)
            return
        meant = Meant(collection, guides, refs)
        told = {meant.folder(ref)[0] for ref in refs - guides.keys()}
        labels = {item.ref: item.label for item in reversed(items) if item.kind != "guide"}
        for folder, page in sorted(guides.items()):
            locale = collection.names[page.path].locale
            if ("product", locale) in collection.folders[folder]:
                continue  # `unpublished-index-item` says so
            if folder not in refs and folder not in told and not is_hidden(folder, collection):
                category = labels.get(page.value("reference_category") or "", "")
                message = _message(folder, category)
                yield self.finding(page, Span(0, 0), message)


def _message(folder: str, category: str) -> str:
    if f"{folder}/".startswith(PRODUCTS):
        return f"`{PRODUCTS}` begins the addresses of products in `{INDEX}`, so no item can lead to a guide there; move its folder"
    if "/" not in folder:
        return f"an item of `{INDEX}` leads to a guide by a folder in a folder, so none can lead to this one; move it into one"
    where = f"; by its `reference_category` it belongs to “{category}”" if category else ""
    return f"this guide stands in no place of `{INDEX}`, so it is in no list{where}"
