"""The ways to name a page or folder, of which none may change what is found."""

import json
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from balise.cli.app import cli


@dataclass
class Project:
    """A folder with `balise.toml` and the guides in `pages`, and symbolic links that lead there.

    `link` beside the guides is one to them, `elsewhere` beside the project one to a folder in them.
    """

    root: Path
    linked: str
    folders: list[Path] = field(init=False)

    def __post_init__(self) -> None:
        (self.root / "balise.toml").write_text('guides = "pages"\n', encoding="utf-8")
        (self.root / "link").symlink_to("pages")
        (self.root.parent / "elsewhere").symlink_to(self.root / "pages" / self.linked)
        inside = sorted(folder for folder in self.root.rglob("*") if folder.is_dir())
        self.folders = [self.root, self.root.parent, *inside]

    def findings(
        self, where: Path, *arguments: str, stdin: bytes | None = None
    ) -> list[dict[str, Any]]:
        """What the command prints in a folder, with paths from the root of the project."""
        os.chdir(where)
        command = ["check", "--output-format", "json", *arguments]
        ran = CliRunner().invoke(cli, command, stdin, standalone_mode=False)
        assert ran.exception is None, ran.output
        found: list[dict[str, Any]] = json.loads(ran.stdout)
        for finding in found:
            for place in (finding, *finding["related"]):
                real = os.path.realpath(where / place["path"])
                place["path"] = os.path.relpath(real, os.path.realpath(self.root))
        return found

    def spellings(self, where: Path, target: Path) -> list[str]:
        """Ways to write the path of a file or folder, for somebody who stands in `where`."""
        relative = os.path.relpath(target, where)
        found = [relative, f"./{relative}", str(target), f"{where}/../{where.name}/{relative}"]
        pages = self.root / "pages"
        linked = pages / self.linked
        if target.is_relative_to(pages):
            found.append(str(self.root / "link" / target.relative_to(pages)))
        if target.is_relative_to(linked):
            found.append(str(self.root.parent / "elsewhere" / target.relative_to(linked)))
        return [*found, *(f"{path}/" for path in found if target.is_dir())]

    def targets(self) -> list[Path]:
        """Every page, and every folder with pages in or below it."""
        pages = sorted((self.root / "pages").rglob("*.md"))
        folders = {above for page in pages for above in page.parents}
        return pages + sorted(f for f in folders if f.is_relative_to(self.root / "pages"))


def project_of_guides(folder: Path, root: Path, pages: int, seed: int) -> Project:
    """A project at `root` with a copy of a folder of guides: the homes and so many other pages, with their pictures."""
    found = sorted(f for f in folder.rglob("*.md") if not f.name.startswith("home."))
    random.Random(seed).shuffle(found)  # noqa: S311
    homes = folder.rglob("home.*.md")
    taken = {path for page in (*found[:pages], *homes) for path in (page, *page.parents)}

    def left_out(where: str, names: list[str]) -> list[str]:
        """Pages that are not taken, and folders without one."""
        paths = [Path(where, name) for name in names if Path(where) in taken and name != "images"]
        return [p.name for p in paths if p not in taken and (p.suffix == ".md" or p.is_dir())]

    shutil.copytree(folder, root / "pages", ignore=left_out)
    return Project(root, "web")


def differing_cases(
    project: Project, targets: Sequence[Path], cases: int, seed: int
) -> Iterator[str]:
    """Name pages and folders in random ways, from random folders; the cases with other findings.

    Compared is with what is found from the root, by the plain path, without a cache.
    """
    choose = random.Random(seed)  # noqa: S311 - the same cases again
    expected: dict[Path, list[dict[str, Any]]] = {}
    for _ in range(cases):
        target = choose.choice(targets)
        if target not in expected:
            plain = str(target.relative_to(project.root))
            expected[target] = project.findings(project.root, plain, "--no-cache")
        where = choose.choice(project.folders)
        written = choose.choice(project.spellings(where, target))
        options = choose.choice([(), (), ("--no-cache",)])
        if target.is_file() and choose.random() < 0.3:
            named = ("-", "--stdin-filename", written)
            found = project.findings(where, *named, *options, stdin=target.read_bytes())
        else:
            found = project.findings(where, written, *options)
        if found != expected[target]:
            yield f"{target}: written {written} in {where} with {options}"
