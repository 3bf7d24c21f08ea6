"""Which claims of a page most of its translations contradict."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from balise.base.source import Span
from balise.claims.model import Claims, Origin, PortClaim, PortNumber, Quantity
from balise.claims.votes import MAJORITY, majority
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
    numbers = {locale: _numbers_by_subject(found) for locale, found in claims.items()}
    others = [locale for locale in numbers if locale != own]
    if not others or (len(others) == 1 and own == original):
        return
    for claim in claims[own].ports:
        subject = _subject_key(claim)
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


def _subject_key(claim: PortClaim) -> SubjectKey | None:
    if claim.protocol is None or claim.direction is None:
        return None
    return claim.protocol, claim.direction, claim.encrypted


def _numbers_by_subject(claims: Claims) -> dict[SubjectKey, set[int]]:
    numbers: dict[SubjectKey, set[int]] = defaultdict(set)
    for claim in claims.ports:
        if subject := _subject_key(claim):
            numbers[subject] |= claim.numbers
    return numbers


class PortReplaced(msgspec.Struct, frozen=True):
    """A page states `port` where most of its translations state `number`; neither states the other's.

    `against` are the locales of these, the original first, and `there` is where that one states it.
    """

    port: PortNumber
    there: PortNumber
    against: tuple[str, ...]


def replaced_ports(own: str, claims: Mapping[str, Claims], original: str) -> Iterator[PortReplaced]:
    """The ports of the page in the locale `own` that its translations outvote, whatever they are for.

    Sections are compared of pages with the same headings, and whole pages of any. Each must have one
    port that the others have not, and lack one that they have: what is only left out, or only added,
    says nothing.
    """
    levels = _levels(claims[own])
    alike = {loc: _by_place(found) for loc, found in claims.items() if _levels(found) == levels}
    told: set[Span] = set()
    for mine in alike[own]:
        stated = {loc: places[mine] for loc, places in alike.items() if mine in places}
        for found in _replaced(own, stated, original):
            told.add(found.port.span)
            yield found
    whole = {locale: found.ports for locale, found in claims.items() if found.ports}
    yield from (found for found in _replaced(own, whole, original) if found.port.span not in told)


def _levels(claims: Claims) -> list[int]:
    return [section.level for section in claims.outline.sections]


def _by_place(claims: Claims) -> dict[tuple[int, Origin], list[PortClaim]]:
    """The claims of each section, those of its tables and those of its text apart."""
    places: dict[tuple[int, Origin], list[PortClaim]] = defaultdict(list)
    for claim in claims.ports:
        places[claim.section, claim.origin].append(claim)
    return places


def _replaced(
    own: str, stated: Mapping[str, Iterable[PortClaim]], original: str
) -> Iterator[PortReplaced]:
    """The port of these claims that is another one in most locales, if there is just one."""
    numbers = {loc: {n for claim in found for n in claim.numbers} for loc, found in stated.items()}
    wrong: list[int] = []
    missing: list[tuple[int, tuple[str, ...]]] = []
    for number in sorted(set[int]().union(*numbers.values())):
        outvoting = majority(own, {loc: number in n for loc, n in numbers.items()}, original)
        if outvoting and outvoting.value:
            missing.append((number, outvoting.locales))
        elif outvoting:
            wrong.append(number)
    if len(wrong) != 1 or len(missing) != 1:
        return
    (usual, against), number = missing[0], wrong[0]
    claim, there = next(_with_number(stated[against[0]], usual))
    for ours, port in _with_number(stated[own], number):
        if _may_be_the_same(ours, claim):
            yield PortReplaced(port, there, against)


def _with_number(
    claims: Iterable[PortClaim], number: int
) -> Iterator[tuple[PortClaim, PortNumber]]:
    return ((claim, port) for claim in claims for port in claim.ports if port.number == number)


def _may_be_the_same(one: PortClaim, other: PortClaim) -> bool:
    """Whether two claims may have one subject, for all that they say of it."""
    pairs = ((one.protocol, other.protocol), (one.direction, other.direction))
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)


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
