"""What is said of the health of a collection: of each page, of each guide in all locales, of all together."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from functools import cached_property

import msgspec

from balise.base.findings import Finding, Severity


class State(Enum):
    """How a page is, that which asks for most work first. A missing page is none that could be ill."""

    UNTRANSLATED = "untranslated"
    ERRORS = "errors"
    STALE = "stale"
    DIFFERENT = "structure-differs"
    WARNINGS = "warnings"
    HEALTHY = "healthy"
    MISSING = "missing"

    @property
    def rank(self) -> int:
        """0 for the state that asks for most work."""
        return RANKS[self]

    @property
    def words(self) -> str:
        """What it is called: `structure differs`"""
        return self.value.replace("-", " ")


RANKS = {state: rank for rank, state in enumerate(State)}
RULES: Mapping[State, str] = {
    State.UNTRANSLATED: "page-in-another-language",
    State.STALE: "stale-translation",
    State.DIFFERENT: "structure-differs-between-locales",
}
"""The states that a rule tells of: they are not known where it does not run."""
STATES: Mapping[str, State] = {rule: state for state, rule in RULES.items()}


class Counts(msgspec.Struct, frozen=True):
    """How many findings there are of each severity."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Counts":
        """Those of some findings."""
        found = Counter(finding.severity for finding in findings)
        return cls(found[Severity.ERROR], found[Severity.WARNING], found[Severity.INFO])

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.errors + other.errors, self.warnings + other.warnings, self.infos + other.infos
        )


class Cell(msgspec.Struct, frozen=True):
    """A guide in a locale: the page at `path`, as it is shown, with its title there.

    `states` are all that it is in, the worst first, each with what a rule says of it or nothing;
    `rules` tells how many findings each of the other rules has.
    """

    path: str
    title: str
    states: Mapping[State, str]
    counts: Counts = Counts()
    rules: Mapping[str, int] = {}

    @property
    def worst(self) -> State:
        """The state that asks for most work."""
        return next(iter(self.states))


class Guide(msgspec.Struct, frozen=True):
    """A page in all its locales, be it a guide, a product or another type.

    `folder` counts from the collection's root, as those of its universe and product do, which are `above`.
    `source` is the page to translate from. A locale that is neither among the `cells` nor
    `missing` was not checked.
    """

    folder: str
    type: str
    title: str
    above: tuple[str, ...]
    source: str
    cells: Mapping[str, Cell]
    missing: tuple[str, ...] = ()

    @property
    def ill(self) -> int:
        """How many of its pages are not healthy."""
        return sum(cell.worst is not State.HEALTHY for cell in self.cells.values())

    def file(self, locale: str) -> str:
        """The path that its page in a locale has, or would have."""
        folder = self.source.rpartition("/")[0]
        return f"{folder}/{self.type}.{locale}.md".lstrip("/")


class Tally(msgspec.Struct, frozen=True, dict=True):
    """Some pages together: how many are in each state, once by the worst one of each and once by all."""

    worst: Mapping[State, int]
    states: Mapping[State, int]
    counts: Counts

    @classmethod
    def of(cls, cells: Collection[Cell], missing: int) -> "Tally":
        """That of pages, and of how many others are missing."""
        worst = Counter(cell.worst for cell in cells)
        states = Counter(state for cell in cells for state in cell.states)
        worst[State.MISSING] = states[State.MISSING] = missing
        return cls(worst, states, sum((cell.counts for cell in cells), Counts()))

    @cached_property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(self.worst.values()) - self.worst.get(State.MISSING, 0)

    @property
    def healthy(self) -> int:
        """How many pages are healthy."""
        return self.worst.get(State.HEALTHY, 0)

    @property
    def missing(self) -> int:
        """How many pages are missing."""
        return self.worst.get(State.MISSING, 0)

    @property
    def percent(self) -> int:
        """How many in a hundred pages are healthy, rounded down; 100 where there are none."""
        return 100 * self.healthy // self.pages if self.pages else 100

    @property
    def order(self) -> tuple[float, int]:
        """The worst first: by the share of pages that are healthy, then by how many are missing."""
        return self.healthy / self.pages if self.pages else 1.0, -self.missing


class Month(msgspec.Struct, frozen=True):
    """How many pages there were in each locale at the end of a month, as `2026-10`, and how many guides."""

    name: str
    guides: int
    pages: Mapping[str, int]


class Health(msgspec.Struct, frozen=True, dict=True):
    """How a collection is: its guides, the worst first.

    `titles` are those of universes and products, by folder. Of the states that are `unknown` nobody
    has asked. `elsewhere` are the findings in files that are
    no page of a guide. `months` are those that were asked for, the oldest first.
    """

    locales: tuple[str, ...]
    guides: tuple[Guide, ...]
    titles: Mapping[str, str] = {}
    unknown: tuple[State, ...] = ()
    elsewhere: Counts = Counts()
    months: tuple[Month, ...] = ()

    @cached_property
    def total(self) -> Tally:
        """All pages."""
        return _tally(self.guides)

    @cached_property
    def by_locale(self) -> Mapping[str, Tally]:
        """Each locale, the worst first."""
        found = {
            locale: Tally.of(
                [g.cells[locale] for g in self.guides if locale in g.cells],
                sum(locale in g.missing for g in self.guides),
            )
            for locale in self.locales
        }
        return dict(sorted(found.items(), key=lambda item: (*item[1].order, item[0])))

    @cached_property
    def by_area(self) -> Mapping[tuple[str, ...], Tally]:
        """Each universe, the worst first, and behind it its products, by their folders."""
        groups: dict[tuple[str, ...], list[Guide]] = {}
        for guide in self.guides:
            for depth in range(1, len(guide.above) + 1):
                groups.setdefault(guide.above[:depth], []).append(guide)
        found = {above: _tally(guides) for above, guides in groups.items()}

        def order(above: tuple[str, ...]) -> list[tuple[object, ...]]:
            ways = (above[:depth] for depth in range(1, len(above) + 1))
            return [(*found[way].order, way[-1]) for way in ways]

        return {above: found[above] for above in sorted(found, key=order)}

    def only(self, locales: Collection[str]) -> "Health":
        """Nothing but some of the locales."""
        guides = [
            msgspec.structs.replace(
                guide,
                cells={locale: c for locale, c in guide.cells.items() if locale in locales},
                missing=tuple(locale for locale in guide.missing if locale in locales),
            )
            for guide in self.guides
        ]
        kept = [guide for guide in guides if guide.cells or guide.missing]
        return msgspec.structs.replace(
            self,
            locales=tuple(locale for locale in self.locales if locale in locales),
            guides=worst_first(kept),
            months=tuple(
                Month(m.name, m.guides, {name: m.pages.get(name, 0) for name in locales})
                for m in self.months
            ),
        )


def worst_first(guides: Iterable[Guide]) -> tuple[Guide, ...]:
    """Guides in the order in which they ask for work."""

    def order(guide: Guide) -> tuple[object, ...]:
        counts = sum((cell.counts for cell in guide.cells.values()), Counts())
        return (
            *(-guide.ill, -counts.errors, -counts.warnings, -len(guide.missing)),
            *(guide.folder, guide.type),
        )

    return tuple(sorted(guides, key=order))


def _tally(guides: Iterable[Guide]) -> Tally:
    cells: list[Cell] = []
    missing = 0
    for guide in guides:
        cells += guide.cells.values()
        missing += len(guide.missing)
    return Tally.of(cells, missing)
