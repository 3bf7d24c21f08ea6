"""What an anchor means on a page: its id today, an id of the past, or nothing.

The older forms are of systems that published these guides before: a hierarchy of slugs with the
position of a heading (`slug_of_h2_partie_7_slug_of_h3`), the same without the position, and
`PageTitle-heading`. Each is a named strategy, tried from the surest to the least sure.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from balise.document import Document, Heading
from balise.slugs import slugify, transliterate

Strategy = Literal["id", "anchor", "alias", "position", "path", "spelling", "suffix", "sibling"]

POSITION = re.compile(r"^(?P<above>.+?)_partie_(?P<number>[0-9]+)(?:_(?P<text>.*))?$")
SUFFIX = re.compile(r"[_-][0-9]+$")
NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class AnchorMatch:
    """Where an anchor leads: `target` is the id to jump to, `heading` its heading if it is one."""

    strategy: Strategy
    target: str
    heading: Heading | None = None

    @property
    def legacy(self) -> bool:
        """Whether the anchor only works because an older system's rules are known."""
        return self.strategy not in ("id", "anchor", "alias")


def resolve_anchor(
    document: Document, fragment: str, siblings: Iterable[Document] = ()
) -> AnchorMatch | None:
    """What `#fragment` (decoded, without `#`) means on the page; None if it means nothing.

    `siblings` are the same guide in other locales: a translation often keeps the anchors of its
    original, which then mean the heading at the same position.
    """
    match = _on_page(document, fragment) or _position_alone(document, fragment)
    if match:
        return match
    for sibling in siblings:
        if (found := _on_page(sibling, fragment)) and found.heading:
            heading = _counterpart(found.heading, sibling.headings, document.headings)
            if heading:
                return AnchorMatch("sibling", heading.id, heading)
    return None


def _on_page(document: Document, fragment: str) -> AnchorMatch | None:
    for strategy in (_exact, _position, _path, _spelling, _suffix):
        if match := strategy(document, fragment):
            return match
    return None


def _exact(document: Document, fragment: str) -> AnchorMatch | None:
    for heading in document.headings:
        if heading.id == fragment:
            return AnchorMatch("id", fragment, heading)
    if any(anchor.name == fragment for anchor in document.anchors):
        return AnchorMatch("anchor", fragment)
    for heading in document.headings:
        if fragment in heading.aliases:
            return AnchorMatch("alias", fragment, heading)
    return None


def _position(document: Document, fragment: str) -> AnchorMatch | None:
    """`slug_of_h2_partie_N_slug_of_h3`: the N-th h3 below that h2."""
    match = POSITION.match(fragment)
    if match is None:
        return None
    for section in _sections(document.headings):
        if _squash(section[0].text) == _squash(match["above"]):
            return _numbered(section, int(match["number"]))
    return None


def _position_alone(document: Document, fragment: str) -> AnchorMatch | None:
    """The same in a translation, where no h2 reads like that: the only one with N h3 below it."""
    match = POSITION.match(fragment)
    if match is None:
        return None
    number = int(match["number"])
    long_enough = [s for s in _sections(document.headings) if 0 < number < len(s)]
    return _numbered(long_enough[0], number) if len(long_enough) == 1 else None


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


def _counterpart(
    heading: Heading, theirs: Sequence[Heading], ours: Sequence[Heading]
) -> Heading | None:
    """The heading at the same position on another page, if that has as many around it."""
    their_sections, our_sections = _sections(theirs), _sections(ours)
    if len(their_sections) != len(our_sections):
        return None
    for their_section, our_section in zip(their_sections, our_sections, strict=True):
        if heading in their_section and len(their_section) == len(our_section):
            return our_section[their_section.index(heading)]
    return None


def _path(document: Document, fragment: str) -> AnchorMatch | None:
    """`slug_of_h2_slug_of_h3`."""
    return _only(
        document,
        fragment,
        "path",
        lambda above, heading: [_squash(above.text) + _squash(heading.text)] if above else [],
    )


def _spelling(document: Document, fragment: str) -> AnchorMatch | None:
    """The same letters in the same order, or behind those of the page's title."""
    title = _squash(document.value("title") or "")

    def forms(above: Heading | None, heading: Heading) -> list[str]:
        text = _squash(heading.text)
        return [text, title + text, _squash(heading.id)]

    return _only(document, fragment, "spelling", forms)


def _suffix(document: Document, fragment: str) -> AnchorMatch | None:
    """An id with a number behind it that no heading has any more."""
    bare = SUFFIX.sub("", fragment)
    if bare == fragment:
        return None
    return _only(
        document, bare, "suffix", lambda above, heading: [_squash(SUFFIX.sub("", heading.id))]
    )


def _only(
    document: Document,
    fragment: str,
    strategy: Strategy,
    forms: Callable[[Heading | None, Heading], list[str]],
) -> AnchorMatch | None:
    """The one heading that has `fragment` among its forms; the first where its text is repeated."""
    wanted = _squash(fragment)
    if not wanted:
        return None
    matches = [h for above, h in _with_parents(document.headings) if wanted in forms(above, h)]
    if not matches or len({slugify(h.text) for h in matches}) > 1:
        return None
    return AnchorMatch(strategy, matches[0].id, matches[0])


def _with_parents(headings: Sequence[Heading]) -> Iterator[tuple[Heading | None, Heading]]:
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        if heading.id:
            yield (above[-1] if above else None), heading
        above.append(heading)


def _squash(text: str) -> str:
    return NOT_ALPHANUMERIC.sub("", transliterate(text).lower())
