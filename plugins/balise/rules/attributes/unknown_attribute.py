from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Fix
from balise.base.source import Span
from balise.base.suggestions import nearest
from balise.config import RuleCatalog, TextKind
from balise.document import AttributeItem, Document
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.rules.helpers.attribute_names import KNOWN_CLASSES, KNOWN_KEYS, THEME_CLASSES
from balise.syntax.image import SIZE_CLASS


def _wrong_class(value: str, known: RuleCatalog | None) -> str:
    if value.startswith("."):
        return f": write `{value.lstrip('.')}` without the dot"
    if value and not any(sign.isspace() or sign in "{}#=" for sign in value):
        return ""
    return f": `{value}` is not the name of a class"


class Options(RuleOptions, frozen=True):
    classes: Annotated[
        tuple[Annotated[str, TextKind("a class", "classes", _wrong_class).meta()], ...],
        Meta(description="Classes that are known besides"),
    ] = ()


class UnknownAttribute(PageRule):
    name = "unknown-attribute"
    group = "attributes"
    summary = "An attribute list has a class or a key that means nothing"
    fixable = "sometimes"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        classes = KNOWN_CLASSES.union(self.options.classes)
        for lists in context.document.attribute_lists():
            for item in (item for attributes in lists for item in attributes.items):
                if not _is_known(item, classes):
                    yield self._unknown(context.document, item, classes)

    def _unknown(self, document: Document, item: AttributeItem, classes: frozenset[str]) -> Finding:
        if item.kind == "pair":
            written, found = item.key, nearest(item.key, sorted(KNOWN_KEYS))
            place = Span(item.span.start, item.span.start + len(item.key))
        else:
            written, found = f".{item.value}", nearest(item.value, sorted(classes))
            found, place = f".{found}" if found else None, item.span
        message = f"`{written}` has no meaning in an attribute list"
        if found is None:
            return self.finding(document, item.span, message)
        fix = Fix.replacement(place, found, safe=True, removes=written)
        message += f"; did you mean `{found}`?"
        return self.finding(document, item.span, message, fix=fix)


def _is_known(item: AttributeItem, classes: frozenset[str]) -> bool:
    if item.kind == "class":
        known = item.value in classes or item.value in THEME_CLASSES
        return known or SIZE_CLASS.fullmatch(item.value) is not None
    return item.kind == "id" or item.key in KNOWN_KEYS
