"""Mutants and what a checker has found -> how many are found, and how much else is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from balise.mutants.kinds import KINDS
from balise.mutants.model import Manifest, Mutant
from balise.mutants.reports import Found


class KindScore(msgspec.Struct):
    """How many mutants of a kind were planted and found, by language, and by which rules.

    `alarms` are new findings on other pages or lines of these guides.
    """

    planted: Counter[str] = msgspec.field(default_factory=Counter)
    found: Counter[str] = msgspec.field(default_factory=Counter)
    rules: Counter[str] = msgspec.field(default_factory=Counter)
    alarms: int = 0

    @property
    def recall(self) -> float:
        """Share of the mutants that were found."""
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        """Share of right ones among the mutants found and the false alarms; 1 where there is neither."""
        found = self.found.total()
        return found / (found + self.alarms) if found + self.alarms else 1.0


class Score(msgspec.Struct, frozen=True):
    """The score of a checker by kind, the mutants that it missed, and its false alarms.

    `elsewhere` are new findings about guides that have no mutant, with their rounds.
    """

    kinds: Mapping[str, KindScore]
    missed: Sequence[Mutant]
    alarms: Sequence[tuple[Mutant, Found]]
    elsewhere: Sequence[tuple[int, Found]]


def score(manifest: Manifest, reports: Mapping[int, Sequence[Found]]) -> Score:
    """Compare the findings of each round with those about the unchanged copy, which is round 0."""
    kinds: dict[str, KindScore] = {}
    missed: list[Mutant] = []
    alarms: list[tuple[Mutant, Found]] = []
    elsewhere: list[tuple[int, Found]] = []
    for number in range(1, manifest.rounds + 1):
        mutants = {m.guide: m for m in manifest.mutants if m.round == number}
        changed = {mutant.path for mutant in mutants.values()}
        by_guide: dict[str, list[Found]] = {guide: [] for guide in mutants}
        for found in _new(reports[number], reports[0], changed):
            guide = _guide(found.path)
            if guide in by_guide:
                by_guide[guide].append(found)
            else:
                elsewhere.append((number, found))
        for guide, mutant in mutants.items():
            kind = kinds.setdefault(mutant.kind, KindScore())
            told = [f for f in by_guide[guide] if _is_found(mutant, f)]
            others = [f for f in by_guide[guide] if not _is_found(mutant, f)]
            kind.planted[mutant.language] += 1
            kind.found[mutant.language] += bool(told)
            kind.rules.update({found.rule for found in told})
            kind.alarms += len(others)
            alarms += [(mutant, found) for found in others]
            if not told:
                missed.append(mutant)
    known = list(KINDS)
    ordered = {name: kinds[name] for name in sorted(kinds, key=known.index)}
    return Score(ordered, missed, alarms, elsewhere)


def _new(
    found: Sequence[Found], before: Sequence[Found], changed: AbstractSet[str]
) -> Iterator[Found]:
    """The findings that were not there before.

    On a `changed` page, whose lines may have moved, the same one has the same message, and on any
    other the same place: there the message may tell of what has changed elsewhere.
    """

    def key(one: Found) -> tuple[str, str, str | int]:
        moved = one.path in changed
        return one.path, one.rule, one.message_without_lines if moved else one.line

    left = Counter(map(key, before))
    for one in found:
        if left[key(one)] > 0:
            left[key(one)] -= 1
        else:
            yield one


def _guide(path: str) -> str:
    """`web/mail/guide` of `web/mail/guide.fr-fr.md`"""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _is_found(mutant: Mutant, found: Found) -> bool:
    return any(place.has(found.path, found.line) for place in mutant.found_at)
