"""Sizes, addresses and versions in sentences: another number than the translations have there."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from balise.base.source import Span
from balise.claims.model import Quantity, QuantityKind
from balise.claims.quantities import read_quantities
from balise.mutants.guides import MutationContext, Page
from balise.mutants.model import Mutation
from balise.mutants.spelling import DIGITS, other_number, replaced

LARGEST = 255
"""Of a part of an address (RFC 791)."""
Spot = tuple[int, int, int, str]


def quantity_changed(kind: QuantityKind) -> Callable[[MutationContext], Iterator[Mutation]]:
    """Makes what changes the number of a quantity of a kind."""

    def mutations(context: MutationContext) -> Iterator[Mutation]:
        levels = context.page.claims.outline.levels
        alike = [page for page in context.others if page.claims.outline.levels == levels]
        theirs = {page.locale: _by_spot(page) for page in alike}
        known = {quantity.value for quantity in context.page.claims.quantities}
        for quantity in read_quantities(context.page.document):
            spot = _spot(quantity)
            values = {
                loc: quantity.value in spots[spot] for loc, spots in theirs.items() if spot in spots
            }
            if quantity.kind == kind and context.agree(values, True):
                yield from _changed(context, quantity.span, known)

    return mutations


def _by_spot(page: Page) -> dict[Spot, set[str]]:
    found: dict[Spot, set[str]] = defaultdict(set)
    for quantity in page.claims.quantities:
        found[_spot(quantity)].add(quantity.value)
    return found


def _spot(quantity: Quantity) -> Spot:
    return quantity.section, quantity.paragraph, quantity.paragraphs, quantity.kind


def _changed(context: MutationContext, span: Span, known: AbstractSet[str]) -> Iterator[Mutation]:
    """Another first number of a size, or another last one of an address or version."""
    text = context.page.source.text
    was = text[span.start : span.end]
    numbers: list[re.Match[str]] = [*DIGITS.finditer(was)]
    dotted = was.count(".") > 1
    number = numbers[min(2, len(numbers) - 1)] if dotted else numbers[0]
    now = other_number(number[0], (), context.chance)
    if now is None or (dotted and int(now) > LARGEST):
        return
    whole = was[: number.start()] + now + was[number.end() :]
    if not any(value.startswith(whole) for value in known):
        place = Span(span.start + number.start(), span.start + number.end())
        yield Mutation((replaced(text, place, now),), was, whole)
