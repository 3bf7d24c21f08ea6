"""`balise rm`: a guide goes, and its readers and all links are led to another one."""

from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, Ran, balise
from tests.helpers.repositories import IDENTITY, git, page, repository

FILES = {
    "mail/product.en-gb.md": page("mail"),
    "mail/old/guide.en-gb.md": page("old", "## Port\n\n![a](images/a.png)"),
    "mail/old/images/a.png": PICTURE,
    "mail/new/guide.en-gb.md": page("new", "## Port\n"),
    "mail/links/guide.en-gb.md": page("links", "[a](../old/guide.en-gb.md#port)"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path, FILES)


def rm(folder: Path, *arguments: str) -> Ran:
    return balise("rm", *arguments, cwd=folder, stdin=b"", **IDENTITY)


def test_without_yes_nothing_is_removed(project: Path) -> None:
    ran = rm(project, "guides/mail/old", "--to", "guides/mail/new")
    assert ran.status == 0
    assert "deleted file mode" in ran.out
    assert ran.err == (
        "would change 1 place in 1 file, add 1 redirect, remove 2 files; "
        "nothing is changed: `--yes` does it\n"
    )
    assert git(project, "status", "--short") == ""


def test_the_guide_goes_and_its_address_leads_on(project: Path) -> None:
    ran = rm(project, "guides/mail/old/guide.en-gb.md", "--to", "guides/mail/new", "--yes")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "changed 1 place in 1 file, added 1 redirect, removed 2 files\n"
    assert not (project / "guides/mail/old").exists()
    assert (
        "(../new/guide.en-gb.md#port)" in (project / "guides/mail/links/guide.en-gb.md").read_text()
    )
    assert git(project, "status", "--short").splitlines() == [
        " M guides/mail/links/guide.en-gb.md",
        "D  guides/mail/old/guide.en-gb.md",
        "D  guides/mail/old/images/a.png",
        "?? guides/_redirects",
    ]
    rules = ("--select", "links,anchors,redirects,navigation")
    checked = balise("check", "--against", "start", *rules, cwd=project, stdin=b"", **IDENTITY)
    assert (checked.status, checked.out) == (0, "")


def test_what_is_left_to_people_is_told_at_its_place(project: Path) -> None:
    (project / "guides/mail/new/guide.en-gb.md").write_text(page("new"), encoding="utf-8")
    ran = rm(project, "guides/mail/old", "--to", "guides/mail/new", "--yes")
    assert ran.err.splitlines()[0] == (
        "guides/mail/links/guide.en-gb.md:6:1: `#port` is no anchor of "
        "`mail/new/guide.en-gb.md`, so this link leads to its top"
    )


def test_another_guide_has_to_be_named(project: Path) -> None:
    ran = rm(project, "guides/mail/old")
    assert ran.status == 2
    assert "--to" in ran.err
