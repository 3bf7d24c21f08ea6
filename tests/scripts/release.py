"""`make package`: the source and the wheel of a release, made twice, read by twine, installed and tried.

They are left in `dist/`, with the bill of materials of the wheel. It ends with status 1 at the first
thing that is not as it should be.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from balise import __version__
from balise.rules import ALL_RULES
from tests.helpers.contract import RECORD, contract
from tests.helpers.support import ROOT
from tests.scripts.hash_constraints import HASHED, hashes_of
from tests.scripts.sbom import bill, packages_of

DIST = ROOT / "dist"
COPIES = {"first": 0, "a copy that is older": 100_000_000}
"""Where a release is built from, and how many seconds old the files are there."""
HEADING = re.compile(r"^## (\S+) - \d{4}-\d{2}-\d{2}$", re.MULTILINE)
GUIDE = """\
---
title: Settings
---

## Servers

Incoming mail with SSL enabled uses port 993. See [the servers](#server).

|Server|Port with SSL|
|---|---|
|Incoming|995|
"""
EXPECTED = """\
guide.en-gb.md:7:51: error `#server` is not an anchor of this page; nearest is `#servers` (line 5) (unresolved-anchor)
guide.en-gb.md:11:11: error the table says port 995 for incoming mail with SSL/TLS, the text of this section says 993 (port-table-contradicts-prose)
"""


def run(
    *command: str | Path, cwd: Path = ROOT, statuses: Sequence[int] = (0,), **variables: str
) -> str:
    """What a command says on stdout; stderr is passed on. Raises SystemExit for another status."""
    limits = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt"), "PYTHONUTF8": "1"}
    environment = {**os.environ, **limits, **variables}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode not in statuses:
        sys.exit(f"{done.stdout}\n{' '.join(map(str, command))} ended with {done.returncode}")
    return done.stdout


def check(wrong: bool, what: str) -> None:
    """Raises SystemExit, with `what`, if it is wrong."""
    if wrong:
        sys.exit(what)


def built(folder: Path, made: int) -> tuple[Path, Path]:
    """The source and the wheel as of the time `made`, which are the same from any copy of the checkout."""
    first, second = (_built_from_copy(folder / name, made, age) for name, age in COPIES.items())
    for one, other in zip(first, second, strict=True):
        same = one.read_bytes() == other.read_bytes()
        check(
            not same, f"{one.name} is not the same when it is built a second time: {one}, {other}"
        )
    run(sys.executable, "-m", "twine", "check", "--strict", *first)
    return first


def _built_from_copy(folder: Path, made: int, age: int) -> tuple[Path, Path]:
    """The source and the wheel from a copy of what git knows, whose files are `age` seconds old."""
    checkout = folder / "checkout"
    for name in filter(None, run("git", "ls-files", "-z").split("\0")):
        copied = checkout / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copied)
        os.utime(copied, (time.time() - age,) * 2)
    command = (sys.executable, "-m", "build", "--outdir", folder / "dist", checkout)
    run(*command, SOURCE_DATE_EPOCH=str(made))
    (source,), (wheel,) = (folder / "dist").glob("*.tar.gz"), (folder / "dist").glob("*.whl")
    return source, wheel


def check_files(wheel: Path) -> None:
    """Every file of the package that git knows is in the wheel, and a page for each rule."""
    names = set(zipfile.ZipFile(wheel).namelist())
    package = run("git", "ls-files", "plugins/balise").splitlines()
    wanted = {name.removeprefix("plugins/") for name in package}
    wanted |= {f"balise/rule_pages/{rule.name}.md" for rule in ALL_RULES}
    check(bool(wanted - names), f"not in the wheel: {', '.join(sorted(wanted - names))}")


def check_installed(wheel: Path, folder: Path) -> None:
    """The commands of the wheel do their work in an environment that has nothing else."""
    venv.create(folder / "venv", with_pip=True)
    run(folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", wheel)
    balise = folder / "venv" / "bin" / "balise"
    guides = folder / "guides"
    guides.mkdir()
    (guides / "guide.en-gb.md").write_text(GUIDE, encoding="utf-8")
    version = run(balise, "--version", cwd=guides)
    check(__version__ not in version, f"`balise --version` says {version}")
    asked = ("check", "--output-format", "concise", "guide.en-gb.md")
    found = run(balise, *asked, cwd=guides, statuses=(1,))
    check(found != EXPECTED, f"`balise check` finds\n{found}and not\n{EXPECTED}")
    page = run(balise, "explain", "unresolved-anchor", cwd=guides)
    check("Why it matters" not in page, f"`balise explain unresolved-anchor` prints\n{page}")


def check_hashes() -> None:
    """What `constraints-hashed.txt` names is all that pip needs, with the bytes that it names."""
    options = ("--dry-run", "--ignore-installed", "--quiet", "--require-hashes")
    run(sys.executable, "-m", "pip", "install", *options, "-r", HASHED)


def bill_of(wheel: Path, made: int) -> str:
    """The bill of materials of a wheel, as pip would install it here with `site` and without."""
    plain, full = (packages_of(_report(wheel, extra)) for extra in ("", "[site]"))
    required = [package.name for package in plain]
    return bill(wheel, full, required, hashes_of(HASHED.read_text(encoding="utf-8")), made)


def _report(wheel: Path, extra: str) -> dict[str, Any]:
    """What pip would install."""
    options = ("--dry-run", "--ignore-installed", "--quiet", "--report", "-")
    said = run(sys.executable, "-m", "pip", "install", *options, f"{wheel}{extra}")
    report: dict[str, Any] = json.loads(said)
    return report


def main() -> None:
    """Make them, try them, and put them into `dist/`."""
    headings = HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    check(__version__ not in headings[:1], f"CHANGELOG.md does not begin with {__version__}, dated")
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    more = [
        name for kind, names in contract().items() for name in {*names} - {*recorded.get(kind, ())}
    ]
    check(
        bool(more),
        f"{RECORD}: lacks {', '.join(more)}; `python -m tests.helpers.contract` writes it",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = int(run("git", "log", "-1", "--format=%ct"))
        source, wheel = built(folder, made)
        check_files(wheel)
        check_installed(wheel, folder)
        check_hashes()
        materials = folder / f"balise-{__version__}.cdx.json"
        materials.write_text(bill_of(wheel, made), encoding="utf-8")
        DIST.mkdir(exist_ok=True)
        for file in (source, wheel, materials):
            (DIST / file.name).write_bytes(file.read_bytes())
            print(f"dist/{file.name}")


if __name__ == "__main__":
    main()
