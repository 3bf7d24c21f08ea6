"""What is in force, and where each setting comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from balise.config.kinds import RuleCatalog
from balise.config.loading import Configuration, Place, leaves
from balise.config.places import Key


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key, its value as TOML knows it, and its place unless it is the default."""

    key: Key
    value: Any
    place: Place | None


def settings_in_force(configuration: Configuration, known: RuleCatalog) -> Iterator[Setting]:
    """All settings, in the order of the manual; those of rules with options at the end."""
    table = msgspec.to_builtins(configuration.config)
    given = table.pop("rules")
    table["guides"] = table["guides"] or configuration.guides.name
    if not table["extends"]:
        del table["extends"]
    table["rules"] = {
        name: msgspec.to_builtins(msgspec.convert(given.get(name, {}), options))
        for name, options in sorted(known.options.items())
    }
    for key, value in leaves(table):
        yield Setting(key, value, configuration.places.get(key))
