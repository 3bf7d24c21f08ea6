"""What is in force, and where each setting comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from balise.config.kinds import RuleCatalog
from balise.config.loading import Configuration, Place
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
    if not table["extends"]:
        del table["extends"]
    table["rules"] = {
        name: msgspec.to_builtins(msgspec.convert(given.get(name, {}), options))
        for name, options in sorted(known.options.items())
    }
    yield from _settings(table, (), configuration)


def _settings(
    table: Mapping[str, Any], above: Key, configuration: Configuration
) -> Iterator[Setting]:
    for name, value in table.items():
        key = (*above, name)
        if isinstance(value, dict) and value:
            yield from _settings(value, key, configuration)
        else:
            listed = list(value) if isinstance(value, tuple) else value
            yield Setting(key, listed, configuration.places.get(key))
