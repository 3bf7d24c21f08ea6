"""A command in a copy of this process, with a fault at the Nth time that it turns to the disk.

A step is an event of Python's audit (PEP 578) about a path below the working folder: a file that is
opened, a folder that is listed, a file that is renamed, linked or removed; and besides a statement
of SQLite that changes something, and an `fsync`. What the programs do that a command starts, and
its worker processes, is none.
"""

import errno
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

Kind = Literal["kill", "tear", "fill", "fail", "slow", "act", "none"]
"""What happens at a step: the process is killed before it, or when a file that it opens is written
by half; no space is left for it nor for later ones, or for it alone; each such takes a while;
somebody else does something meanwhile; or nothing."""

CHANGED: Mapping[str, int] = {
    "os.rename": 1,
    "os.link": 1,
    "os.symlink": 1,
    "os.mkdir": 0,
    "os.remove": 0,
    "os.rmdir": 0,
    "os.chmod": 0,
    "os.chown": 0,
    "os.truncate": 0,
    "sqlite3.connect": 0,
}
"""The events that change the disk, each with the argument that is the path which changes."""
LISTED = ("os.scandir", "os.listdir")
TAKE_SPACE = ("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "fsync")
"""The steps that fail on a full disk."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STATEMENTS = ("create", "insert", "delete", "commit")
"""The statements of SQLite that change something."""
KILLED = 137
"""The status of a process that a fault has ended, as a shell says it."""
NAP = 0.002
"""Seconds that a slow disk takes."""


@dataclass(frozen=True)
class Fault:
    """A fault at the step of this number, from 1. For one that acts, reading is a step as well."""

    kind: Kind
    at: int = 1
    act: Callable[[], object] = int


NO_FAULT = Fault("none")


@dataclass(frozen=True)
class Ended:
    """How a command ended, what it said, and the steps that it has come to."""

    status: int
    out: str
    err: str
    steps: tuple[str, ...]


def run_with(
    fault: Fault, main: Callable[[], object], folder: Path, environment: Mapping[str, str]
) -> Ended:
    """Call `main` in a copy of this process whose working folder is `folder`.

    No other thread may be running.
    """
    files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115 - closed below
    out, err, log = files
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if not process:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.setsid()
        os.chdir(folder)
        os.environ.update(environment)
        _strike(fault, str(folder), log.fileno())
        _end(main)
    _, ended = os.waitpid(process, 0)
    said: list[str] = []
    for file in files:
        file.seek(0)
        said.append(file.read().decode("utf-8", "replace"))
        file.close()
    return Ended(os.waitstatus_to_exitcode(ended), said[0], said[1], tuple(said[2].splitlines()))


def _end(main: Callable[[], object]) -> NoReturn:
    """In the copy: do it, and end as Python does."""
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(status if isinstance(status, int) else 0 if status is None else 1)


def _strike(fault: Fault, folder: str, log: int) -> None:
    """In the copy: from now on the fault lies in wait for what is below a folder."""
    owner = os.getpid()
    count = 0

    def step(name: str, path: str, tear: Callable[[], object] = int) -> None:
        nonlocal count
        if os.getpid() != owner:
            return
        count += 1
        os.write(log, f"{name} {os.path.relpath(path, folder)}\n".encode())
        struck = count == fault.at
        if fault.kind == "slow":
            time.sleep(NAP)
        elif struck and fault.kind in ("kill", "tear"):
            if fault.kind == "tear":
                tear()
            os._exit(KILLED)
        elif struck and fault.kind == "act":
            count += 10**9  # what it does itself is no step
            fault.act()
        elif (fault.kind == "fill" and count >= fault.at) or (fault.kind == "fail" and struck):
            if name == "sqlite3.connect":
                raise sqlite3.OperationalError("unable to open database file")
            if name in TAKE_SPACE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        reads = event in LISTED
        if event == "open":
            reads = isinstance(arguments[2], int) and not arguments[2] & WRITING
        elif event not in CHANGED and not reads:
            return
        path = arguments[CHANGED.get(event, 0)]
        if reads > (fault.kind == "act") or not isinstance(path, (str, bytes, os.PathLike)):
            return
        whole = os.path.normpath(Path(folder, os.fsdecode(path)))
        there = event == "os.mkdir" and Path(whole).exists()
        if whole.startswith(folder + os.sep) and not there:
            step(event, whole, lambda: _tear(event, whole, arguments))

    def note(sql: str) -> None:
        if sql.split()[0].lower() in STATEMENTS:
            step(f"sql {sql.strip()[:40]}", folder)

    fsync, connect = os.fsync, sqlite3.connect

    def stepping_fsync(descriptor: int) -> None:
        step("fsync", folder)
        fsync(descriptor)

    def stepping_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(note)
        return connection

    vars(os)["fsync"] = stepping_fsync
    vars(sqlite3)["connect"] = stepping_connect
    sys.addaudithook(hook)


def _tear(event: str, path: str, arguments: tuple[Any, ...]) -> None:
    """Do by half what was to be done to a file; what is not opened is changed at once."""
    if event == "open":
        anew = arguments[2] & (os.O_CREAT | os.O_TRUNC)
        with Path(path).open("wb" if anew else "r+b") as file:
            file.write(b"half")
