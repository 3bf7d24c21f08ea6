"""`translation-number-differs`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.claims.translations import heading_levels, quantity_disagreements
from balise.rules.base import PageFacts, Rule
from balise.rules.claims.wording import listing


class TranslationNumberDiffers(Rule):
    name = "translation-number-differs"
    group = "claims"
    summary = "A size, address or version is another one in most translations"
    on_by_default = False

    def check(self, page: PageFacts) -> Iterator[Finding]:
        collection, document = page.collection, page.document
        own = collection.names.get(document.path)
        if own is None or not page.claims.quantities:
            return
        levels = heading_levels(document)
        pages = {
            collection.names[p.path].locale: p
            for p in collection.siblings(document)
            if p.path in page.around and heading_levels(p) == levels
        }
        quantities = {locale: page.around[p.path].quantities for locale, p in pages.items()}
        quantities[own.locale] = page.claims.quantities
        for one in quantity_disagreements(own.locale, quantities):
            first = pages[one.against[0]]
            there = next(q for q in quantities[one.against[0]] if q.value == one.value)
            who = (
                listing(one.against) if len(one.against) < 5 else f"{len(one.against)} translations"
            )
            message = f"this page says {one.quantity.value}, {who} say {one.value} here"
            related = Related(first.path, there.span, f"{one.against[0]} says {one.value}")
            yield self.finding(document, one.quantity.span, message, related=(related,))
