"""What a shell completes: names of rules and groups.

The names are taken from the files of `balise.rules`, each of which bears that of its rule, in the
folder of its group: to load all rules takes longer than anybody waits for a completion.
"""

from collections.abc import Iterator
from pathlib import Path

import click

RULES = Path(__file__).parents[1] / "rules"
HELPERS = "helpers"
"""The folder of what several rules need, which is no group."""


def rule_and_group_names() -> Iterator[str]:
    """The names of all groups and rules."""
    for folder in sorted(RULES.iterdir()):
        if folder.name != HELPERS and (folder / "__init__.py").is_file():
            yield _name(folder.name)
            yield from (_name(f.stem) for f in sorted(folder.glob("*.py")) if f.stem != "__init__")


def _name(module: str) -> str:
    return module.replace("_", "-")


def complete_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The names that a list with commas may go on with."""
    before, comma, begun = incomplete.rpartition(",")
    given = before.split(",")
    return [
        f"{before}{comma}{name}"
        for name in rule_and_group_names()
        if name.startswith(begun) and name not in given
    ]
