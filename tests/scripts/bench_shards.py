"""What shards cost, and that a site and a report that are merged are those of one run, byte by byte.

Each job begins with nothing, as on a machine of its own. It takes a folder of guides, how many shards there
are, and `read` where they are read in a first round.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.built_files import files
from tests.scripts.bench_commands import Cost, run
from tests.scripts.bench_site import QUIET, project

BALISE = [sys.executable, "-m", "balise"]
REPORT = "report.json"


def job(folder: Path, *arguments: str) -> Cost:
    """Run a command on a machine that has not seen the project."""
    for left in ("site", ".balise_cache"):
        shutil.rmtree(folder / left, ignore_errors=True)
    return run([*BALISE, *arguments], folder)


def jobs(folder: Path, of: int, *, read: bool) -> Iterator[tuple[str, Cost]]:
    """The jobs of all shards, whose archives are left in `archives`, with what each costs."""
    for left in ("read", "archives"):
        (folder / left).mkdir()
    rounds = [("read", ["--only-read"])] if read else []
    for name, options in (*rounds, ("archives", [])):
        for number in range(1, of + 1):
            shard = f"{number}/{of}"
            shutil.rmtree(folder / "shards", ignore_errors=True)
            shutil.copytree(folder / "read", folder / "shards")
            cost = job(folder, "build", "-q", "--shard", shard, *options)
            file = f"shard-{number}-of-{of}.balise"
            shutil.move(folder / "shards" / file, folder / name / file)
            yield f"{'read' if options else 'shard'} {shard}", cost


def say(name: str, cost: Cost) -> None:
    """Print a line of the table."""
    print(f"{name:<24}{cost.cpu:>8.1f}{cost.wall:>8.1f}{cost.memory:>7.0f}", flush=True)


def main(guides: Path, of: int, *, read: bool) -> int:
    """Measure and print; 1 where something is not the same."""
    os.environ.update(QUIET)
    print(f"{'':<24}{'CPU s':>8}{'wall s':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = project(guides, Path(scratch))
        for name, cost in jobs(folder, of, read=read):
            say(name, cost)
        tell = ["-q", "--exit-zero", "--output", f"json={REPORT}"]
        say("merge", job(folder, "merge", "archives", *tell))
        report, site = (folder / REPORT).read_bytes(), files(folder / "site")
        archives = sum(file.stat().st_size for file in (folder / "archives").iterdir())
        say("build in one piece", job(folder, "build", "-q"))
        same = files(folder / "site") == site
        say("check in one piece", job(folder, "check", *tell))
        same = same and (folder / REPORT).read_bytes() == report
    print(
        f"archives: {archives / 1e6:.0f} MB; site and report are {'the same' if same else 'OTHERS'}"
    )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), read="read" in sys.argv[3:]))
