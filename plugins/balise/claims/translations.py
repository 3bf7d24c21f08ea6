"""Which claims of a page most of its translations contradict."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from balise.claims.model import Claims, PortClaim, PortNumber, Quantity
from balise.claims.votes import MAJORITY
from balise.document import Document

SubjectKey = tuple[str, str, bool | None]
"""Protocol, direction, and whether the connection is encrypted (None: not said) of a port claim."""

MIN_VOTES = 2
"""Translations that must agree on another quantity, however few there are."""


class PortDisagreement(msgspec.Struct, frozen=True):
    """`port` of `claim` stands against `numbers`, which the translations `against` give.

    `against` and `agreeing` are locales; the latter say the same as this page.
    """

    claim: PortClaim
    port: PortNumber
    numbers: tuple[int, ...]
    against: tuple[str, ...]
    agreeing: tuple[str, ...]


def port_disagreements(
    own: str, claims: Mapping[str, Claims], original: str
) -> Iterator[PortDisagreement]:
    """The ports of the page in the locale `own` that its translations outvote.

    `claims` are those of the guide in each locale. Where there are two translations only, the one
    in the locale `original` is right.
    """
    numbers = {locale: numbers_by_subject(found) for locale, found in claims.items()}
    others = [locale for locale in numbers if locale != own]
    if not others or (len(others) == 1 and own == original):
        return
    for claim in claims[own].ports:
        subject = subject_of(claim)
        voters = [locale for locale in others if subject in numbers[locale]] if subject else []
        if subject is None or not voters:
            continue
        ours = numbers[own][subject]
        counts: dict[int, list[str]] = defaultdict(list)
        for locale in voters:
            for number in numbers[locale][subject]:
                counts[number].append(locale)
        missing = [
            n
            for n, locales in counts.items()
            if n not in ours and len(locales) >= MAJORITY * len(voters)
        ]
        for port in claim.ports:
            agreeing = counts.get(port.number, [])
            if missing and len(agreeing) < len(voters) / 3:
                against = sorted({locale for n in missing for locale in counts[n]})
                yield PortDisagreement(
                    claim, port, tuple(sorted(missing)), tuple(against), tuple(sorted(agreeing))
                )


def subject_of(claim: PortClaim) -> SubjectKey | None:
    """What a claim is about, as far as translations can be compared by it; None of one that leaves it open."""
    if claim.protocol is None or claim.direction is None:
        return None
    return claim.protocol, claim.direction, claim.encrypted


def numbers_by_subject(claims: Claims) -> dict[SubjectKey, set[int]]:
    """The ports that a page gives to each subject."""
    numbers: dict[SubjectKey, set[int]] = defaultdict(set)
    for claim in claims.ports:
        if subject := subject_of(claim):
            numbers[subject] |= claim.numbers
    return numbers


class QuantityDisagreement(msgspec.Struct, frozen=True):
    """`quantity` of a page, where the translations `against` have `value` at the same place.

    `against` are locales.
    """

    quantity: Quantity
    value: str
    against: tuple[str, ...]


def heading_levels(document: Document) -> tuple[int, ...]:
    """The levels of a page's headings: quantities of pages that have the same can be compared."""
    return tuple(heading.level for heading in document.headings)


def quantity_disagreements(
    own: str, quantities: Mapping[str, tuple[Quantity, ...]]
) -> Iterator[QuantityDisagreement]:
    """The quantities of the page in the locale `own` that its translations outvote.

    `quantities` are those of the guide in each locale; the pages must have the same headings. Only
    a paragraph counts that has as many quantities of one kind as the others have, of which one
    differs.
    """
    places: dict[tuple[int, int, int, str], dict[str, list[Quantity]]] = defaultdict(dict)
    for locale, found in quantities.items():
        for quantity in found:
            place = (quantity.section, quantity.paragraph, quantity.paragraphs, quantity.kind)
            places[place].setdefault(locale, []).append(quantity)
    for voters in places.values():
        ours = voters.get(own, [])
        others = {loc: [q.value for q in qs] for loc, qs in voters.items() if loc != own}
        usual = Counter(tuple(sorted(values)) for values in others.values()).most_common(1)
        if not ours or not usual:
            continue
        values, votes = usual[0]
        wrong = Counter(q.value for q in ours) - Counter(values)
        missing = Counter(values) - Counter(q.value for q in ours)
        outvoted = votes >= max(MIN_VOTES, MAJORITY * len(others))
        if not outvoted or wrong.total() != 1 or missing.total() != 1:
            continue
        against = tuple(sorted(loc for loc, v in others.items() if tuple(sorted(v)) == values))
        quantity = next(q for q in ours if q.value in wrong)
        yield QuantityDisagreement(quantity, next(iter(missing)), against)
