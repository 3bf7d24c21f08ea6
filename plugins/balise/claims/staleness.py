"""What a translation lacks of what its source has come to state since it was made.

A change of the source counts if it changes a fact: a heading, a port, a quantity, a term of code, a
call of the API, a picture, a link, a label, a table, a block, or the length of the prose. It does
not count where the translation states what the source does now: that came by another way.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from math import log

import msgspec

from balise.base.counting import count
from balise.base.suggestions import nearest
from balise.claims.model import Claims
from balise.claims.outline import Section
from balise.document import Document

SAME = 65.0
"""Likeness (0 to 100) of two headings from which on one is the other in better words."""
MAX_HEADINGS = 200
"""Headings of a page that are compared: more take too long."""
PROSE_SHARE = 0.2
"""Share of the prose that must be new or gone."""
MIN_PROSE = 200
"""Characters of prose that must be new or gone, however short the page is."""
LANGUAGES = 0.15
"""How much longer the same text is in some languages than in others, as a logarithm."""
BLOCK = "block of code"
MAX_NAMED = 2
"""Things of one kind that are named; of more it is told how many."""

Place = tuple[str, int]
"""A thing on a page, as it is shown, and the index of the heading above it, -1 for none."""


class Statements(msgspec.Struct, frozen=True):
    """What a page states."""

    document: Document
    claims: Claims


class SourceChange(msgspec.Struct, frozen=True):
    """A change of the source that a translation lacks, for people.

    `section` is the index of the heading above it in the source as it is now; None if it is gone.
    """

    text: str
    section: int | None = None


def source_changes(then: Statements, now: Statements, own: Statements) -> Iterator[SourceChange]:
    """What a translation that states its `own` lacks of the changes of its source from `then` to `now`."""
    headings = _headings(then, now)
    yield from _of_headings(headings, then, now, own)
    inside = frozenset(headings.new)
    for noun, places in SHARED.items():
        known = {thing for thing, _ in places(own)}
        yield from _of_things(noun, _Things(places(then), places(now), known), now, inside)
    for noun, places in COUNTED.items():
        if len(places(own)) == len(places(then)):
            yield from _of_things(noun, _Things(places(then), places(now)), now, inside)
    yield from _of_numbers(then, now, own, inside)
    yield from _of_tables(then, now, own, inside)
    if not headings.new and not headings.gone:
        yield from _of_prose(then, now, own)


# Things that are the same in every language


def _ports(page: Statements) -> list[Place]:
    return [(str(p.number), claim.section) for claim in page.claims.ports for p in claim.ports]


def _quantities(page: Statements) -> list[Place]:
    return [(quantity.value, quantity.section) for quantity in page.claims.quantities]


def _in_sections(told: Callable[[Section], Sequence[str]]) -> Callable[[Statements], list[Place]]:
    def places(page: Statements) -> list[Place]:
        sections = page.claims.outline.sections
        return [(text, at) for at, section in enumerate(sections, -1) for text in told(section)]

    return places


def _terms(section: Section) -> list[str]:
    return [f"`{term}`" for code in section.code for term in code.terms]


def _calls(section: Section) -> list[str]:
    return [f"`{call}`" for call in section.calls]


SHARED: dict[str, Callable[[Statements], list[Place]]] = {
    "port": _ports,
    "quantity": _quantities,
    "code": _in_sections(_terms),
    "call of the API": _in_sections(_calls),
}


# Things that are others in every language: a translation lacks them as long as it has as many as then


def _labels(section: Section) -> list[str]:
    return [f"`{label.strip()}`" for label in section.labels]


def _pictures(section: Section) -> list[str]:
    return [f"`{picture.rpartition('/')[2].rpartition('.')[0]}`" for picture in section.pictures]


COUNTED: dict[str, Callable[[Statements], list[Place]]] = {
    "label": _in_sections(_labels),
    "picture": _in_sections(_pictures),
}


class _Things(msgspec.Struct, frozen=True):
    """Things of one kind in the source, and those that the translation has; None where it has others."""

    then: list[Place]
    now: list[Place]
    own: AbstractSet[str] | None = None


def _of_things(
    noun: str, things: _Things, page: Statements, inside: AbstractSet[int]
) -> Iterator[SourceChange]:
    """What is new or gone, as far as the translation does not have it or has it still.

    What stands in the new sections `inside` the page is new with them.
    """
    before, after, own = {t for t, _ in things.then}, {t for t, _ in things.now}, things.own
    sections = {t: at for t, at in reversed(things.now) if at not in inside}
    new = [t for t in reversed(sections) if t not in before and (own is None or t not in own)]
    gone = [t for t in dict(things.then) if t not in after and (own is None or t in own)]
    if len(new) == len(gone) == 1:
        section = sections[new[0]]
        yield SourceChange(f"{noun} {gone[0]} became {new[0]}{_below(section, page)}", section)
        return
    if new:
        section = sections[new[0]]
        yield SourceChange(f"{_named(noun, new)} new{_below(section, page)}", section)
    if gone:
        yield SourceChange(f"{_named(noun, gone)} gone")


def _named(noun: str, things: Sequence[str]) -> str:
    if len(things) == 1:
        return f"{noun} {things[0]} is"
    plural = PLURALS.get(noun, f"{noun}s")
    if len(things) > MAX_NAMED:
        return f"{len(things)} {plural} are"
    return f"{plural} {' and '.join(things)} are"


PLURALS = {
    "quantity": "quantities",
    "code": "words of code",
    "call of the API": "calls of the API",
    BLOCK: "blocks of code",
}


def _below(section: int, page: Statements) -> str:
    headings = page.document.headings
    return f" in “{headings[section].text}”" if 0 <= section < len(headings) else ""


# Headings


class _Headings(msgspec.Struct, frozen=True):
    """Indexes of headings that are new in the source of now, and of those of then that are gone."""

    new: list[int]
    gone: list[int]


def _headings(then: Statements, now: Statements) -> _Headings:
    before = [heading.text for heading in then.document.headings]
    after = [heading.text for heading in now.document.headings]
    new: list[int] = []
    gone: list[int] = []
    if max(len(before), len(after)) > MAX_HEADINGS:
        return _Headings(new, gone)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "equal":
            continue
        left = list(range(first, last))
        for at in range(new_first, new_last):
            likest = nearest(after[at], (before[old] for old in left), threshold=0)
            best = next((old for old in left if before[old] == likest), None)
            if best is not None and _is_same(best, at, then, now):
                left.remove(best)
            else:
                new.append(at)
        gone += left
    return _Headings(new, gone)


def _is_same(old: int, at: int, then: Statements, now: Statements) -> bool:
    """Whether a section is the same below another heading: one that reads alike, or has its text."""
    headings = then.document.headings[old], now.document.headings[at]
    if nearest(headings[0].text, [headings[1].text], threshold=SAME) is not None:
        return True
    before, after = (page.claims.outline.sections[n + 1] for page, n in ((then, old), (now, at)))
    return before.prose > 0 and abs(after.prose - before.prose) < PROSE_SHARE * before.prose


def _of_headings(
    headings: _Headings, then: Statements, now: Statements, own: Statements
) -> Iterator[SourceChange]:
    before, after, ours = (page.claims.outline.levels for page in (then, now, own))
    if ours == after != before:
        return
    new = [f"“{now.document.headings[at].text}”" for at in headings.new]
    gone = [f"“{then.document.headings[at].text}”" for at in headings.gone]
    if len(new) == len(gone) == 1:
        yield SourceChange(f"heading {gone[0]} became {new[0]}", headings.new[0])
        return
    if new and not len(ours) >= len(after) > len(before):
        yield SourceChange(f"{_named('heading', new)} new", headings.new[0])
    if gone and not len(ours) <= len(after) < len(before):
        yield SourceChange(f"{_named('heading', gone)} gone")


# Links and blocks, which are told by their number, tables and prose


def _of_numbers(
    then: Statements, now: Statements, own: Statements, inside: AbstractSet[int]
) -> Iterator[SourceChange]:
    """More links or blocks than then, or fewer, in sections that are not new.

    Blocks of code count where no word of code is new or gone, which would say the same.
    """
    for noun, told in NUMBERED.items():
        before, after, ours = (told(page) for page in (then, now, own))
        if len(ours) != len(before) or (noun == BLOCK and _code_words(then) != _code_words(now)):
            continue
        known = {thing for thing, _ in before}
        outside = [(thing, at) for thing, at in after if at not in inside]
        if (gone := len(before) - len(after)) > 0:
            verb = "is" if gone == 1 else "are"
            yield SourceChange(f"{count(gone, noun, PLURALS.get(noun, ''))} {verb} gone")
        elif (new := len(outside) - len(before)) > 0:
            section = next((at for thing, at in outside if thing not in known), -1)
            verb = "is" if new == 1 else "are"
            number = count(new, noun, PLURALS.get(noun, ""))
            yield SourceChange(f"{number} {verb} new{_below(section, now)}", section)


def _code_words(page: Statements) -> set[str]:
    return {term for code in page.claims.outline.code for term in code.terms}


def _links(section: Section) -> Sequence[str]:
    return section.links


def _blocks(section: Section) -> list[str]:
    return [block for block in section.blocks if block == "callout"]


def _code(section: Section) -> list[str]:
    return [" ".join(code.terms) for code in section.code]


NUMBERED: dict[str, Callable[[Statements], list[Place]]] = {
    "link": _in_sections(_links),
    "callout": _in_sections(_blocks),
    BLOCK: _in_sections(_code),
}


def _of_tables(
    then: Statements, now: Statements, own: Statements, inside: AbstractSet[int]
) -> Iterator[SourceChange]:
    before, after, ours = (_tables(page) for page in (then, now, own))
    shapes = [[shape for shape, _ in tables] for tables in (before, after, ours)]
    if shapes[0] == shapes[1] or shapes[0] != shapes[2]:
        return
    outside = [table for table in after if table[1] not in inside]
    if (gone := len(before) - len(after)) > 0:
        yield SourceChange(f"{count(gone, 'table')} {'is' if gone == 1 else 'are'} gone")
    elif (new := len(outside) - len(before)) > 0:
        yield SourceChange(f"{count(new, 'table')} {'is' if new == 1 else 'are'} new")
    if len(before) != len(after):
        return
    for ((rows, columns), _), ((new_rows, new_columns), section) in zip(before, after, strict=True):
        if (rows, columns) != (new_rows, new_columns):
            what = f"{new_rows} rows" if rows != new_rows else f"{new_columns} columns"
            was = rows if rows != new_rows else columns
            yield SourceChange(
                f"a table has {what} instead of {was}{_below(section, now)}", section
            )


def _tables(page: Statements) -> list[tuple[tuple[int, int], int]]:
    sections = page.claims.outline.sections
    return [(table, at) for at, section in enumerate(sections, -1) for table in section.tables]


def _of_prose(then: Statements, now: Statements, own: Statements) -> Iterator[SourceChange]:
    before, after, ours = (
        sum(section.prose for section in page.claims.outline.sections) for page in (then, now, own)
    )
    change = abs(after - before)
    if change < max(MIN_PROSE, PROSE_SHARE * before):
        return
    if ours and after and before and _far(ours, after) + LANGUAGES < _far(ours, before):
        return
    share = f"{round(100 * change / before)} % " if before else ""
    yield SourceChange(f"its text is {share}{'longer' if after > before else 'shorter'}")


def _far(one: int, other: int) -> float:
    return abs(log(one / other))
