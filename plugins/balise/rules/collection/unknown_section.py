from collections.abc import Iterator, Mapping, Sequence

from balise.base.findings import Cause, Finding, Fix, Related
from balise.base.suggestions import nearest
from balise.collection import may_mean
from balise.collection.layouts.tree import (
    TreeLayout,
    product_above,
    section_of,
    sections_listed,
)
from balise.collection.page import hidden
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span

LIKENESS = 85.0
"""Least similarity (0 to 100) of two names of one section."""

SEVERAL = 2
"""Guides that are more likely to be right together than a product's page that is alone."""


class UnknownSection(PageRule):
    name = "unknown-section"
    group = "collection"
    summary = "A guide's section is not one of its product"
    fixable = "sometimes"
    layouts = frozenset({TreeLayout.name})

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        name = collection.names.get(document.path)
        if name and name.type == "product":
            yield from self._listed(context)
        section = "" if hidden(document) else section_of(document)
        product = product_above(document.path, collection) if section else None
        known = sections_listed(collection.pages[product]) if product else ()
        if product is None or not known or section in known:
            return
        named = collection.sections_named.get(product, {})
        if _misspelt_there(section, known, named):
            return
        place = value_span(document, "section")
        found = _meant(section, known)
        message = f"the product has no section “{section}”"
        fix = None
        if found and not named.get(found):
            message += f", and its “{found}” has no guide: write them alike"
        elif found:
            message += f"; did you mean “{found}”?"
            if place.end - place.start == len(section):
                fix = Fix.replacement(place, found, safe=False, removes=section)
        listed = value_span(collection.documents[product], "sections")
        related = Related(product, listed, "the sections of the product")
        cause = Cause(product, section, message)
        yield self.finding(document, place, message, related=(related,), fix=fix, cause=cause)

    def _listed(self, context: RuleContext) -> Iterator[Finding]:
        """Sections of a product's page that its guides, several of them, spell otherwise."""
        document = context.document
        known = sections_listed(document)
        named = context.collection.sections_named.get(document.path, {})
        for section in named:
            if listed := _misspelt_there(section, known, named):
                agree = f"no guide is in it, and {named[section]} name “{section}”"
                message = f"the section “{listed}” seems misspelt: {agree}"
                yield self.finding(document, value_span(document, "sections"), message)


def _meant(section: str, known: Sequence[str]) -> str | None:
    """The section that is most like one, if it says nothing else."""
    found = nearest(section, known, threshold=LIKENESS)
    return found if found and may_mean(section, found) else None


def _misspelt_there(section: str, known: Sequence[str], named: Mapping[str, int]) -> str | None:
    """The section of a product that several of its guides, and no other, call `section`."""
    if section in known or named.get(section, 0) < SEVERAL:
        return None
    found = _meant(section, known)
    return found if found and not named.get(found) else None
