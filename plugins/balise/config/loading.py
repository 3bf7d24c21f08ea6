"""Finding the configuration, reading it with what it extends, and telling all its mistakes."""

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import field

from balise.base.errors import UserError
from balise.config.kinds import RuleCatalog
from balise.config.places import Key, places_of
from balise.config.reading import mistakes_in
from balise.config.settings import Config

FILE_NAMES = ("balise.toml", "pyproject.toml")
LARGEST = 1_000_000
"""Bytes of a file that may still be a configuration."""
JOINED = ("extend-select", "extend-ignore")
"""Lists that add up with those of an extended configuration; others are replaced."""


class Place(msgspec.Struct, frozen=True):
    """Where a setting stands; line and column are from 1, and 0 where they are not known."""

    file: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}"


class Configuration(msgspec.Struct, frozen=True):
    """A `Config`, the folder it counts from, the file it was read from, if any, and its places.

    `files` are that file and those it extends, `places` tells where a setting that is no default
    comes from.
    """

    config: Config
    root: Path
    file: Path | None = None
    files: tuple[Path, ...] = ()
    places: Mapping[Key, Place] = field(default_factory=dict)

    @property
    def guides(self) -> Path:
        """The folder of the collection."""
        return self.root / self.config.guides


def load_configuration(start: Path, known: RuleCatalog | None = None) -> Configuration:
    """The configuration that counts for `start`: the nearest one upwards, or the defaults.

    Names and options of rules are judged by what is `known`. Raises UserError with a line for
    every mistake in the file and in those it extends.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            file = folder / name
            if not _is_there(file):
                continue
            found = _read(file)
            if found.table is not None:
                return _loaded(found, known)
    return Configuration(Config(), start)


def looked_at(start: Path, configuration: Configuration) -> list[Path]:
    """The files that a configuration for `start` has been read from or looked for in, in vain."""
    start = start.absolute()
    found = [*configuration.files]
    for folder in (start, *start.parents):
        found += [folder / name for name in FILE_NAMES]
        if folder == configuration.root:
            break
    return found


def _is_there(file: Path) -> bool:
    """Whether there is anything of that name. A folder that may not be entered has nothing."""
    try:
        file.lstat()
    except (OSError, ValueError):
        return False
    return True


class _File(msgspec.Struct, frozen=True):
    """The settings of one file; `table` is None in a `pyproject.toml` that has none."""

    path: Path
    text: str
    table: dict[str, Any] | None
    above: Key

    def places(self) -> dict[Key, Place]:
        """Where each setting stands."""
        length = len(self.above)
        return {
            key[length:]: Place(self.path, *place)
            for key, place in places_of(self.text).items()
            if key[:length] == self.above
        }


def _read(file: Path) -> _File:
    text = _text(file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_not_toml(file, str(error), text)) from error
    except RecursionError as error:
        raise UserError(f"{file}: is nested too deeply") from error
    if file.name != "pyproject.toml":
        return _File(file, text, data, ())
    tool = data.get("tool", {})
    table = tool.get("balise") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        place = places_of(text).get(("tool", "balise"), (0, 0))
        raise UserError(f"{Place(file, *place)}: [tool.balise] must be a table")
    return _File(file, text, table, ("tool", "balise"))


def _text(file: Path) -> str:
    try:
        # Looked at before it is opened: opening a pipe would wait for its other end.
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError(f"{file}: cannot be read: it is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise UserError(f"{file}: cannot be read: it is not a regular file")
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError as error:
        link = file.is_symlink()
        reason = "it is a symbolic link to nothing" if link else "there is no such file"
        raise UserError(f"{file}: cannot be read: {reason}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"{file}: cannot be read: {reason.lower()}") from error
    if len(data) > LARGEST:
        raise UserError(f"{file}: is larger than 1 MB, which no configuration is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{file}:{line}: is not valid TOML: it is not text in UTF-8") from error


AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


def _not_toml(file: Path, message: str, text: str) -> str:
    place = Place(file)
    if match := AT.search(message):
        place, message = Place(file, int(match[1]), int(match[2])), message[: match.start()]
    elif message.endswith(" (at end of document)"):
        place = Place(file, text.rstrip("\n").count("\n") + 1, 1)
        message = message.removesuffix(" (at end of document)") + " at the end of the file"
    return f"{place}: is not valid TOML: {message[:1].lower()}{' '.join(message[1:].split())}"


def _loaded(nearest: _File, known: RuleCatalog | None) -> Configuration:
    mistakes: list[str] = []
    chain = _chain(nearest, mistakes)
    places = [file.places() for file in chain]
    told: list[str] = []
    for file, where in zip(chain, places, strict=True):
        found = [
            (where.get(key, Place(file.path)), message)
            for key, message in mistakes_in(file.table or {}, known)
        ]
        found.sort(key=lambda mistake: (mistake[0].line, mistake[0].column))
        told += [f"{place}: {_on_one_line(message)}" for place, message in found]
    if told or mistakes:
        raise UserError(*told, *mistakes)
    merged: dict[str, Any] = {}
    sources: dict[Key, Place] = {}
    for file, where in reversed(list(zip(chain, places, strict=True))):
        table = file.table or {}
        joined = {key: [*merged.get(key, ()), *table[key]] for key in JOINED if key in table}
        merged = _merged(merged, {**table, **joined})
        sources |= {key: where.get(key, Place(file.path)) for key in _leaves(table)}
    config = msgspec.convert(merged, Config)
    files = tuple(file.path for file in chain)
    return Configuration(config, nearest.path.parent, nearest.path, files, sources)


def _on_one_line(message: str) -> str:
    """A message without line breaks and other control characters, which a key may have."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)


def _chain(nearest: _File, mistakes: list[str]) -> list[_File]:
    """A file and those it extends, the nearest first."""
    chain = [nearest]
    while isinstance(extends := (chain[-1].table or {}).get("extends"), str) and extends.strip():
        file = chain[-1]
        path = Path(os.path.normpath(file.path.parent / extends))
        place = file.places().get(("extends",), Place(file.path))
        if any(_same(path, other.path) for other in chain):
            way = " -> ".join(str(p) for p in (*(other.path for other in chain), path))
            mistakes.append(f"{place}: `extends` leads in a circle: {way}")
            break
        if "\0" in extends:
            break  # the reader tells
        if not _is_there(path):
            mistakes.append(f"{place}: `extends`: {path}: there is no such file")
            break
        try:
            further = _read(path)
        except UserError as error:
            mistakes += error.lines
            break
        if further.table is None:
            mistakes.append(f"{place}: `extends`: {path}: there is no table [tool.balise]")
            break
        chain.append(further)
    return chain


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return one == other


def _merged(base: Mapping[str, Any], nearer: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged by key, with those of `nearer` last; everything else is replaced."""
    result = {key: value for key, value in base.items() if key not in nearer}
    for key, value in nearer.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        result[key] = _merged(base[key], value) if both else value
    return result


def _leaves(table: Mapping[str, Any], above: Key = ()) -> Iterator[Key]:
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key)
