from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.tree import TreeLayout
from balise.rules.base import CollectionRule


class LocaleWithoutHome(CollectionRule):
    name = "locale-without-home"
    group = "collection"
    summary = "A locale has pages but no home, so nothing leads to them"
    severity = Severity.ERROR
    layouts = frozenset({TreeLayout.name})

    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        names = collection.names
        homes = {name.locale for name in names.values() if name.type == "home"}
        locales = {name.locale for name in names.values()} if homes else set()
        for locale in sorted(locales - homes):
            pages = sorted(path for path, name in names.items() if name.locale == locale)
            one = len(pages) == 1
            count, them, these = (
                ("one page", "it", "this page")
                if one
                else (f"{len(pages)} pages", "them", "these pages")
            )
            message = (
                f"{locale} has {count} but no home, so nothing leads to {them}; write `home.{locale}.md` "
                f"in the folder of all guides, or give {these} another locale"
            )
            yield self.finding(collection.pages[pages[0]], Span(0, 0), message)
