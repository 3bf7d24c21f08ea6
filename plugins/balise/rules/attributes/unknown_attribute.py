"""`unknown-attribute`"""

from collections.abc import Iterator

from balise.document import AttributeItem
from balise.findings import Finding, Fix
from balise.rules.attributes.known import CLASSES, KEYS
from balise.rules.base import PageFacts, Rule
from balise.source import Edit, Span
from balise.suggestions import nearest
from balise.syntax.image import SIZE_CLASS


class UnknownAttribute(Rule):
    name = "unknown-attribute"
    group = "attributes"
    summary = "An attribute list has a class or a key that means nothing"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        owners = (document.headings, document.links, document.images, document.code_spans)
        lists = (found for kind in owners for owner in kind for found in owner.attributes)
        for attributes in lists:
            for item in attributes.items:
                if not _known(item):
                    yield self._unknown(page, item)

    def _unknown(self, page: PageFacts, item: AttributeItem) -> Finding:
        if item.kind == "pair":
            written, found = item.key, nearest(item.key, sorted(KEYS))
            place = Span(item.span.start, item.span.start + len(item.key))
        else:
            written, found = f".{item.value}", nearest(item.value, sorted(CLASSES))
            found, place = f".{found}" if found else None, item.span
        message = f"`{written}` has no meaning in an attribute list"
        if found is None:
            return self.finding(page.document, item.span, message)
        fix = Fix(f"write `{found}`", safe=True, edits=(Edit(place, found),))
        message += f"; did you mean `{found}`?"
        return self.finding(page.document, item.span, message, fix=fix)


def _known(item: AttributeItem) -> bool:
    if item.kind == "class":
        return item.value in CLASSES or SIZE_CLASS.fullmatch(item.value) is not None
    return item.kind == "id" or item.key in KEYS
