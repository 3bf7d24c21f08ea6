"""The configuration: one frozen `Config`, from `balise.toml` or `[tool.balise]` of `pyproject.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from balise.errors import UserError
from balise.findings import Severity
from balise.suggestions import did_you_mean

FILE_NAMES = ("balise.toml", "pyproject.toml")


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """What can be configured. `guides` is the folder of the collection, from the file's own folder.

    `select` and `ignore` name rules or groups; an empty `select` is every rule that is on by
    default. The exit status is 1 from findings of severity `fail_on` upwards.
    """

    guides: str = "guides"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Configuration:
    """A `Config`, the folder it counts from, and the file it was read from, if any."""

    config: Config
    root: Path
    file: Path | None = None

    @property
    def guides(self) -> Path:
        """The folder of the collection."""
        return self.root / self.config.guides


def load_configuration(start: Path) -> Configuration:
    """The configuration that counts for `start`: the nearest one upwards, or the defaults.

    Raises UserError with a line for every mistake in the file.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            file = folder / name
            if not file.is_file():
                continue
            table = _table(file)
            if table is not None:
                return Configuration(_convert(table, file), folder, file)
    return Configuration(Config(), start)


def _table(file: Path) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: is not valid TOML: {error}") from error
    if file.name == "balise.toml":
        return data
    tool = data.get("tool", {})
    table = tool.get("balise") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UserError(f"{file}: [tool.balise] must be a table")
    return table


def _convert(table: dict[str, Any], file: Path) -> Config:
    fields = {field.encode_name: field for field in msgspec.structs.fields(Config)}
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for key, value in table.items():
        field = fields.get(key)
        if field is None:
            mistakes.append(f"{file}: there is no setting `{key}`{did_you_mean(key, fields)}")
            continue
        try:
            values[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            mistakes.append(f"{file}: `{key}`: {error}")
    if mistakes:
        raise UserError(*mistakes)
    return Config(**values)
