"""Running the command line as a user does: in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.forked import can_fork, run_copy

SECONDS = 60
PICTURE = "GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
"""A picture of one pixel that is a text as well; browsers show it by the name of a PNG, too."""


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


def balise(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> Ran:
    """Run `balise` with these arguments in the folder `cwd`."""
    return _run("balise", list(map(str, arguments)), cwd, stdin, environment)


def mkdocs(*arguments: str | Path, cwd: Path, **environment: str) -> Ran:
    """Run `mkdocs` with these arguments in the folder `cwd`, without its notices."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return _run("mkdocs", list(map(str, arguments)), cwd, b"", quiet | environment)


def _run(
    program: str, arguments: list[str], cwd: Path, stdin: bytes, environment: dict[str, str]
) -> Ran:
    """Run a program; as a copy of a process that has imported it, where that is the same to a user."""
    whole = {**os.environ, "PYTHONUTF8": "1", **environment}
    if not can_fork(whole):
        return run([sys.executable, "-m", program, *arguments], cwd, stdin, environment)
    done = run_copy(program, arguments, cwd, stdin, whole, SECONDS)
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run(command: list[str], cwd: Path, stdin: bytes, environment: dict[str, str]) -> Ran:
    """Run a command to its end."""
    done = subprocess.run(
        command,
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def write_pages(folder: Path, pages: dict[str, str]) -> Path:
    """Write pages below `folder`, as they are, and give the folder back."""
    for name, text in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    return folder
