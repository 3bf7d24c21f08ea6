"""`port-table-contradicts-prose`"""

from collections.abc import Iterable, Iterator

from balise.claims import PortClaim
from balise.document import Document
from balise.findings import Finding, Related, Severity
from balise.rules.base import PageFacts, Rule


class PortTableContradictsProse(Rule):
    name = "port-table-contradicts-prose"
    group = "claims"
    summary = "A table gives another port than the text of the same section"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        table = [claim for claim in page.claims if claim.origin == "table"]
        prose = [claim for claim in page.claims if claim.origin == "prose"]
        for cell in table:
            against = [
                p for p in prose if _about_the_same(cell, p) and _contradicts(cell, p, table)
            ]
            for port in cell.ports:
                said = [p for p in against if port.number not in p.numbers]
                if said:
                    others = _listing({n for p in said for n in _others(p, table)})
                    yield self.finding(
                        page.document,
                        port.span,
                        f"the table says port {port.number} for {_subject(cell)}, "
                        f"the text of this section says {others}",
                        related=tuple(_related(page.document, p) for p in said),
                    )


def _about_the_same(cell: PortClaim, prose: PortClaim) -> bool:
    """Whether the sentence speaks of the cell's subject: it must name a direction or security."""
    if cell.section != prose.section or not (prose.direction or prose.security):
        return False
    pairs = (
        (cell.protocol, prose.protocol),
        (cell.direction, prose.direction),
        (cell.security, prose.security),
    )
    return all(theirs is None or ours == theirs for ours, theirs in pairs)


def _stated(prose: PortClaim, table: Iterable[PortClaim]) -> set[int]:
    """The ports that the tables of the section give for the sentence's subject."""
    return {number for cell in table if _about_the_same(cell, prose) for number in cell.numbers}


def _contradicts(cell: PortClaim, prose: PortClaim, table: Iterable[PortClaim]) -> bool:
    """A sentence may leave out ports of the table and the table ports of the sentence, not both.

    "110 or 110" leaves nothing out on purpose: one of the two was meant to be another number.
    """
    stated = _stated(prose, table)
    if not cell.numbers - prose.numbers or stated <= prose.numbers:
        return False
    repeated = len(prose.ports) > len(prose.numbers)
    return repeated or not prose.numbers <= stated


def _others(prose: PortClaim, table: Iterable[PortClaim]) -> frozenset[int]:
    """The numbers of a sentence that the table does not have; all of them if it has each."""
    return prose.numbers - _stated(prose, table) or prose.numbers


def _related(document: Document, prose: PortClaim) -> Related:
    numbers = prose.numbers
    noun = "port" if len(numbers) == 1 else "ports"
    twice = " twice" if len(prose.ports) > len(numbers) else ""
    message = f"the text says {noun} {_listing(numbers)}{twice}"
    return Related(document.path, prose.span, message)


def _listing(numbers: Iterable[int]) -> str:
    ordered = [str(n) for n in sorted(numbers)]
    return " and ".join([", ".join(ordered[:-1]), ordered[-1]]) if len(ordered) > 1 else ordered[0]


def _subject(cell: PortClaim) -> str:
    security = {"enabled": "with SSL/TLS", "disabled": "without SSL/TLS", None: ""}[cell.security]
    words = (
        cell.direction,
        (cell.protocol or "").upper() or None,
        "mail" if cell.direction else None,
    )
    return " ".join([*(w for w in words if w), security]).strip() or "this row"
