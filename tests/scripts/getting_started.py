"""`docs/getting-started.md`, carried out line by line in an empty folder, as its reader does.

`python -m tests.scripts.getting_started [WHEEL]` installs that wheel, or one that it makes, where
the page installs balise. Code with a `title` is a file that the reader writes. A block of `sh` is run,
and must end with status 0. A block of `console` is what a terminal shows: behind `$ ` what is typed,
below it what is printed. `mkdocs serve` runs until the addresses in the next paragraph answer.
"""

import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from msgspec import Struct

from tests.helpers.support import ROOT

PAGE = ROOT / "docs" / "getting-started.md"
TITLE = re.compile(r'title="([^"]+)"')
LOCAL = re.compile(r"http://127\.0\.0\.1:\d+/[\w./-]*")
INSTALLED = re.compile(r"'(balise\[site\])'")
"""What pip would take from a registry."""
FOREVER = "mkdocs serve"
PATIENCE = 60
"""Seconds until a served page must answer."""


class Step(Struct, frozen=True):
    """A block of code of the page: its line there, its language, the file that it is, if any."""

    line: int
    language: str
    file: str
    text: str
    addresses: tuple[str, ...]


class Terminal:
    """One shell, in which every step of the page is run: what a step sets is there in the next."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder
        self.wheel = wheel
        unset = {"VIRTUAL_ENV", "BALISE_CORPUS"}
        self.environment = {k: v for k, v in os.environ.items() if k not in unset}
        self.environment |= {
            "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
        }
        self.state = folder.parent / "state"
        self.state.touch()

    def run(self, command: str) -> tuple[int, str]:
        """The status and the output of a command."""
        state = shlex.quote(str(self.state))
        command = INSTALLED.sub(rf"'\1 @ {self.wheel.as_uri()}'", command)
        script = f"set -a; . {state}\n{command}\nstatus=$?; export -p > {state}; exit $status"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def serve(self, command: str, addresses: tuple[str, ...]) -> None:
        """Run a server until each of the addresses has answered. Raises OSError."""
        script = f". {shlex.quote(str(self.state))}; exec {command}"
        with subprocess.Popen(
            ["bash", "-c", script], cwd=self.folder, env=self.environment, stderr=subprocess.PIPE
        ) as server:
            try:
                assert server.stderr is not None
                served = (line for line in server.stderr if b"Serving on" in line)
                next(served, None)
                for address in addresses:
                    urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310
            finally:
                server.terminate()
                server.communicate()


def steps_of(text: str) -> Iterator[Step]:
    """The blocks of code of the page, in order."""
    tokens = MarkdownIt().parse(text)
    for at, token in enumerate(tokens):
        if token.type != "fence" or token.map is None:
            continue
        title = TITLE.search(token.info)
        language = token.info.split()[0] if token.info else ""
        after = next((t.content for t in tokens[at:] if t.type == "inline"), "")
        addresses = tuple(LOCAL.findall(after))
        yield Step(token.map[0] + 1, language, title[1] if title else "", token.content, addresses)


def carry_out(step: Step, terminal: Terminal) -> str:
    """Do what a step says; what is wrong with it, or nothing."""
    if step.file:
        file = terminal.folder / step.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step.text, encoding="utf-8")
    elif step.text.strip() == FOREVER:
        terminal.serve(FOREVER, step.addresses)
    elif step.language == "sh":
        status, output = terminal.run(step.text)
        return f"ended with {status}:\n{output}" if status else ""
    elif step.language == "console":
        typed, _, expected = step.text.removeprefix("$ ").partition("\n")
        _, output = terminal.run(typed)
        lines = difflib.unified_diff(
            expected.splitlines(), output.splitlines(), "the page", "the terminal", lineterm=""
        )
        return "\n".join(lines)
    return ""


def main() -> None:
    """Carry the page out, and end with status 1 at the first step that is not as it says."""
    with tempfile.TemporaryDirectory() as scratch:
        if sys.argv[1:]:
            wheel = Path(sys.argv[1]).absolute()
        else:
            subprocess.run(
                [sys.executable, "-m", "build", "--wheel", "--outdir", scratch, ROOT],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            (wheel,) = Path(scratch).glob("*.whl")
        folder = Path(scratch, "empty")
        folder.mkdir()
        terminal = Terminal(folder, wheel)
        steps = list(steps_of(PAGE.read_text(encoding="utf-8")))
        for step in steps:
            if wrong := carry_out(step, terminal):
                sys.exit(f"{PAGE.relative_to(ROOT)}:{step.line}: {wrong}")
    print(f"{PAGE.relative_to(ROOT)}: all of {len(steps)} steps are as it says")


if __name__ == "__main__":
    main()
