"""The commands as a user runs them: cold, warm, with something changed; beside other tools.

All run in turn on a copy of the guides, round after round, so that they meet the same machine. Of
the other tools those are run that are on the PATH, or named by a variable: RUMDL, LYCHEE (which
checks links to files, and nothing else) and MARKDOWNLINT_CLI2.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 3
BALISE = (sys.executable, "-m", "balise.cli")
CHECK = (*BALISE, "check", "--output-format", "concise")
TITLE = re.compile(r"^title:.*", re.MULTILINE)
SIZES = (500, 1000, 2000, 4000)


@dataclass(frozen=True)
class Cost:
    """Seconds of one run, and how much memory its largest process took, in MB."""

    cpu: float
    wall: float
    memory: float


ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""That of a user, to whom pip has installed compiled modules."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, without what it says."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, used.ru_maxrss / 1024)


@dataclass(frozen=True)
class Measured:
    """A command, and what is done before it, which is not measured."""

    command: Sequence[str]
    prepare: Callable[[], None] = lambda: None


def commands(guides: Path) -> dict[str, Measured]:
    """What is measured, by name."""
    page = max(guides.rglob("guide.*.md"), key=lambda file: file.stat().st_size)
    count = iter(range(10**6))

    def without(cache: str) -> Callable[[], None]:
        return lambda: shutil.rmtree(guides.parent / cache, ignore_errors=True)

    def one_page() -> None:
        with page.open("a", encoding="utf-8") as file:
            file.write("\nOne more line.\n")

    def one_title() -> None:
        text = page.read_text(encoding="utf-8")
        page.write_text(TITLE.sub(f"title: Title {next(count)}", text, count=1), encoding="utf-8")

    def new_page() -> None:
        file = page.parent.parent / f"new-{next(count)}" / page.name
        file.parent.mkdir()
        file.write_text(f"---\ntitle: New\nslug: {file.parent.name}\n---\n\nText.\n")

    found = {
        "balise, cold": Measured([*CHECK, "guides"], without(".balise_cache")),
        "balise, nothing changed": Measured([*CHECK, "guides"]),
        "balise, one text changed": Measured([*CHECK, "guides"], one_page),
        "balise, one title changed": Measured([*CHECK, "guides"], one_title),
        "balise, one page more": Measured([*CHECK, "guides"], new_page),
        "balise --version": Measured([*BALISE, "--version"]),
    }
    if rumdl := tool("rumdl"):
        found["rumdl, cold"] = Measured([rumdl, "check", "guides"], without(".rumdl_cache"))
        found["rumdl, nothing changed"] = Measured([rumdl, "check", "guides"])
    if lychee := tool("lychee"):
        found["lychee --offline"] = Measured(
            [lychee, "--offline", "--no-progress", "guides/**/*.md"]
        )
    if markdownlint := tool("markdownlint-cli2"):
        found["markdownlint-cli2"] = Measured([markdownlint, "guides/**/*.md"])
    return found


def tool(name: str) -> str | None:
    """The path of another tool, if it is there."""
    return os.environ.get(name.upper().replace("-", "_")) or shutil.which(name)


def copied(folder: Path, to: Path, most: int | None = None) -> Path:
    """A copy of a collection with at most so many pages, with a configuration beside it."""
    guides = to / "guides"
    shutil.copytree(folder, guides, ignore=shutil.ignore_patterns(".balise_cache"))
    pages = sorted(guides.rglob("guide.*.md"), key=lambda file: str(file)[::-1])
    for page in pages[most:] if most is not None else []:
        page.unlink()
    (to / "balise.toml").write_text("", encoding="utf-8")
    return guides


def main(folder: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        guides = copied(folder, Path(scratch))
        costs: dict[str, list[Cost]] = {}
        measures = commands(guides)
        for _ in range(ROUNDS):
            for name, measured in measures.items():
                measured.prepare()
                costs.setdefault(name, []).append(run(measured.command, guides.parent))
    for name in ("rumdl", "lychee", "markdownlint-cli2"):
        if tool(name) is None:
            print(f"{name} is not here: put it on the PATH to see it in the table")
    print(f"\n{'command':<28}{'CPU s':>8}{'wall s':>8}{'MB':>7}")
    for name, runs in costs.items():
        middle = [
            median(getattr(cost, what) for cost in runs) for what in ("cpu", "wall", "memory")
        ]
        print(f"{name:<28}{middle[0]:>8.2f}{middle[1]:>8.2f}{middle[2]:>7.0f}")
    print(f"\n{'guides':<28}{'cold':>8}{'warm':>8}   CPU s")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            guides = copied(folder, Path(scratch), size)
            command = [*CHECK, "guides"]
            cold, warm = run(command, guides.parent), run(command, guides.parent)
        print(f"{size:<28,}{cold.cpu:>8.2f}{warm.cpu:>8.2f}")
