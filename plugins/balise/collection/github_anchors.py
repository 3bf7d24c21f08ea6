"""What an anchor means on a page of plain Markdown: as on GitHub, or as other systems make it.

There is no past here: what is none of the ids of today means nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from balise.collection.anchors import AnchorMatch, Anchors, marked
from balise.document import Heading

RENDERED = re.compile(r"(?:user-content-)?fn(?:ref)?[:-].+|__codelineno-.+|__tabbed_.+|L[0-9].*")
"""Anchors that renderers give to footnotes, lines of code and tabs, whatever the page has."""


def github_ids(headings: Sequence[Heading]) -> list[str]:
    """The ids that GitHub gives to the headings of a page: the second `a` is `a-1`."""
    counts: dict[str, int] = {}
    ids: list[str] = []
    for heading in headings:
        slug = found = github_slug(heading.text)
        while found in counts:
            counts[slug] += 1
            found = f"{slug}-{counts[slug]}"
        counts[found] = 0
        ids.append(found)
    return ids


def github_slug(text: str) -> str:
    """A heading as GitHub writes it in an address: no capitals, no punctuation, `-` for each space."""
    kept = (sign for sign in text.lower() if sign in " -" or _is_of_a_word(sign))
    return "".join(kept).replace(" ", "-")


def _is_of_a_word(sign: str) -> bool:
    """Letters, marks and digits of any script, and what connects them, such as `_`."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


class GithubAnchors(Anchors):
    """All anchors of one page of plain Markdown."""

    def find(self, fragment: str, siblings: Iterable[Anchors] = ()) -> AnchorMatch | None:
        """As `exact`, or what another system may put on the page."""
        if match := self.exact(fragment):
            return match
        if RENDERED.fullmatch(fragment) or fragment.lstrip("+") in self._foreign:
            return AnchorMatch("generated", fragment)
        return None

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The anchors and the line, from 1, of each."""
        anchors = {a.name: self.document.line(a.span.start) for a in self.document.anchors}
        return anchors | {id_: heading.line for id_, heading in self._ids() if id_}

    def _ids(self) -> Iterator[tuple[str, Heading]]:
        """Every id of a heading: its own, or that of GitHub."""
        headings = self.document.headings
        for heading, id_ in zip(headings, github_ids(headings), strict=True):
            yield _own_id(heading) or id_, heading

    @cached_property
    def _exact(self) -> Mapping[str, AnchorMatch]:
        exact: dict[str, AnchorMatch] = {}
        for id_, heading in self._ids():
            exact.setdefault(id_, AnchorMatch("id", id_, heading))
        for anchor in self.document.anchors:
            heading_there = marked(anchor, self.document.headings)
            exact.setdefault(anchor.name, AnchorMatch("anchor", anchor.name, heading_there))
        for heading in self.document.headings:
            exact.setdefault(heading.id, AnchorMatch("id", heading.id, heading))
        exact.pop("", None)
        return exact

    @cached_property
    def _foreign(self) -> frozenset[str]:
        return frozenset(anchor.name for anchor in self.document.foreign_anchors)


def _own_id(heading: Heading) -> str:
    """The id that an attribute list behind a heading gives it; empty without one."""
    items = (item for attributes in heading.attributes for item in attributes.items)
    return next((i.value for i in items if i.kind == "id" or i.key == "id"), "")
