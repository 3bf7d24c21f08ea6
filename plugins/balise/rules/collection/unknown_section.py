from collections.abc import Iterator
from posixpath import dirname

from balise.base.findings import Finding, Fix, Related
from balise.base.suggestions import nearest
from balise.collection import Collection, Page
from balise.collection.layouts.tree import TreeLayout, section_of, sections_listed
from balise.collection.page import hidden
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span


class UnknownSection(PageRule):
    name = "unknown-section"
    group = "collection"
    summary = "A guide's section is not one of its product"
    fixable = "sometimes"
    layouts = frozenset({TreeLayout.name})

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        section = "" if hidden(document) else section_of(document)
        product = _product_above(document.path, context.collection) if section else None
        known = sections_listed(product) if product else ()
        if product is None or not known or section in known:
            return
        place = value_span(document, "section")
        found = nearest(section, known, threshold=85)
        message = f"the product has no section “{section}”"
        fix = None
        if found:
            message += f"; did you mean “{found}”?"
            if place.end - place.start == len(section):
                fix = Fix.replacement(place, found, safe=False, removes=section)
        listed = value_span(context.collection.documents[product.path], "sections")
        related = Related(product.path, listed, "the sections of the product")
        yield self.finding(document, place, message, related=(related,), fix=fix)


def _product_above(path: str, collection: Collection) -> Page | None:
    """The nearest product page above a page, in its own locale."""
    name = collection.names.get(path)
    folder = collection.folder(path)
    while name and folder:
        folder = dirname(folder)
        if found := collection.folders.get(folder, {}).get(("product", name.locale)):
            return collection.pages[found]
    return None
