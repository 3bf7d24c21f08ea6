"""A score as a table for people, or as data for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from balise.mutants.model import Mutant
from balise.mutants.scoring import KindScore, Score


def as_data(score: Score) -> dict[str, Any]:
    """All of a score."""
    return {
        "kinds": {
            name: {
                "planted": kind.planted.total(),
                "found": kind.found.total(),
                "recall": round(kind.recall, 3),
                "false_alarms": kind.alarms,
                "precision": round(kind.precision, 3),
                "rules": dict(kind.rules.most_common()),
                "languages": {
                    language: {"planted": number, "found": kind.found[language]}
                    for language, number in sorted(kind.planted.items())
                },
            }
            for name, kind in score.kinds.items()
        },
        "missed": [
            {
                "path": f"{m.round}/{m.path}",
                "line": m.line,
                "kind": m.kind,
                "was": m.was,
                "now": m.now,
            }
            for m in score.missed
        ],
        "false_alarms": [
            {
                "path": f"{m.round}/{f.path}",
                "line": f.line,
                "kind": m.kind,
                "rule": f.rule,
                "message": f.message,
            }
            for m, f in score.alarms
        ],
        "elsewhere": [
            {"path": f"{number}/{f.path}", "line": f.line, "rule": f.rule, "message": f.message}
            for number, f in score.elsewhere
        ],
    }


def as_table(score: Score) -> Iterator[str]:
    """The lines of a table with a row for each kind, and one for each language."""
    width = max(map(len, score.kinds), default=0)
    yield f"{'kind':{width}}  planted  found  recall  false alarms  precision  by"
    for name, kind in score.kinds.items():
        rules = ", ".join(rule for rule, _ in kind.rules.most_common(3))
        yield (f"{name:{width}}  {_numbers(kind)}  {rules}").rstrip()
    whole = _sum(score.kinds)
    yield f"{'all':{width}}  {_numbers(whole)}"
    yield ""
    yield f"{'language':{width}}  planted  found  recall"
    for language, planted in sorted(whole.planted.items()):
        found = whole.found[language]
        yield f"{language:{width}}  {planted:7}  {found:5}  {found / planted:6.1%}"


def as_list(score: Score) -> Iterator[str]:
    """A line for each mutant that was missed, and for each finding too many."""
    for m in score.missed:
        yield f"{m.round}/{m.path}:{m.line}: missed {m.kind}: {_change(m)}"
    alarms = [(mutant.round, found) for mutant, found in score.alarms]
    for number, found in (*alarms, *score.elsewhere):
        yield f"{number}/{found.path}:{found.line}: false alarm of {found.rule}: {found.message}"


def _change(mutant: Mutant) -> str:
    return f"{mutant.was} became {mutant.now}" if mutant.now else f"{mutant.was} is gone"


def _numbers(kind: KindScore) -> str:
    return (
        f"{kind.planted.total():7}  {kind.found.total():5}  {kind.recall:6.1%}"
        f"  {kind.alarms:12}  {kind.precision:9.1%}"
    )


def _sum(kinds: Mapping[str, KindScore]) -> KindScore:
    whole = KindScore()
    for kind in kinds.values():
        whole.planted += kind.planted
        whole.found += kind.found
        whole.alarms += kind.alarms
    return whole
