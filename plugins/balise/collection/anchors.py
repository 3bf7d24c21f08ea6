"""What an anchor means on a page: its id today, an id of the past, or nothing.

The older forms are of systems that published these guides before: a hierarchy of slugs with the
position of a heading (`slug_of_h2_partie_7_slug_of_h3`), the same without the position, and
`PageTitle-heading`. Each is a named strategy, tried from the surest to the least sure. `generated`
are anchors that other tools make of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from balise.document import Anchor, Document, Heading
from balise.document.slugs import slugify, transliterate

Strategy = Literal[
    "id",
    "anchor",
    "alias",
    "generated",
    "position",
    "path",
    "spelling",
    "tail",
    "suffix",
    "translated-position",
    "sibling",
]

CONFIDENCE: dict[Strategy, float] = {
    "id": 1,
    "anchor": 1,
    "alias": 1,
    "generated": 1,
    "position": 0.95,
    "path": 0.95,
    "spelling": 0.9,
    "sibling": 0.8,
    "tail": 0.7,
    "translated-position": 0.7,
    "suffix": 0.6,
}
"""How sure each strategy is of what the author meant, from 0 to 1."""

CERTAIN = 0.9
"""From this confidence on, an old anchor may be replaced by the one of today."""

POSITION = re.compile(r"(?P<above>.+?)_partie_(?P<number>[0-9]{1,4})(?=_|$)")
SUFFIX = re.compile(r"[_-][0-9]+$")
MAX_CUTS = 40
"""Most `_` of an anchor at which its tail is looked up: longer ones are no anchors of guides."""

TAG_AND_BLANKS = len("</a>") + 3 * len("\r\n")
"""Characters between an anchor and the heading that it marks, at most."""

FIRST_WORD = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"[0-9]+")
NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


class AnchorMatch(msgspec.Struct, frozen=True):
    """Where an anchor leads: `target` is the id to jump to, `heading` its heading if it is one."""

    strategy: Strategy
    target: str
    heading: Heading | None = None

    @property
    def legacy(self) -> bool:
        """Whether the anchor only works because an older system's rules are known."""
        return self.strategy not in ("id", "anchor", "alias", "generated")

    @property
    def certain(self) -> bool:
        """Whether nothing else can have been meant."""
        return CONFIDENCE[self.strategy] >= CERTAIN


class Anchors:
    """All anchors of one page, today's and those of the past, for many look-ups."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sections = _sections(document.headings)

    def find(self, fragment: str, siblings: Iterable["Anchors"] = ()) -> AnchorMatch | None:
        """What `#fragment` (decoded, without `#`) means on the page; None if it means nothing.

        `siblings` are of the same guide in other locales: a translation often keeps the anchors
        of its original, which then mean the heading at the same position.
        """
        if match := self._here(fragment):
            return match
        others = list(siblings)
        if match := self._translated_position(fragment, others):
            return match
        for sibling in others:
            if (found := sibling._here(fragment)) and found.heading:
                heading = self._counterpart(found.heading, sibling)
                if heading:
                    return AnchorMatch("sibling", heading.id, heading)
        return None

    def exact(self, fragment: str) -> AnchorMatch | None:
        """An id, an anchor made by hand or an alias of just this name."""
        return self._exact.get(fragment)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Today's anchors and the line, from 1, of each."""
        anchors = {a.name: self.document.line(a.span.start) for a in self.document.anchors}
        return anchors | {h.id: h.line for h in self.document.headings if h.id}

    def _here(self, fragment: str) -> AnchorMatch | None:
        if match := self._exact.get(fragment):
            return match
        fragment = fragment.replace("_amp_", "_")  # how `&` was written once
        if match := self._position(fragment):
            return match
        form = squashed(fragment)
        if heading := self._paths.get(form):
            return AnchorMatch("path", heading.id, heading)
        if heading := self._spellings.get(form):
            return AnchorMatch("spelling", heading.id, heading)
        for cut in [m.start() for m in re.finditer("_", fragment)][:MAX_CUTS]:
            if heading := self._spellings.get(squashed(fragment[cut:])):
                return AnchorMatch("tail", heading.id, heading)
        bare = SUFFIX.sub("", fragment)
        if bare != fragment and (heading := self._without_suffix.get(squashed(bare))):
            return AnchorMatch("suffix", heading.id, heading)
        return None

    @cached_property
    def _exact(self) -> Mapping[str, AnchorMatch]:
        """Ids, then anchors made by hand, then aliases: the first of a name counts."""
        exact: dict[str, AnchorMatch] = {}
        headings = self.document.headings
        for heading in headings:
            exact.setdefault(heading.id, AnchorMatch("id", heading.id, heading))
        for anchor in self.document.anchors:
            exact.setdefault(
                anchor.name, AnchorMatch("anchor", anchor.name, marked(anchor, headings))
            )
        for heading in headings:
            for alias in heading.aliases:
                exact.setdefault(alias, AnchorMatch("alias", alias, heading))
        exact.pop("", None)
        return exact

    def _position(self, fragment: str) -> AnchorMatch | None:
        """`slug_of_h2_partie_N_slug_of_h3`: the N-th h3 below that h2."""
        match = POSITION.match(fragment)
        if match is None:
            return None
        section = self._tops.get(squashed(match["above"]))
        return _numbered(section, int(match["number"])) if section else None

    def _translated_position(
        self, fragment: str, siblings: Sequence["Anchors"]
    ) -> AnchorMatch | None:
        """The same in a translation, where no h2 reads so: the only one with N h3 below it.

        Many translations have lost the level: all h3 of the original are h2 there, in its order.
        A number in the heading ("Part 5") is surer than its place. An anchor that no sibling knows
        either is one of another guide.
        """
        match = POSITION.match(fragment)
        if match is None:
            return None
        number = int(match["number"])
        above = squashed(match["above"])
        if siblings and not any(above in sibling._tops for sibling in siblings):
            return None
        longest, second = self._longest
        if len(second) <= number < len(longest) and number > 0:
            heading = longest[number]
        elif 0 < number <= len(self.sections) and len(longest) == 1:
            heading = self.sections[number - 1][0]
        else:
            return None
        numbered = self._with_number.get(match["number"], [])
        if len(numbered) == 1:
            return AnchorMatch("translated-position", numbered[0].id, numbered[0])
        if _numbers(heading):
            return None
        return AnchorMatch("translated-position", heading.id, heading)

    @cached_property
    def _tops(self) -> Mapping[str, list[Heading]]:
        """The sections by what their h2 reads, the first of equal ones."""
        return {squashed(section[0].text): section for section in reversed(self.sections)}

    @cached_property
    def _longest(self) -> tuple[Sequence[Heading], Sequence[Heading]]:
        """The section with the most headings, and the one with the most of all others."""
        longest, second, *_ = (*sorted(self.sections, key=len, reverse=True), (), ())
        return longest, second

    @cached_property
    def _with_number(self) -> Mapping[str, list[Heading]]:
        """The headings of sections by the numbers that stand in their text."""
        found: dict[str, list[Heading]] = {}
        for section in self.sections:
            for heading in section:
                for number in set(_numbers(heading)):
                    found.setdefault(number, []).append(heading)
        return found

    @cached_property
    def _positions(self) -> Mapping[int, tuple[int, int]]:
        """By where a heading starts: the index of its section, and its own in there."""
        return {
            heading.span.start: (index, place)
            for index, section in enumerate(self.sections)
            for place, heading in enumerate(section)
        }

    @cached_property
    def _leaves(self) -> Sequence[Heading]:
        """The headings with none below: a translation that lost a level still has these in order.

        The original may have one more at its end, where to read on.
        """
        return [heading for s in self.sections for heading in (s[1:] if len(s) > 1 else s)]

    @cached_property
    def _leaf_positions(self) -> Mapping[int, int]:
        """The index of each of these, by where it starts."""
        return {heading.span.start: index for index, heading in enumerate(self._leaves)}

    def _counterpart(self, heading: Heading, theirs: "Anchors") -> Heading | None:
        """The heading at the same position as one of another page, if that has as many around it."""
        place = theirs._positions.get(heading.span.start)
        if place is not None and len(theirs.sections) == len(self.sections):
            section = self.sections[place[0]]
            if len(section) == len(theirs.sections[place[0]]):
                return section[place[1]]
        index = theirs._leaf_positions.get(heading.span.start)
        if index is not None and len(theirs._leaves) - len(self._leaves) in (0, 1):
            return self._leaves[index] if index < len(self._leaves) else None
        return None

    @cached_property
    def by_reading(self) -> Mapping[str, Sequence[Heading]]:
        """The headings by the letters and digits of their text."""
        found: dict[str, list[Heading]] = {}
        for heading in self.document.headings:
            found.setdefault(squashed(heading.text), []).append(heading)
        return found

    @cached_property
    def by_first_word(self) -> Mapping[str, Sequence[str]]:
        """Today's anchors by the first word in them, in lower case."""
        found: dict[str, list[str]] = {}
        for place in self.places:
            if word := FIRST_WORD.match(place.casefold()):
                found.setdefault(word[0], []).append(place)
        return found

    @cached_property
    def _paths(self) -> Mapping[str, Heading]:
        """`slug_of_h2_slug_of_h3`"""
        return _unambiguous(
            (squashed(above.text) + squashed(heading.text), heading)
            for above, heading in _with_parents(self.document.headings)
            if above
        )

    @cached_property
    def _spellings(self) -> Mapping[str, Heading]:
        """The same letters in the same order, or behind those of the page's title."""
        title = squashed(self.document.value("title") or "")
        return _unambiguous(
            (form, heading)
            for heading in self.document.headings
            if heading.id
            for form in {
                squashed(heading.text),
                squashed(heading.id),
                title + squashed(heading.text),
            }
        )

    @cached_property
    def _without_suffix(self) -> Mapping[str, Heading]:
        """The ids that headings would have if no other heading read alike."""
        headings = (heading for heading in self.document.headings if heading.id)
        return _unambiguous((squashed(heading.text), heading) for heading in headings)


def marked(anchor: Anchor, headings: Sequence[Heading]) -> Heading | None:
    """The heading that an anchor made by hand stands in, or directly in front of."""
    at = bisect_right(headings, anchor.span.start, key=lambda heading: heading.span.start)
    if at and anchor.span.start < headings[at - 1].span.end:
        return headings[at - 1]
    close = at < len(headings) and headings[at].span.start - anchor.span.end <= TAG_AND_BLANKS
    return headings[at] if close else None


def _numbers(heading: Heading) -> list[str]:
    return DIGITS.findall(heading.text)


def _numbered(section: Sequence[Heading], number: int) -> AnchorMatch | None:
    if not 0 < number < len(section):
        return None
    return AnchorMatch("position", section[number].id, section[number])


def _sections(headings: Sequence[Heading]) -> list[list[Heading]]:
    """For each h2 itself and the h3 below it."""
    sections: list[list[Heading]] = []
    for heading in headings:
        if heading.level == 2:
            sections.append([heading])
        elif heading.level == 3 and sections:
            sections[-1].append(heading)
    return sections


def _unambiguous(forms: Iterable[tuple[str, Heading]]) -> dict[str, Heading]:
    """Form -> heading, without forms of headings that read differently; the first of equal ones."""
    found: dict[str, Heading | None] = {}
    for form, heading in forms:
        known = found.setdefault(form, heading)
        if known is not None and slugify(known.text) != slugify(heading.text):
            found[form] = None
    return {form: heading for form, heading in found.items() if form and heading}


def _with_parents(headings: Sequence[Heading]) -> Iterator[tuple[Heading | None, Heading]]:
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        if heading.id:
            yield (above[-1] if above else None), heading
        above.append(heading)


def squashed(text: str) -> str:
    """The letters and digits of a text alone, in lower case and without accents."""
    return NOT_ALPHANUMERIC.sub("", transliterate(text).lower())
