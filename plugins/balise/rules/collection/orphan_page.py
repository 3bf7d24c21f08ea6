from collections.abc import Iterator
from posixpath import dirname

from balise.base.findings import Cause, Finding
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
        folder = dirname(collection.folder(document.path))
        others: dict[str, str] = {}
        for above in _folders_above(document.path, collection):
            found = {
                locale for type_, locale in collection.folders.get(above, {}) if type_ == "product"
            }
            if own.locale in found:
                return
            others = dict.fromkeys(found, above) | others
        if others:
            folder = next(iter(others.values()))
            there = ", ".join(sorted(others)[:5]) + (" …" if len(others) > 5 else "")
            lacking = f"has no page in {own.locale}"
            message = (
                f"the product above this guide {lacking}, so none lists it (it has one in {there})"
            )
            together = (
                f"the product above these guides {lacking}, only in {there}, so none lists them"
            )
        else:
            lacking = "has a product page, so no product lists"
            message = f"no folder above that of this guide {lacking} it"
            together = f"no folder above those of these guides {lacking} them"
        cause = Cause(f"{collection.root}/{folder}", own.locale, together)
        yield self.finding(document, Span(0, 0), message, cause=cause)


def _folders_above(path: str, collection: Collection) -> Iterator[str]:
    """The folders above that of a page, the nearest first."""
    folder = collection.folder(path)
    while folder.strip("/"):
        folder = dirname(folder)
        yield folder


def _has_home(locale: str, collection: Collection) -> bool:
    """Whether the locale has navigation at all; where it has none is another finding."""
    return collection.whole and ("home", locale) in collection.folders.get("", {})
