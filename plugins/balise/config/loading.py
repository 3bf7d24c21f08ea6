"""Finding the configuration, reading it with what it extends, and telling all its mistakes."""

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import field

from balise.base.errors import UserError
from balise.base.paths import absolute_path
from balise.base.suggestions import nearest
from balise.config.kinds import RuleCatalog
from balise.config.places import Key, places_of
from balise.config.reading import mistakes_in
from balise.config.settings import Config

FILE_NAMES = ("balise.toml", "pyproject.toml")
LARGEST = 1_000_000
"""Bytes of a file that may still be a configuration."""
SHOWN = 3
"""Settings that are named where a file is that of another tool."""
JOINED = ("extend-select", "extend-ignore")
"""Lists that add up with those of an extended configuration; others are replaced."""


USUAL_FOLDERS = ("guides", "pages")
"""Where the guides are if the configuration does not say."""


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
        """The folder of the collection: the one that is named, or the first usual one that is there."""
        if self.config.guides:
            return self.root / self.config.guides
        usual = [self.root / name for name in USUAL_FOLDERS]
        return next((folder for folder in usual if folder.is_dir()), usual[0])


def load_configuration(start: Path, known: RuleCatalog | None = None) -> Configuration:
    """The configuration that counts for `start`: the nearest one upwards, or the defaults.

    Names and options of rules are judged by what is `known`. Raises UserError with a line for
    every mistake in the file and in those it extends.
    """
    for file in _candidates(start):
        if os.path.lexists(file) and (found := _read(file)):
            return _loaded(found, known)
    return no_configuration(start)


def read_configuration(file: Path, known: RuleCatalog | None = None) -> Configuration:
    """The configuration in a file of any name, and no other but those that it extends.

    Raises UserError as `load_configuration`, and where it is no configuration of balise.
    """
    path = Path(absolute_path(file))
    if path.suffix != ".toml" and path.is_file():
        raise UserError(
            f"{file}: is no configuration of balise, which is a file such as balise.toml"
        )
    found = _read(path)
    if found is None:
        raise UserError(f"{file}: there is no table [tool.balise]")
    if path.name not in FILE_NAMES and (others := _settings_of_others(found.table)):
        names = ", ".join(f"`{name}`" for name in others[:SHOWN]) + (
            ", …" if others[SHOWN:] else ""
        )
        raise UserError(f"{file}: is no configuration of balise, which has no {names}")
    return _loaded(found, known)


def no_configuration(start: Path) -> Configuration:
    """The defaults, which count from the folder `start`."""
    return Configuration(Config(), start.absolute())


def mistakes_of(file: Path, text: str, known: RuleCatalog | None = None) -> list[tuple[Place, str]]:
    """What is wrong with the text of a configuration, each mistake with its place in it.

    Nothing of a `pyproject.toml` without any settings, nor of what a configuration extends.
    """
    try:
        found = _parsed(file, text)
    except tomllib.TOMLDecodeError as error:
        return [_not_toml(file, str(error), text)]
    except (RecursionError, UserError):
        return [(Place(file), "is nested too deeply, or [tool.balise] is no table")]
    return _mistakes(found, known) if found else []


def looked_at(start: Path, configuration: Configuration) -> list[Path]:
    """The files that a configuration for `start` has been read from or looked for in, in vain."""
    root = configuration.root
    return [*configuration.files, *(f for f in _candidates(start) if f.is_relative_to(root))]


def _candidates(start: Path) -> Iterator[Path]:
    start = start.absolute()
    return (folder / name for folder in (start, *start.parents) for name in FILE_NAMES)


@dataclass(frozen=True)
class _File:
    """The settings of one file, which stand in the table `above`."""

    path: Path
    text: str
    table: dict[str, Any]
    above: Key

    @cached_property
    def places(self) -> dict[Key, tuple[int, int]]:
        return places_of(self.text)

    def place(self, key: Key) -> Place:
        """Where a setting stands."""
        return Place(self.path, *self.places.get((*self.above, *key), ()))


def _read(file: Path) -> _File | None:
    """The settings of a file; None of a `pyproject.toml` without any. Raises UserError."""
    text = _text(file)
    try:
        return _parsed(file, text)
    except tomllib.TOMLDecodeError as error:
        place, message = _not_toml(file, str(error), text)
        raise UserError(f"{place}: {message}") from error
    except RecursionError as error:
        raise UserError(f"{file}: is nested too deeply") from error


def _parsed(file: Path, text: str) -> _File | None:
    """As `_read`, of a text; raises what parsing it raises."""
    data = tomllib.loads(text)
    if file.name != "pyproject.toml":
        return _File(file, text, data, ())
    tool = data.get("tool", {})
    if not isinstance(tool, dict) or "balise" not in tool:
        return None
    found = _File(file, text, tool["balise"], ("tool", "balise"))
    if not isinstance(found.table, dict):
        raise UserError(f"{found.place(())}: [tool.balise] must be a table")
    return found


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


def _not_toml(file: Path, message: str, text: str) -> tuple[Place, str]:
    """Where a text is no TOML, and why."""
    place = Place(file)
    if match := AT.search(message):
        place, message = Place(file, int(match[1]), int(match[2])), message[: match.start()]
    elif message.endswith(" (at end of document)"):
        place = Place(file, text.rstrip("\n").count("\n") + 1, 1)
        message = message.removesuffix(" (at end of document)") + " at the end of the file"
    return place, f"is not valid TOML: {message[:1].lower()}{' '.join(message[1:].split())}"


def _loaded(nearest: _File, known: RuleCatalog | None) -> Configuration:
    chain = [nearest]
    broken: tuple[str, ...] = ()
    try:
        while further := _extended(chain):
            chain.append(further)
    except UserError as error:
        broken = error.lines
    mistakes = [
        f"{place}: {message}" for file in chain for place, message in _mistakes(file, known)
    ]
    if mistakes or broken:
        raise UserError(*mistakes, *broken)
    merged: dict[str, Any] = {}
    places: dict[Key, Place] = {}
    for file in reversed(chain):
        table = file.table
        joined = {key: [*merged.get(key, ()), *table[key]] for key in JOINED if key in table}
        merged = _merged(merged, {**table, **joined})
        places |= {key: file.place(key) for key, _ in leaves(table)}
    config = msgspec.convert(merged, Config)
    files = tuple(file.path for file in chain)
    return Configuration(config, nearest.path.parent, nearest.path, files, places)


def _mistakes(file: _File, known: RuleCatalog | None) -> list[tuple[Place, str]]:
    """What is wrong in one file, by its lines."""
    found = [
        (file.place(key), _on_one_line(message)) for key, message in mistakes_in(file.table, known)
    ]
    return sorted(found, key=lambda mistake: (mistake[0].line, mistake[0].column))


def _on_one_line(message: str) -> str:
    """A message without line breaks and other control characters, which a key may have."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message)


def _settings_of_others(table: Mapping[str, Any]) -> list[str]:
    """The names of a table that can be no slips, if they are most of it."""
    own = [field.encode_name for field in msgspec.structs.fields(Config)]
    others = [name for name in table if name not in own and nearest(name, own) is None]
    return others if len(others) > len(table) / 2 else []


def _extended(chain: Sequence[_File]) -> _File | None:
    """What the last file of a chain extends, if anything. Raises UserError where it cannot."""
    file = chain[-1]
    extends = file.table.get("extends")
    if not isinstance(extends, str) or not extends.strip() or "\0" in extends:
        return None  # where that is wrong, the reader tells
    path = Path(os.path.normpath(file.path.parent / extends))
    setting = f"{file.place(('extends',))}: `extends`"
    if any(_same(path, other.path) for other in chain):
        way = " -> ".join(str(p) for p in (*(other.path for other in chain), path))
        raise UserError(f"{setting} leads in a circle: {way}")
    if not os.path.lexists(path):
        raise UserError(f"{setting}: {path}: there is no such file")
    if (found := _read(path)) is None:
        raise UserError(f"{setting}: {path}: there is no table [tool.balise]")
    return found


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


def leaves(table: Mapping[str, Any], above: Key = ()) -> Iterator[tuple[Key, Any]]:
    """The values in a table and the tables in it, each with its key."""
    for name, value in table.items():
        key = (*above, name)
        if isinstance(value, dict) and value:
            yield from leaves(value, key)
        else:
            yield key, value
