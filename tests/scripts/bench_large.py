"""`make bench-large`: checks of 5,000 and of 50,000 pages: cold, warm, and after one text has changed.

    python -m tests.scripts.bench_large [PAGES...] [--site]

The collections are copies of `BALISE_CORPUS` (see `tests.scripts.large_collection`). Memory is that of all
processes together, of which each page of memory counts once, as far as that is seen once in `EVERY` seconds.
With `--site`, it is built as well: from nothing, and again.
"""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.helpers.support import ROOT, find_corpus
from tests.scripts.bench_commands import BALISE, CHECK, ENVIRONMENT
from tests.scripts.large_collection import make

SIZES = (5_000, 50_000)
EVERY = 0.5
SITE = """site_name: Guides
site_url: https://example.com/
theme:
  name: material
plugins:
  - balise
"""


class Cost(msgspec.Struct, frozen=True):
    """Seconds of one run, and the most memory that its processes took together, in MB."""

    cpu: float
    wall: float
    memory: float


def processes_below(pid: int) -> list[int]:
    """A process and all that it has begun, as /proc tells."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += processes_below(int(child))
    except OSError:
        pass
    return found


def memory_of(pid: int) -> float:
    """MB of a process, of shared pages its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, without what it says."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdin=quiet, stdout=quiet, stderr=quiet
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(memory_of, processes_below(process.pid))))
        time.sleep(min(EVERY, 0.02 + (time.monotonic() - start) / 20))
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, peak)


def measure(project: Path, *, site: bool) -> dict[str, Cost]:
    """What the commands cost in a project, by what they do."""
    page = min(project.glob("pages/**/guide.fr-fr.md"))

    def changed() -> Cost:
        with page.open("a", encoding="utf-8") as file:
            file.write("\nOne more line.\n")
        return run(CHECK, project)

    costs = {
        "cold": run(CHECK, project),
        "nothing changed": run(CHECK, project),
        "one text changed": changed(),
        "another one": changed(),
    }
    if site:
        build = (*BALISE, "build", "--quiet")
        (project / "docs").mkdir()
        (project / "docs" / "index.md").write_text("# Guides\n", encoding="utf-8")
        (project / "mkdocs.yml").write_text(SITE, encoding="utf-8")
        costs |= {"site": run(build, project), "site, nothing changed": run(build, project)}
    return costs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int, nargs="*", default=SIZES)
    parser.add_argument("--site", action="store_true")
    asked = parser.parse_args()
    guides = find_corpus() or ROOT / "guides"
    guides = guides / "pages" if (guides / "pages").is_dir() else guides
    print(f"{os.cpu_count()} cores, copies of {guides}\n")
    print(f"{'pages':>8}  {'command':<24}{'CPU s':>8}{'wall s':>8}{'MB':>7}")
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as scratch:
            count = make(guides, Path(scratch), pages)
            for name, cost in measure(Path(scratch), site=asked.site).items():
                row = f"{cost.cpu:>8.2f}{cost.wall:>8.2f}{cost.memory:>7.0f}"
                print(f"{count:>8,}  {name:<24}{row}", flush=True)


if __name__ == "__main__":
    main()
