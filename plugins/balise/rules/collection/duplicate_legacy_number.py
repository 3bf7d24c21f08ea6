from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.collection import number_of
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span

KEY = "legacy_guide_number"


class DuplicateLegacyNumber(PageRule):
    name = "duplicate-legacy-number"
    group = "collection"
    summary = "Two guides claim the same number of an older system"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        number, own = number_of(document), collection.names.get(document.path)
        if number is None or own is None:
            return
        path = next(
            p for p in collection.numbers[number] if collection.names[p].locale == own.locale
        )
        if path != document.path:
            first = collection.documents[path]
            message = f"`{collection.relative(first.path)}` has the number {number} as well, and links to it lead there"
            related = Related(
                first.path, value_span(first, KEY), "the guide that such links lead to"
            )
            yield self.finding(document, value_span(document, KEY), message, related=(related,))
