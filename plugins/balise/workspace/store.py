"""Bytes that are kept between runs in `.balise_cache/`: what is read of each page, and a few larger values.

Nothing here knows what the bytes mean. A damaged or foreign cache is thrown away, never trusted
and never in the way.
"""

import contextlib
import errno
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from balise import __version__
from balise.base.digests import digest
from balise.base.processes import is_running
from balise.workspace.trust import distrust

T = TypeVar("T")
Artifact = Literal["facts", "drafts", "records", "traces", "findings", "printed"]
"""What is kept of each page, in a table of that name: what it says, its HTML, and what was found on it.

Each table is described where it is read and written: `workspace.workspace`, `workspace.records`, `check.trace_store`,
`check.last_report` and `cli.printed`.
"""

Rows = Mapping[str, tuple[bytes, bytes]]
"""Path of a page -> what stands for that which its value counts for, mostly its text, and the value."""

PACKAGE = Path(__file__).parents[1]
STORE_FOLDER = ".balise_cache"
STORE_FILE = "facts.sqlite"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of balise: see https://bford.info/cachedir/\n"
ARTIFACTS: tuple[Artifact, ...] = get_args(Artifact)
TABLES = (
    *(f"CREATE TABLE {name} (path text primary key, hash blob, value blob)" for name in ARTIFACTS),
    "CREATE TABLE blobs (key text primary key, value blob)",
)
"""All that is in the database, as SQLite itself writes it down."""
PAGE_SIZE = 32768
"""Bytes that SQLite reads and writes at once: values of megabytes are chains of such pages."""
NOT_FOR_OTHERS = 0o755
"""Permissions of the folder, of which a `umask` takes more away."""
DEADLINE = 60
"""Seconds after which an operation is given up: no database that balise has made takes that long."""
STEPS = 100_000
"""Steps of SQLite between two looks at the clock."""
WAIT = 0.5
"""Seconds to wait for another run that is writing."""
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CHECK = 4
"""Bytes at the end of each value that tell whether it is whole."""


MARK = 16
"""Bytes of a mark."""
PARSERS = ("markdown_it_py-", "mdit_py_plugins-", "pygments-", "pyyaml-")
"""How the folders begin that tell the versions of what reads and prints pages (PEP 376)."""


def _versions() -> list[str]:
    """The versions of the packages that what is kept depends on, without loading any of them."""
    found = find_spec("markdown_it")
    if found is None or found.origin is None:
        return []
    names = os.listdir(Path(found.origin).parents[1])  # noqa: PTH208 - in every run
    return sorted(n for n in names if n.lower().startswith(PARSERS) and n.endswith(".dist-info"))


def new_mark() -> bytes:
    """A mark for what is kept together: nothing that is kept at another time has the same."""
    return os.urandom(MARK)


@cache
def code() -> bytes:
    """Stands for the version of balise, down to a changed file of a checkout, and of its parsers.

    An installed one has a list of its files with their hashes (PEP 376). What it says of the
    package is the same on every machine, whenever it was installed; of scripts it is not.
    """
    record = PACKAGE.parent / f"balise-{__version__}.dist-info" / "RECORD"
    with contextlib.suppress(OSError):
        rows = record.read_text(encoding="utf-8").splitlines()
        own = [row for row in rows if row.startswith("balise/") and "/__pycache__/" not in row]
        return digest(__version__, msgspec.__version__, _versions(), sorted(own))
    found: list[tuple[str, int, int]] = []
    folders = [str(PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".toml")):
                    status = entry.stat()
                    found.append((entry.path, status.st_size, status.st_mtime_ns))
                elif entry.is_dir() and entry.name != "__pycache__":
                    folders.append(entry.path)
    return digest(__version__, msgspec.__version__, _versions(), sorted(found))


class Store:
    """The store in a folder. Nothing here ever raises for what is wrong with it.

    `trouble` says in a line for people that something could not be kept for want of space; mostly
    it is empty.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / STORE_FOLDER
        self.trouble = ""
        self._connection: sqlite3.Connection | None = None
        self._deadline = 0.0

    @property
    def refusal(self) -> str:
        """Why nothing is taken from the folder or kept in it, as a line for people; mostly empty."""
        return distrust(self.folder)

    def blob(self, key: str) -> bytes | None:
        """A larger value; None if there is none, or none that can be trusted."""

        def read(connection: sqlite3.Connection) -> bytes | None:
            query = "select value from blobs where key = ?"
            row = connection.execute(query, (key,)).fetchone()
            return _whole(row[0]) if row else None

        return self._tried(read)

    def of_page(self, table: Artifact, path: str, digest: bytes | None = None) -> bytes | None:
        """What is kept of the page at `path`, where a digest is given, under that; or None."""

        def read(connection: sqlite3.Connection) -> bytes | None:
            query = f"select value, hash from {table} where path = ?"  # noqa: S608 - ours
            row = connection.execute(query, (path,)).fetchone()
            return _whole(row[0]) if row and digest in (None, row[1]) else None

        return self._tried(read)

    def of_pages(
        self, table: Artifact, digest: bytes | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """What is kept of all pages, by path in order, None where it is damaged; where a digest is given, under that."""

        def read(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
            query = f"select path, value from {table} where ? is null or hash = ? order by path"  # noqa: S608 - ours
            return connection.execute(query, (digest, digest)).fetchall()

        for path, value in self._tried(read) or ():
            yield path, _whole(value)

    def save(
        self,
        blobs: Mapping[str, bytes],
        pages: Mapping[Artifact, Rows] | None = None,
        gone: Iterable[str] = (),
        anew: Iterable[Artifact] = (),
        where: Mapping[str, bytes] | None = None,
    ) -> bool:
        """Keep values, and of `pages` theirs; forget those that are gone, and all that tables had that are made `anew`.

        All of it or nothing: whether it is kept. Nothing is kept but `where` these values are still those of the
        store: another run may have been there meanwhile.
        """
        self.trouble = ""

        def write(connection: sqlite3.Connection) -> bool:
            connection.execute("begin immediate")
            for key, value in (where or {}).items():
                row = connection.execute("select value from blobs where key = ?", (key,)).fetchone()
                if row is None or _whole(row[0]) != value:
                    return False
            dropped = [(path,) for path in gone]
            for table in anew:
                connection.execute(f"delete from {table}")  # noqa: S608 - ours
            for table, found in (pages or {}).items():
                connection.executemany(
                    f"insert or replace into {table} values (?, ?, ?)",  # noqa: S608
                    [(path, key, _checked(value)) for path, (key, value) in found.items()],
                )
            for table in ARTIFACTS if dropped else ():
                connection.executemany(f"delete from {table} where path = ?", dropped)  # noqa: S608
            connection.executemany(
                "insert or replace into blobs values (?, ?)",
                [(key, _checked(value)) for key, value in blobs.items()],
            )
            connection.execute("commit")
            return True

        kept = bool(self._tried(write))
        if self._connection is not None and self._connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("rollback")
        return kept

    def read_file(self, name: str) -> bytes:
        """What is kept in a file beside the database; empty if there is none to be used."""
        if not self.refusal:
            with contextlib.suppress(OSError):
                return (self.folder / name).read_bytes()
        return b""

    def write_file(self, name: str, data: bytes) -> None:
        """Keep a file, whole; what cannot be kept is made anew the next time."""
        if self.refusal or not self.folder.is_dir():
            return
        try:
            self._put(name, data)
        except OSError as error:
            self._note(error)
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)

    def _put(self, name: str, data: bytes) -> None:
        """Write a file, all of it or nothing. Raises OSError."""
        self._sweep(name)
        # A run beside this one must not read half of it, nor write into the same part.
        part = self.folder / f".{name}.{os.getpid()}"
        try:
            part.write_bytes(data)
            part.replace(self.folder / name)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def _sweep(self, name: str) -> None:
        """Remove the parts of a file that killed runs have left."""
        for part in self.folder.glob(f".{name}.*"):
            writer = part.suffix[1:]
            if writer.isdecimal() and not is_running(int(writer)):
                with contextlib.suppress(OSError):
                    part.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _tried(self, work: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """What `work` makes of the database; None where there is no usable one."""
        if self.refusal:
            return None
        self._deadline = time.monotonic() + DEADLINE
        for _ in range(2):
            try:
                return work(self._open())
            except (sqlite3.Error, OSError, TypeError, ValueError) as error:
                self._note(error)
                # Busy, full, or not to be written: a run of its own is none the worse for it.
                if _is_sound(error):
                    return None
                self._throw_away()
        return None

    def _note(self, error: Exception) -> None:
        """Remember for people that there is no space."""
        if reason := _lack_of_space(error):
            self.trouble = f"{self.folder}: what was read could not all be kept: {reason}"

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.folder.mkdir(NOT_FOR_OTHERS, parents=True, exist_ok=True)
            for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)):
                if not (self.folder / name).exists():
                    self._put(name, text.encode())
            self._connection = _connected(self.folder / STORE_FILE)
            self._connection.set_progress_handler(self._is_late, STEPS)
        return self._connection

    def _is_late(self) -> bool:
        return time.monotonic() > self._deadline

    def _throw_away(self) -> None:
        self.close()
        with contextlib.suppress(OSError):
            (self.folder / STORE_FILE).unlink(missing_ok=True)


def _connected(file: Path) -> sqlite3.Connection:
    """The database in a file, without what another version of balise has left in it."""
    connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    try:
        # A cache that a power cut has damaged is thrown away; and its values are large.
        connection.execute(f"pragma page_size = {PAGE_SIZE}")
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma synchronous = off")
        connection.execute("pragma journal_mode = memory")
        found = [sql for (sql,) in connection.execute("select sql from sqlite_schema") if sql]
        if found and sorted(found) != sorted(TABLES):
            raise sqlite3.DatabaseError("there is more in it, or less, than balise has made")
        if not found:
            connection.executescript(";".join(TABLES))
        row = connection.execute("select value from blobs where key = 'code'").fetchone()
        if row is None or row[0] != code():
            connection.executescript(
                ";".join(f"delete from {name}" for name in (*ARTIFACTS, "blobs"))  # noqa: S608
            )
            connection.execute("insert into blobs values ('code', ?)", (code(),))
    except BaseException:
        connection.close()
        raise
    return connection


def _is_sound(error: Exception) -> bool:
    """Whether the file is a cache all the same."""
    name = getattr(error, "sqlite_errorname", "")
    sound = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_READONLY")
    return isinstance(error, OSError) or name.startswith(sound)


def _lack_of_space(error: Exception) -> str:
    """Why something failed if there is no space for it, or no more may be used; else empty."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_IOERR"):
        return str(error)
    number = errno.ENOSPC if name.startswith("SQLITE_FULL") else getattr(error, "errno", None)
    return os.strerror(number).lower() if number in NO_SPACE else ""


def _checked(value: bytes) -> bytes:
    return value + zlib.crc32(value).to_bytes(CHECK)


def _whole(value: bytes) -> bytes | None:
    """A value as it was stored, or None if it is not that any more."""
    body = value[:-CHECK]
    return body if zlib.crc32(body) == int.from_bytes(value[-CHECK:]) else None
