from collections.abc import Iterator

from balise.base.counting import count
from balise.base.findings import Cause, Finding, Related, Severity
from balise.base.source import Span
from balise.claims.outline import titled_headings
from balise.claims.structure_differences import (
    HeadingDifference,
    PartDifference,
    heading_difference,
    part_differences,
)
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.front_matter_spans import value_span
from balise.rules.helpers.translation_phrases import translations_have

NOUNS = {
    "pictures": ("picture", "pictures"),
    "tables": ("table", "tables"),
    "code": ("block of code", "blocks of code"),
    "callouts": ("callout", "callouts"),
    "calls": ("call of the API", "calls of the API"),
    "rows": ("row of a table", "rows of tables"),
    "labels": ("label", "labels"),
}
SHOWN = 5
"""Further sections that a finding tells of."""


class StructureDiffersBetweenLocales(PageRule):
    name = "structure-differs-between-locales"
    group = "claims"
    summary = (
        "A page lacks headings, pictures or other parts that most translations have, or has more"
    )
    severity = Severity.INFO

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        ours, theirs = context.claims.outline, context.original
        if theirs and (theirs.shape, theirs.levels) == (ours.shape, ours.levels):
            return
        outlines, original = context.outlines, context.collection.scheme.original
        own = next(iter(outlines), "")
        if not own:
            return
        if headings := heading_difference(own, outlines, original):
            yield self._headings(context, headings)
        elif parts := part_differences(own, outlines, original):
            yield self._parts(context, parts)

    def _headings(self, context: RuleContext, one: HeadingDifference) -> Finding:
        document, levels = context.document, one.levels.value
        locale = one.levels.locales[0]
        there = context.collection.documents[context.translations[locale]]
        headings = titled_headings(document)
        if len(headings) == len(levels):
            having = translations_have(one.levels.locales, f"level {levels[one.index]}")
            message = f"this heading has level {headings[one.index].level}, but {having}"
        else:
            having = translations_have(one.levels.locales, str(len(levels)))
            number = count(len(headings), "heading") if headings else "no heading"
            message = f"this page has {number}, but {having}"
        related = Related(
            there.path, _place(there, one.index + 1), f"{locale} differs from here on"
        )
        place = _place(document, one.index + 1)
        cause = Cause(context.guide, str(one.index), message)
        return self.finding(document, place, message, related=(related,), cause=cause)

    def _parts(self, context: RuleContext, parts: list[PartDifference]) -> Finding:
        document, first = context.document, parts[0]
        locale = first.usual.locales[0]
        there = context.collection.documents[context.translations[locale]]
        related = (
            Related(there.path, _place(there, first.section), f"that section in {locale}"),
            *(
                Related(document.path, _place(document, one.section), _phrase(one))
                for one in parts[1 : SHOWN + 1]
            ),
        )
        place, message = _place(document, first.section), _phrase(first)
        cause = Cause(context.guide, str(first.section), message)
        return self.finding(document, place, message, related=related, cause=cause)


def _phrase(one: PartDifference) -> str:
    """`1 picture stands below this heading, but 9 translations have 2`"""
    noun, nouns = NOUNS[one.part]
    number = count(one.count, noun, nouns) if one.count else f"no {noun}"
    verb = "stand" if one.count > 1 else "stands"
    where = "below this heading" if one.section else "above the first heading"
    having = translations_have(one.usual.locales, str(one.usual.value or "none"))
    return f"{number} {verb} {where}, but {having}"


def _place(document: Document, section: int) -> Span:
    """The heading of a section, or the last one; the title of the page for what stands above all."""
    headings = titled_headings(document)[:section]
    return headings[-1].span if headings else value_span(document, "title")
