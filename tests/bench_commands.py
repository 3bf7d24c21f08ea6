"""The commands as a user runs them: cold, warm, with one changed page; beside rumdl if it is there.

All run in turn on a copy of the guides, round after round, so that they meet the same machine.
"""

import os
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
SIZES = (500, 1000, 2000, 4000)


@dataclass(frozen=True)
class Cost:
    """Seconds of one run, and how much memory its largest process took, in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, without what it says."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, after.ru_maxrss / 1024)


def commands(guides: Path) -> dict[str, tuple[Callable[[], None], list[str]]]:
    """What is measured: what to do before, and the command."""
    balise = [sys.executable, "-m", "balise.cli", "check", "--output-format", "json", "guides"]
    cache = guides.parent / ".balise_cache"
    page = max(guides.rglob("guide.*.md"), key=lambda file: file.stat().st_size)

    def cold() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def nothing() -> None:
        pass

    def one_page() -> None:
        with page.open("a", encoding="utf-8") as file:
            file.write("\nOne more line.\n")

    found: dict[str, tuple[Callable[[], None], list[str]]] = {
        "balise, cold": (cold, balise),
        "balise, nothing changed": (nothing, balise),
        "balise, one page changed": (one_page, balise),
        "balise --version": (nothing, [sys.executable, "-m", "balise.cli", "--version"]),
    }
    if rumdl := os.environ.get("RUMDL") or shutil.which("rumdl"):

        def cold_rumdl() -> None:
            shutil.rmtree(guides.parent / ".rumdl_cache", ignore_errors=True)

        found["rumdl, cold"] = (cold_rumdl, [rumdl, "check", "guides"])
        found["rumdl, nothing changed"] = (nothing, [rumdl, "check", "guides"])
    return found


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
        for _ in range(ROUNDS):
            for name, (prepare, command) in commands(guides).items():
                prepare()
                costs.setdefault(name, []).append(run(command, guides.parent))
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
            command = commands(guides)["balise, cold"][1]
            cold, warm = run(command, guides.parent), run(command, guides.parent)
        print(f"{size:<28}{cold.cpu:>8.2f}{warm.cpu:>8.2f}")
