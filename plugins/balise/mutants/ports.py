"""Ports and hosts: a wrong one in a table or sentence, and labels that changed places."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from balise.base.source import Edit, Span
from balise.claims.well_known import FAMILIES, WellKnownPort, well_known_ports
from balise.document import TableCell, Text
from balise.mutants.guides import MutationContext, Page
from balise.mutants.model import Mutation
from balise.mutants.spelling import last_name, misspelled, other_number, replaced

NUMBER = re.compile(r"(?<![\w.,/-])[0-9]{2,5}(?![\w-]|[.,][0-9])")
SMALL = 100
"""Numbers below are ports only where they are read as such: there are 25 of many things."""


def table_against_prose(context: MutationContext) -> Iterator[Mutation]:
    """Another number in a table than in the text of its section."""
    yield from _against(context, _in_cells(context), _in_prose(context))


def prose_against_table(context: MutationContext) -> Iterator[Mutation]:
    """Another number in the text of a section than in a table there."""
    yield from _against(context, _in_prose(context), _in_cells(context))


def against_protocol(context: MutationContext) -> Iterator[Mutation]:
    """A port that another protocol has everywhere."""
    known, taken = well_known_ports(), _taken(context.page)
    for claim in context.page.claims.ports:
        family = next((f for f in FAMILIES if claim.protocol in f), None)
        if family is None or not claim.sure or len(set(claim.named)) > 1:
            continue
        wrong = [
            number
            for number, port in known.items()
            if port.protocols & family
            and claim.protocol not in port.protocols
            and number not in taken
        ]
        for port in claim.ports:
            right = known.get(port.number)
            if wrong and right and claim.protocol in right.protocols:
                yield _number(context, port.span, context.chance.choice(wrong))


def against_translations(context: MutationContext) -> Iterator[Mutation]:
    """A port that the page states once, and otherwise than its translations."""
    places = [*_in_cells(context), *_in_prose(context)]
    once = {number for number, times in Counter(n for n, _ in places).items() if times == 1}
    theirs = {page.locale: _stated(page) for page in context.others}
    for number, span in places:
        values = {loc: number in ports for loc, ports in theirs.items() if ports}
        if number in once and context.agree(values, True):
            yield _number(context, span, _other_port(number, _taken(context.page), context.chance))


def rows_swapped(context: MutationContext) -> Iterator[Mutation]:
    """The labels of two rows with ports of two protocols changed places."""
    known = well_known_ports()
    for table in context.page.document.tables:
        labelled = [
            (row.cells[0], ports)
            for row in table.rows[1:]
            if (ports := _ports_in(row.cells[1:], context))
            and not _ports_in(row.cells[:1], context)
        ]
        for (one, ours), (other, theirs) in combinations(labelled, 2):
            protocols = [
                frozenset[str]().union(*(known[n].protocols for n in ports if n in known))
                for ports in (ours, theirs)
            ]
            if all(protocols) and not protocols[0] & protocols[1]:
                yield from _swapped(context, one, other)


def columns_swapped(context: MutationContext) -> Iterator[Mutation]:
    """The heads of two columns with ports for two purposes changed places."""
    for table in context.page.document.tables:
        heads = table.rows[0].cells
        for one, other in combinations(range(1, len(heads)), 2):
            pairs = [
                (ours, theirs)
                for row in table.rows[1:]
                if (ours := _ports_in(row.cells[one : one + 1], context))
                and (theirs := _ports_in(row.cells[other : other + 1], context))
            ]
            if pairs and all(_have_two_purposes(ours, theirs) for ours, theirs in pairs):
                yield from _swapped(context, heads[one], heads[other])


def host_on_page(context: MutationContext) -> Iterator[Mutation]:
    """Another server than the page gives elsewhere for the same purpose."""
    claims = context.page.claims.hosts
    for claim in claims:
        places = tuple(
            other.span
            for other in claims
            if other is not claim
            and other.host == claim.host
            and (other.protocol, other.direction) == (claim.protocol, claim.direction)
        )
        if places and claim.protocol and claim.direction:
            yield from _host(context, claim.span, places)


def host_against_translations(context: MutationContext) -> Iterator[Mutation]:
    """A server that the page gives once, and otherwise than its translations."""
    claims = context.page.claims.hosts
    theirs = {page.locale: {claim.host for claim in page.claims.hosts} for page in context.others}
    hosts = Counter(claim.host for claim in claims)
    for claim in claims:
        values = {loc: claim.host in found for loc, found in theirs.items() if found}
        if hosts[claim.host] == 1 and context.agree(values, True):
            yield from _host(context, claim.span, ())


# Where ports stand, whether or not they are read as such on this page


def _stated(page: Page) -> set[int]:
    return {port.number for claim in page.claims.ports for port in claim.ports}


def _of_guide(context: MutationContext) -> set[int]:
    """The ports that the guide states, in whichever language."""
    return {
        number
        for page in context.guide.pages.values()
        for number in _stated(page)
        if number >= SMALL or number in _stated(context.page)
    }


def _in_cells(context: MutationContext) -> list[tuple[int, Span]]:
    ports = _of_guide(context)
    rows = [row for table in context.page.document.tables for row in table.rows]
    return [
        (int(text.text), text.span(0, len(text.text)))
        for row in rows
        for cell in row.cells
        if (text := cell.text).text.isdecimal() and int(text.text) in ports
    ]


def _in_prose(context: MutationContext) -> list[tuple[int, Span]]:
    ports = _of_guide(context)
    read = {port.span for claim in context.page.claims.ports for port in claim.ports}
    found = [p for prose in context.page.document.prose for p in _numbers(prose.text)]
    return [(n, span) for n, span in found if n in ports and (n >= SMALL or span in read)]


def _numbers(text: Text) -> Iterator[tuple[int, Span]]:
    for match in NUMBER.finditer(text.text):
        yield int(match[0]), text.span(*match.span())


def _taken(page: Page) -> set[int]:
    """Every number on the page."""
    texts = [prose.text for prose in page.document.prose]
    texts += [c.text for t in page.document.tables for row in t.rows for c in row.cells]
    return {number for text in texts for number, _ in _numbers(text)}


def _ports_in(cells: Sequence[TableCell], context: MutationContext) -> list[int]:
    ports = _of_guide(context)
    return [n for cell in cells for n, _ in _numbers(cell.text) if n in ports]


def _have_two_purposes(ours: Sequence[int], theirs: Sequence[int]) -> bool:
    known = well_known_ports()
    pairs = [(known.get(one), known.get(other)) for one in ours for other in theirs]
    return all(one and other and _are_apart(one, other) for one, other in pairs)


def _are_apart(one: WellKnownPort, other: WellKnownPort) -> bool:
    return not one.protocols & other.protocols or not one.security & other.security


# Mutations


def _against(
    context: MutationContext, places: Sequence[tuple[int, Span]], others: Sequence[tuple[int, Span]]
) -> Iterator[Mutation]:
    """Numbers that stand on the other side in the same section; in another one they may be of another server."""
    taken, section = _taken(context.page), context.page.document.section
    for number, span in places:
        there = tuple(
            other
            for n, other in others
            if n == number and section(other.start) == section(span.start)
        )
        if there:
            now = _other_port(number, taken, context.chance)
            yield _number(context, span, now, there)


def _other_port(number: int, taken: set[int], chance: random.Random) -> int:
    """A port of the same family that the page does not have, or one that looks alike."""
    known = well_known_ports()
    own = known.get(number)
    family = next((f for f in FAMILIES if own and own.protocols & f), frozenset[str]())
    others = [n for n, port in known.items() if port.protocols & family and n not in taken]
    if others:
        return chance.choice(others)
    alike = other_number(str(number), {str(n) for n in taken}, chance)
    return int(alike) if alike else number


def _number(
    context: MutationContext, span: Span, now: int, places: tuple[Span, ...] = ()
) -> Mutation:
    text = context.page.source.text
    edit = replaced(text, span, str(now))
    return Mutation((edit,), edit.removes, edit.text, places)


def _swapped(context: MutationContext, one: TableCell, other: TableCell) -> Iterator[Mutation]:
    text = context.page.source.text
    ours, theirs = (text[cell.span.start : cell.span.end] for cell in (one, other))
    if one.text.text.strip() and other.text.text.strip() and ours.strip() != theirs.strip():
        edits = (Edit(one.span, theirs, ours), Edit(other.span, ours, theirs))
        yield Mutation(
            edits, one.text.text.strip(), other.text.text.strip(), _whole_table(context, one)
        )


def _whole_table(context: MutationContext, cell: TableCell) -> tuple[Span, ...]:
    return tuple(
        table.span
        for table in context.page.document.tables
        if table.span.start <= cell.span.start < table.span.end
    )


def _host(context: MutationContext, span: Span, places: tuple[Span, ...]) -> Iterator[Mutation]:
    was = context.page.source.text[span.start : span.end]
    label = last_name(was.partition(".")[0].casefold())
    if label:
        now = was[: label.start()] + misspelled(label[0], context.chance) + was[label.end() :]
        yield Mutation((Edit(span, now, was),), was, now, places)
