from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.claims.translations import heading_levels, quantity_disagreements
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import enumeration


class TranslationNumberDiffers(PageRule):
    name = "translation-number-differs"
    group = "claims"
    summary = "A size, address or version is another one in most translations"
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        own = collection.names.get(document.path)
        if own is None or not context.claims.quantities:
            return
        levels = heading_levels(document)
        paths = {
            collection.names[path].locale: path
            for path in collection.siblings(document.path)
            if heading_levels(collection.documents[path]) == levels
        }
        quantities = {locale: context.all_claims[path].quantities for locale, path in paths.items()}
        quantities[own.locale] = context.claims.quantities
        for one in quantity_disagreements(own.locale, quantities):
            there = next(q for q in quantities[one.against[0]] if q.value == one.value)
            who = (
                enumeration(one.against)
                if len(one.against) < 5
                else f"{len(one.against)} translations"
            )
            message = f"this page says {one.quantity.value}, {who} say {one.value} here"
            related = Related(
                paths[one.against[0]], there.span, f"{one.against[0]} says {one.value}"
            )
            yield self.finding(document, one.quantity.span, message, related=(related,))
