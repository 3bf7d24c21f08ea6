"""Which numbers of a page its translations contradict."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from balise.claims.claim import Claims, PortClaim, PortNumber

Subject = tuple[str, str, bool | None]
"""Protocol, direction, and whether the connection is encrypted, as far as that is said."""

MOST = 2 / 3
"""Share of the other translations that must agree on another number."""


class Disagreement(msgspec.Struct, frozen=True):
    """`port` of `claim` stands against `numbers`, which the translations `against` give.

    `agreeing` are the other translations that say the same as this page.
    """

    claim: PortClaim
    port: PortNumber
    numbers: tuple[int, ...]
    against: tuple[str, ...]
    agreeing: tuple[str, ...]


def disagreements(own: str, claims: Mapping[str, Claims], original: str) -> Iterator[Disagreement]:
    """Where the page in the locale `own` is outvoted; `claims` are of the guide in all locales.

    Of two translations that disagree the one that is not the `original` is told.
    """
    stated = {locale: _stated(found) for locale, found in claims.items()}
    others = [locale for locale in stated if locale != own]
    if not others or (len(others) == 1 and own == original):
        return
    for claim in claims[own].ports:
        subject = _subject(claim)
        voters = [locale for locale in others if subject in stated[locale]] if subject else []
        if subject is None or not voters:
            continue
        ours = stated[own][subject]
        counts: dict[int, list[str]] = defaultdict(list)
        for locale in voters:
            for number in stated[locale][subject]:
                counts[number].append(locale)
        missing = [
            n for n, says in counts.items() if n not in ours and len(says) >= MOST * len(voters)
        ]
        for port in claim.ports:
            agreeing = counts.get(port.number, [])
            if missing and len(agreeing) < len(voters) / 3:
                against = sorted({locale for n in missing for locale in counts[n]})
                yield Disagreement(
                    claim, port, tuple(sorted(missing)), tuple(against), tuple(sorted(agreeing))
                )


def _subject(claim: PortClaim) -> Subject | None:
    if claim.protocol is None or claim.direction is None:
        return None
    encrypted = None if claim.security is None else claim.security != "none"
    return claim.protocol, claim.direction, encrypted


def _stated(claims: Claims) -> dict[Subject, set[int]]:
    stated: dict[Subject, set[int]] = defaultdict(set)
    for claim in claims.ports:
        if subject := _subject(claim):
            stated[subject] |= claim.numbers
    return stated
