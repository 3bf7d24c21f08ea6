from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.base.source import Span
from balise.document import AttributeItem, Attributes
from balise.rules.base import PageRule, RuleContext


class DoubledAttribute(PageRule):
    name = "doubled-attribute"
    group = "attributes"
    summary = "An attribute is written twice, or two attribute lists stand in a row"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for lists in context.document.attribute_lists():
            items = [item for found in lists for item in found.items]
            once = {_written(item): item for item in reversed(items)}
            repeated = [item for item in items if once[_written(item)] is not item]
            if not repeated and len(lists) < 2:
                continue
            if repeated:
                message = f"`{_written(repeated[0])}` is written twice; once is enough"
                place = repeated[0].span
            else:
                message = "two attribute lists stand in a row; one list can hold all of it"
                place = lists[1].span
            yield self.finding(context.document, place, message, fix=_fix(lists, items))


def _fix(lists: tuple[Attributes, ...], items: list[AttributeItem]) -> Fix:
    removed = " ".join(map(_written, items))
    merged = " ".join(dict.fromkeys(_written(item) for item in items))
    place = Span(lists[0].span.start, lists[-1].span.end)
    return Fix.replacement(place, f"{{{merged}}}", safe=True, removes=removed)


def _written(item: AttributeItem) -> str:
    if item.kind == "class":
        return f".{item.value}"
    if item.kind == "id":
        return f"#{item.value}"
    quote = "'" if '"' in item.value else '"'
    return f"{item.key}={quote}{item.value}{quote}"
