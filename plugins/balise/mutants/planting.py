"""Guides -> mutants: at most one a guide in each round, as many of each kind and language as can be had."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from balise.base.source import Edit, SourceFile, Span, apply_edits
from balise.mutants.guides import Guide, MutationContext, Page
from balise.mutants.kinds import KINDS, Kind
from balise.mutants.model import Mutant, Mutation, Place


class Planted(msgspec.Struct, frozen=True):
    """A mutant, and the page that it is made of, with its new text."""

    mutant: Mutant
    page: Page
    text: str


class Settings(msgspec.Struct, frozen=True):
    """How mutants are planted: in how many rounds, from which seed on, and of which kinds."""

    rounds: int
    seed: int
    kinds: Sequence[str]


class _Planter:
    """What has been planted so far."""

    def __init__(self, root: str, linked: frozenset[str], settings: Settings) -> None:
        self.root = root
        self.linked = linked
        self.kinds = settings.kinds
        self.chance = random.Random(settings.seed)  # noqa: S311 - the same every time
        self.planted: set[tuple[str, tuple[Edit, ...]]] = set()
        self.kind_counts: Counter[str] = Counter()
        self.language_counts: Counter[tuple[str, str]] = Counter()

    def plant(self, guide: Guide, number: int) -> Planted | None:
        """A mutant of a guide, of the kind of which there are the fewest; None where none fits."""
        for name in sorted(self.kinds, key=lambda name: self.kind_counts[name]):
            kind = KINDS[name]
            for page in self._pages(guide, name):
                mutation = self._choose(self._context(guide, page, kind), kind)
                if mutation:
                    self.planted.add((page.source.path, mutation.edits))
                    self.kind_counts[name] += 1
                    self.language_counts[name, page.language] += 1
                    return self._planted(guide, page, mutation, (number, name))
        return None

    def _pages(self, guide: Guide, kind: str) -> list[Page]:
        pages = list(guide.pages.values())
        self.chance.shuffle(pages)
        return sorted(pages, key=lambda page: self.language_counts[kind, page.language])

    def _context(self, guide: Guide, page: Page, kind: Kind) -> MutationContext:
        alone = kind.against == "translations"
        return MutationContext(guide, page, self.chance, self.linked, alone)

    def _choose(self, context: MutationContext, kind: Kind) -> Mutation | None:
        """One that says something else than the page, and that was not planted in an earlier round."""
        if not kind.fits(context):
            return None
        source = context.page.source
        found = [
            mutation
            for mutation in kind.mutations(context)
            if (source.path, mutation.edits) not in self.planted
            and apply_edits(source.text, mutation.edits) != source.text
        ]
        return self.chance.choice(found) if found else None

    def _planted(
        self, guide: Guide, page: Page, mutation: Mutation, named: tuple[int, str]
    ) -> Planted:
        number, kind = named
        after = SourceFile(page.source.path, apply_edits(page.source.text, mutation.edits))
        path = self._relative(page.source.path)
        spans = [edit.span for edit in mutation.edits]
        lines = [
            tuple(
                after.position(_moved(offset, mutation.edits)).line
                for offset in (span.start, max(span.start, span.end - 1))
            )
            for span in (*spans, *mutation.places)
        ]
        places = [Place(path, (first, last)) for first, last in lines]
        if mutation.missing or KINDS[kind].against == "past":
            places = [Place(path)]
        if KINDS[kind].against == "past":
            others = [p for p in guide.pages.values() if p is not page]
            places += [Place(self._relative(other.source.path)) for other in others]
        mutant = Mutant(
            number,
            kind,
            page.language,
            self._relative(guide.name),
            path,
            lines[0][0],
            mutation.was,
            mutation.now,
            tuple(dict.fromkeys(places)),
        )
        return Planted(mutant, page, after.text)

    def _relative(self, path: str) -> str:
        """A path in the folder of guides from the folder above."""
        return path.removeprefix(self.root.rpartition("/")[0]).lstrip("/")


def plant(
    guides: Sequence[Guide], root: str, linked: frozenset[str], settings: Settings
) -> Iterator[Planted]:
    """All mutants, round by round; `root` is the folder of the guides, with `linked` anchors."""
    planter = _Planter(root, linked, settings)
    for number in range(1, settings.rounds + 1):
        order = list(guides)
        planter.chance.shuffle(order)
        for guide in order:
            if found := planter.plant(guide, number):
                yield found


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where an offset is after the edits; of one in a text that is replaced the place of the new one."""
    moved = 0
    for edit in edits:
        place: Span = edit.span
        if place.end <= offset:
            moved += len(edit.text) - (place.end - place.start)
        elif place.start <= offset:
            return place.start + moved
    return offset + moved
