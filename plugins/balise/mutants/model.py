"""What a mutant is, as it is planted and as `mutants.json` describes it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from balise.base.source import Edit, Span

MANIFEST = "mutants.json"
VERSION = 1


class Mutation(msgspec.Struct, frozen=True):
    """What makes a mutant of a page: its `edits`, and what they change for people.

    A finding may stand on the lines of the edits, and on those of `places`: the facts that the page
    contradicts then. What is `missing` from a page has no place: a finding may stand anywhere on it.
    """

    edits: tuple[Edit, ...]
    was: str
    now: str
    places: tuple[Span, ...] = ()
    missing: bool = False


class Place(msgspec.Struct, frozen=True):
    """Lines of a page, from 1, both ends included; without `lines` the whole page."""

    path: str
    lines: tuple[int, int] | None = None

    def has(self, path: str, line: int) -> bool:
        """Whether a line of a page is one of these."""
        inside = self.lines is None or self.lines[0] <= line <= self.lines[1]
        return path == self.path and inside


class Mutant(msgspec.Struct, frozen=True):
    """One planted mistake. Paths are from the folder of its `round`.

    `guide` is the path of its pages up to the locale; `was` and `now` are what the page states at
    `line`. A finding at any of the places `found_at` counts as found.
    """

    round: int
    kind: str
    language: str
    guide: str
    path: str
    line: int
    was: str
    now: str
    found_at: tuple[Place, ...]


class Manifest(msgspec.Struct, frozen=True):
    """All mutants of a folder, whose rounds are the folders `1`, `2` …; `0` is the unchanged copy."""

    version: Annotated[int, Meta(ge=VERSION, le=VERSION)]
    guides: str
    seed: int
    rounds: int
    mutants: tuple[Mutant, ...]
