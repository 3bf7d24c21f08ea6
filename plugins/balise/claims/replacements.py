"""Ports and servers that a page alone has, where most of its translations have another one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

import msgspec

from balise.base.source import Span
from balise.claims.model import Claims, Direction, HostClaim, Origin, PortClaim, PortNumber
from balise.claims.votes import majority

T = TypeVar("T", int, str)


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
    outvoted = _outvoted_value(own, numbers, original)
    if outvoted is None:
        return
    number, usual, against = outvoted
    claim, there = next(_with_number(stated[against[0]], usual))
    for ours, port in _with_number(stated[own], number):
        if _may_be_the_same(ours, claim):
            yield PortReplaced(port, there, against)


def _outvoted_value(
    own: str, values: Mapping[str, AbstractSet[T]], original: str
) -> tuple[T, T, tuple[str, ...]] | None:
    """The value that the page alone has, the one that most others have for it, and the locales of these.

    None where it is more than one that the page alone has, or lacks.
    """
    wrong: list[T] = []
    missing: list[tuple[T, tuple[str, ...]]] = []
    for value in sorted(set[T]().union(*values.values())):
        outvoting = majority(own, {loc: value in found for loc, found in values.items()}, original)
        if outvoting and outvoting.value:
            missing.append((value, outvoting.locales))
        elif outvoting:
            wrong.append(value)
    if len(wrong) != 1 or len(missing) != 1:
        return None
    usual, locales = missing[0]
    return wrong[0], usual, locales


class HostReplaced(msgspec.Struct, frozen=True):
    """A page names a server in `claim` where most of its translations name the one of `there`.

    `against` are the locales of these, the original first; `there` is in that one.
    """

    claim: HostClaim
    there: HostClaim
    against: tuple[str, ...]


def replaced_hosts(own: str, claims: Mapping[str, Claims], original: str) -> Iterator[HostReplaced]:
    """The servers on the page in the locale `own` that its translations outvote.

    Servers for one purpose are compared, wherever they stand; one of many, such as `pro1.mail` and
    `pro2.mail`, is as good as another.
    """
    purposes = {loc: _by_purpose(found) for loc, found in claims.items()}
    for purpose in purposes[own]:
        stated = {loc: found[purpose] for loc, found in purposes.items() if purpose in found}
        families = {loc: {claim.family for claim in found} for loc, found in stated.items()}
        outvoted = _outvoted_value(own, families, original)
        if outvoted is None:
            continue
        wrong, usual, against = outvoted
        there = next(claim for claim in stated[against[0]] if claim.family == usual)
        for claim in stated[own]:
            if claim.family == wrong:
                yield HostReplaced(claim, there, against)


def _by_purpose(claims: Claims) -> dict[tuple[str | None, Direction | None], list[HostClaim]]:
    purposes: dict[tuple[str | None, Direction | None], list[HostClaim]] = defaultdict(list)
    for claim in claims.hosts:
        purposes[claim.protocol, claim.direction].append(claim)
    return purposes


def _with_number(
    claims: Iterable[PortClaim], number: int
) -> Iterator[tuple[PortClaim, PortNumber]]:
    return ((claim, port) for claim in claims for port in claim.ports if port.number == number)


def _may_be_the_same(one: PortClaim, other: PortClaim) -> bool:
    """Whether two claims may have one subject, for all that they say of it."""
    pairs = ((one.protocol, other.protocol), (one.direction, other.direction))
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)
