"""What was read of pages and found on them, kept between runs in `.balise_cache/`.

A row of a page counts as long as its bytes are the same; what was found on it as long as, besides,
nothing changed that its rules have looked at: the pages they opened, which are recorded, and the
collection's structure, which is one digest. A damaged or foreign cache is thrown away.
"""

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from balise import __version__
from balise.findings import Finding
from balise.reading import ENCODER, PAGE_FACTS, Facts

FOLDER = ".balise_cache"
FILE = "facts.sqlite"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of balise: see https://bford.info/cachedir/\n"
SCHEMA = """
create table if not exists pages (
    path text primary key, hash blob, entry blob, facts blob, findings blob, check_ integer
) without rowid;
create table if not exists meta (key text primary key, value blob) without rowid;
"""
WAIT = 0.5
"""Seconds to wait for another run that is writing."""


class Entry(msgspec.Struct, array_like=True):
    """What is needed of every page in every run.

    `values` are those of the front matter, `folders` the ones that its pictures and links point
    into, `lines` the offsets where its lines start, `length` that of its text. `uses` stands for
    the pictures and files that it names; `silences` is whether there are comments for balise.
    """

    values: dict[str, str]
    folders: list[str]
    lines: tuple[int, ...]
    length: int
    uses: bytes
    silences: bool


class Found(msgspec.Struct, array_like=True):
    """What the rules found on a page, and the other pages that they looked at for it."""

    findings: list[Finding]
    seen: list[str]


ENTRY = msgspec.msgpack.Decoder(Entry)
FOUND = msgspec.msgpack.Decoder(Found | None)


@dataclass(slots=True)
class Row:
    """One page in the cache; `found` is None where its findings no longer count."""

    hash: bytes
    entry: Entry
    facts: bytes | None = None
    found: Found | None = None


def digest(*parts: object) -> bytes:
    """16 bytes that stand for the parts."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).digest()


@cache
def code() -> bytes:
    """Stands for the version of balise, down to a changed file of a checkout."""
    root = Path(str(files("balise")))
    stats = (
        (path.name, found.st_size, found.st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.suffix in (".py", ".toml") and (found := path.stat())
    )
    return digest(__version__, msgspec.__version__, list(stats))


class Cache:
    """The cache in a folder. Nothing here ever raises for what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.connection: sqlite3.Connection | None = None

    def load(self) -> dict[str, Row]:
        """All rows by path, without their facts; none where there is no usable cache."""
        for _ in range(2):
            try:
                return self._load()
            except (sqlite3.Error, OSError, msgspec.MsgspecError, ValueError, EOFError):
                self._throw_away()
        return {}

    def _load(self) -> dict[str, Row]:
        self._open()
        connection = self.connection
        if connection is None:
            return {}
        stored = connection.execute("select value from meta where key = 'code'").fetchone()
        if stored is None or stored[0] != code():
            connection.executescript("delete from pages; delete from meta;")
            return {}
        rows: dict[str, Row] = {}
        query = "select path, hash, entry, findings, check_ from pages"
        for path, hash_, entry, findings, check in connection.execute(query):
            if zlib.crc32(findings, zlib.crc32(entry, zlib.crc32(hash_))) != check:
                raise ValueError("damaged")
            rows[path] = Row(hash_, ENTRY.decode(entry), None, FOUND.decode(findings))
        return rows

    def _open(self) -> None:
        if self.connection is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)):
            if not (self.folder / name).exists():
                (self.folder / name).write_text(text, encoding="utf-8")
        self.connection = sqlite3.connect(self.folder / FILE, timeout=WAIT, isolation_level=None)
        self.connection.execute("pragma synchronous = off")
        self.connection.executescript(SCHEMA)

    def _throw_away(self) -> None:
        self.close()
        with contextlib.suppress(OSError):
            (self.folder / FILE).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self.connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self.connection.close()
        self.connection = None

    def reopen(self) -> None:
        """Take hold of the file again, as far as that is possible."""
        with contextlib.suppress(sqlite3.Error, OSError):
            self._open()

    def meta(self, key: str) -> bytes | None:
        """A value that was kept beside the pages."""
        try:
            if self.connection is None:
                return None
            row = self.connection.execute("select value from meta where key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def facts(self, path: str) -> Facts | None:
        """The facts of a page, or None where they cannot be had."""
        try:
            if self.connection is None:
                return None
            row = self.connection.execute(
                "select facts from pages where path = ?", (path,)
            ).fetchone()
            if row is None or zlib.crc32(row[0][:-4]) != int.from_bytes(row[0][-4:]):
                return None
            return PAGE_FACTS.decode(row[0][:-4])
        except (sqlite3.Error, msgspec.MsgspecError, ValueError):
            return None

    def store(
        self, rows: Mapping[str, Row], gone: Iterable[str], meta: Mapping[str, bytes]
    ) -> None:
        """Keep changed rows and values, drop pages that are gone; all of it or nothing."""
        if self.connection is None:
            return
        try:
            self.connection.execute("begin immediate")
            self.connection.executemany(
                "delete from pages where path = ?", [(path,) for path in gone]
            )
            for path, row in rows.items():
                _write(self.connection, path, row)
            everything = {**meta, "code": code()}
            self.connection.executemany(
                "insert or replace into meta values (?, ?)", list(everything.items())
            )
            self.connection.execute("commit")
        except (sqlite3.Error, OSError):
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("rollback")


def _write(connection: sqlite3.Connection, path: str, row: Row) -> None:
    entry = ENCODER.encode(row.entry)
    found = ENCODER.encode(row.found)
    check = zlib.crc32(found, zlib.crc32(entry, zlib.crc32(row.hash)))
    if row.facts is None:
        connection.execute(
            "update pages set hash = ?, entry = ?, findings = ?, check_ = ? where path = ?",
            (row.hash, entry, found, check, path),
        )
        return
    facts = row.facts + zlib.crc32(row.facts).to_bytes(4)
    connection.execute(
        "insert or replace into pages values (?, ?, ?, ?, ?, ?)",
        (path, row.hash, entry, facts, found, check),
    )
