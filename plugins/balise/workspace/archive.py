"""The archive of a shard: one file that carries what a job has made to the next one.

It is a zip file of named parts, so that each part has a checksum and any tool lists what is there. The
first part is the header, in JSON. Nothing here knows what the other parts mean.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from balise import __version__
from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.workspace.division import Shard
from balise.workspace.store import code
from balise.workspace.trust import distrust_tracked

T = TypeVar("T")

ENDING = ".balise"
HEADER = "header.json"
FORMAT = 1
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of all parts: the first that such a file can tell."""
COMPRESSION = 1
"""How hard parts are compressed, from 1 to 9: archives shrink to a third by the least."""
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError)


class Header(msgspec.Struct, frozen=True):
    """What an archive is: made of a `shard` by the version `balise` with this `code`, in a project's `folder`.

    `pages` are those of the shard. It has what was found on them if they were `checked`, and the files
    that were made of them if it has a part of a `site`.
    """

    shard: Shard
    folder: str
    pages: list[str]
    checked: bool
    site: bool
    balise: str = __version__
    code: bytes = msgspec.field(default_factory=code)
    format: int = FORMAT


class Archive:
    """An archive in a file. What cannot be read of it is a UserError that names the file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @cached_property
    def header(self) -> Header:
        """What it is."""
        try:
            return msgspec.json.decode(self.part(HEADER), type=Header)
        except msgspec.MsgspecError as error:
            raise self.damaged() from error

    def part(self, name: str) -> bytes:
        """A part by its name."""
        try:
            return self._zip.read(name)
        except DAMAGES as error:
            raise self.damaged() from error
        except OSError as error:
            raise UserError(f"{self}: cannot be read: {error.strerror or error}") from error

    def parts(self, prefix: str) -> Iterator[bytes]:
        """The parts whose names begin so, in their order."""
        yield from (self.part(name) for name in self.names if name.startswith(prefix))

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return self._zip.namelist()

    def decoded(self, name: str, decode: Callable[[bytes], T]) -> T:
        """What a part says. Raises UserError where `decode` raises msgspec.MsgspecError or ValueError."""
        try:
            return decode(self.part(name))
        except (msgspec.MsgspecError, ValueError) as error:
            raise self.damaged() from error

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.file)
        except DAMAGES as error:
            raise self.damaged() from error
        except OSError as error:
            raise UserError(f"{self}: cannot be read: {error.strerror or error}") from error

    def damaged(self) -> UserError:
        """Says that it cannot be used."""
        return UserError(f"{self}: is damaged, or no archive of a shard: make this shard again")

    def __str__(self) -> str:
        """The file, as it is seen from here."""
        return path_here(str(self.file))


def archives_in(folder: Path) -> list[Archive]:
    """The archives in a folder, at any depth. Raises UserError where these are not to be believed."""
    files = sorted(folder.rglob(f"*{ENDING}"))
    for above in sorted({file.parent for file in files}):
        if reason := distrust_tracked(above.absolute()):
            raise UserError(reason)
    return [Archive(file) for file in files]


def archive_file(folder: Path, shard: Shard) -> Path:
    """Where the archive of a shard is in a folder."""
    return folder / f"shard-{shard.number}-of-{shard.of}{ENDING}"


def write_archive(folder: Path, header: Header, parts: Iterable[tuple[str, bytes]]) -> Path:
    """Write the archive of a shard into a folder, all of it or nothing; its file. Raises UserError."""
    file = archive_file(folder, header.shard)
    part = file.with_name(f".{file.name}.part")
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        with zipfile.ZipFile(part, "w") as archive:
            for name, content in chain([(HEADER, msgspec.json.encode(header))], parts):
                entry = zipfile.ZipInfo(name, LONG_AGO)
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, COMPRESSION)
        part.replace(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path_here(str(file))}: cannot be written: {reason}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return file
