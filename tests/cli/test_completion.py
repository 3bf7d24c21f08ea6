"""What shells complete."""

from pathlib import Path

import pytest

from balise.check.severity import CATALOG
from balise.cli.completion import rule_and_group_names
from tests.helpers.command import balise


def completed(words: str) -> list[str]:
    """What bash would offer behind these words, the last of which is being written."""
    number = str(words.count(" "))
    ran = balise(
        cwd=Path.cwd(), _BALISE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=number
    )
    return [line.partition(",")[2] for line in ran.out.splitlines() if line]


def test_the_names_of_all_rules_and_groups_are_known() -> None:
    assert sorted(rule_and_group_names()) == sorted([*CATALOG.rules, *CATALOG.groups])


@pytest.mark.parametrize(
    "words",
    [
        "balise check --select ",
        "balise check --extend-select ",
        "balise check --ignore ",
        "balise check --fixable ",
        "balise check --unfixable ",
        "balise explain ",
    ],
)
def test_rules_and_groups_are_completed(words: str) -> None:
    assert completed(f"{words}unresolved-a") == ["unresolved-anchor"]
    assert "anchors" in completed(f"{words}anch")


def test_names_behind_a_comma_are_completed_but_not_twice() -> None:
    assert completed("balise check --select anchors,unresolved-a") == ["anchors,unresolved-anchor"]
    assert completed("balise check --select unresolved-anchor,unresolved-a") == []
