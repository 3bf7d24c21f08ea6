"""`make package`: the source and the wheel of a release, made, read by twine, installed and tried.

They are left in `dist/`. It ends with status 1 at the first thing that is not as it should be.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

from balise import __version__
from balise.rules import ALL_RULES
from tests.helpers.contract import RECORD, contract
from tests.helpers.support import ROOT

DIST = ROOT / "dist"
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


def run(*command: str | Path, cwd: Path = ROOT, statuses: Sequence[int] = (0,)) -> str:
    """What a command says on stdout; stderr is passed on. Raises SystemExit for another status."""
    limits = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt"), "PYTHONUTF8": "1"}
    environment = {**os.environ, **limits}
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


def built(folder: Path) -> tuple[Path, Path]:
    """The source and the wheel, made from the checkout in an empty folder."""
    run(sys.executable, "-m", "build", "--outdir", folder)
    (source,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    run(sys.executable, "-m", "twine", "check", "--strict", source, wheel)
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
        source, wheel = built(folder)
        check_files(wheel)
        check_installed(wheel, folder)
        DIST.mkdir(exist_ok=True)
        for file in (source, wheel):
            (DIST / file.name).write_bytes(file.read_bytes())
            print(f"dist/{file.name}")


if __name__ == "__main__":
    main()
