from collections.abc import Iterator
from posixpath import dirname

from balise.base.findings import Finding
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.tree import TreeLayout
from balise.collection.page import hidden
from balise.rules.base import PageRule, RuleContext


class OrphanPage(PageRule):
    name = "orphan-page"
    group = "collection"
    summary = "No product page stands above a guide"
    layouts = frozenset({TreeLayout.name})

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        own = collection.names.get(document.path)
        if (
            own is None
            or own.type != "guide"
            or hidden(document)
            or not _has_home(own.locale, collection)
        ):
            return
        folder = collection.folder(document.path)
        others: set[str] = set()
        while folder:
            folder = dirname(folder)
            found = {
                locale for type_, locale in collection.folders.get(folder, {}) if type_ == "product"
            }
            if own.locale in found:
                return
            others |= found
        if others:
            there = ", ".join(sorted(others)[:5]) + (" …" if len(others) > 5 else "")
            message = f"the product above this guide has no page in {own.locale}, so none lists it (it has one in {there})"
        else:
            message = (
                "no folder above that of this guide has a product page, so no product lists it"
            )
        yield self.finding(document, Span(0, 0), message)


def _has_home(locale: str, collection: Collection) -> bool:
    """Whether the locale has navigation at all; where it has none is another finding."""
    return collection.whole and ("home", locale) in collection.folders.get("", {})
