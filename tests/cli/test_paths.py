"""The same findings, wherever one stands and however a path is written."""

import json
import os
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from balise.cli.app import cli
from tests.helpers.command import write_pages

HOME = "---\ntitle: Home\n---\n"


def page(slug: str, text: str, more: str = "") -> str:
    return f"---\ntitle: The {slug}\nslug: {slug}\n{more}---\n\n{text}\n"


PAGES = {
    "balise.toml": 'guides = "pages"\n',
    "pages/home.en-gb.md": HOME,
    "pages/home.fr-fr.md": HOME,
    "pages/web/product.en-gb.md": page("web", "[gone](../nowhere/)"),
    "pages/web/mail/guide.en-gb.md": page("mail", "[x](#nothing) ![p](images/p.png)"),
    "pages/web/mail/guide.fr-fr.md": page("mail", "[x](../host/guide.fr-fr.md#gone)"),
    "pages/web/host/guide.en-gb.md": page(
        "host", "[a](/gb/en/web/mial/)", "legacy_guide_number: 7\n"
    ),
    "pages/web/host/guide.fr-fr.md": page("host", "{!> snippets/x.md !}"),
    "pages/web/twin/guide.en-gb.md": page("host", "[n](/g7) [m]({legacy}8)"),
    "pages/cloud/lone/guide.en-gb.md": page("lone", "[m](../../web/mail/guide.en-gb.md)"),
    "notes/readme.md": "# Notes\n\n[x](#nothing)\n",
}
TARGETS = ("pages", "pages/web", "pages/web/mail", "pages/web/host/guide.en-gb.md", "pages/cloud")


@dataclass(frozen=True)
class Project:
    root: Path

    def findings(self, where: Path, *arguments: str, stdin: bytes = b"") -> list[dict[str, Any]]:
        """What the command prints in a folder, with paths from the root of the project."""
        os.chdir(where)
        ran = CliRunner().invoke(
            cli, ["check", "--output-format", "json", *arguments], stdin, standalone_mode=False
        )
        assert ran.exception is None, ran.output
        found: list[dict[str, Any]] = json.loads(ran.stdout)
        for finding in found:
            for place in (finding, *finding["related"]):
                real = os.path.realpath(where / place["path"])
                place["path"] = os.path.relpath(real, os.path.realpath(self.root))
        return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = write_pages(tmp_path / "project", PAGES)
    (root / "link").symlink_to("pages")
    (tmp_path / "elsewhere").symlink_to(root / "pages" / "web")
    monkeypatch.chdir(root)
    return Project(root)


def spellings(project: Project, where: Path, target: Path) -> list[str]:
    """Ways to write the path of a file or folder, for somebody who stands in `where`."""
    relative = os.path.relpath(target, where)
    found = [relative, f"./{relative}", str(target), f"{where}/../{where.name}/{relative}"]
    pages = project.root / "pages"
    found += [str(project.root / "link" / target.relative_to(pages))]
    if target.is_relative_to(pages / "web"):
        found.append(str(project.root.parent / "elsewhere" / target.relative_to(pages / "web")))
    return [*found, *(f"{path}/" for path in found if target.is_dir())]


def folders(project: Project) -> list[Path]:
    inside = [folder for folder in project.root.rglob("*") if folder.is_dir()]
    return [project.root, project.root.parent, *(f for f in inside if ".balise" not in str(f))]


@pytest.mark.parametrize("seed", range(40))
def test_no_way_to_name_a_page_or_folder_changes_what_is_found(project: Project, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - the same cases again
    name = choose.choice(TARGETS)
    expected = project.findings(project.root, name, "--no-cache")
    for _ in range(5):
        where = choose.choice(folders(project))
        written = choose.choice(spellings(project, where, project.root / name))
        cache = choose.choice([(), (), ("--no-cache",)])
        assert project.findings(where, written, *cache) == expected, (str(where), written)


@pytest.mark.parametrize("where", ["", "pages", "pages/web", "pages/web/mail", "notes"])
def test_without_an_argument_the_guides_are_checked_from_every_folder_of_the_project(
    project: Project, where: str
) -> None:
    expected = project.findings(project.root, "pages", "--no-cache")
    assert expected
    assert project.findings(project.root / where) == expected


def test_a_folder_with_the_guides_in_it_has_their_findings_and_its_own(project: Project) -> None:
    expected = project.findings(project.root, "pages")
    found = project.findings(project.root, ".")
    assert [f for f in found if f["path"].startswith("pages/")] == expected
    assert {f["path"] for f in found} - {f["path"] for f in expected} == {"notes/readme.md"}


def test_a_text_on_stdin_with_the_name_of_a_page_is_judged_as_the_page(project: Project) -> None:
    file = project.root / "pages/web/host/guide.fr-fr.md"
    expected = project.findings(project.root, str(file))
    for where in (project.root, file.parent, project.root / "notes"):
        name = os.path.relpath(file, where)
        found = project.findings(where, "-", "--stdin-filename", name, stdin=file.read_bytes())
        assert found == expected


def test_one_cache_serves_all_folders(project: Project) -> None:
    for where in folders(project):
        project.findings(where, str(project.root / "pages"))
    caches = list(project.root.parent.rglob(".balise_cache"))
    assert caches == [project.root / ".balise_cache"]
