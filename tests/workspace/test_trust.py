"""What is kept is believed only if nobody else can have written it."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, mkdocs, write_pages
from tests.helpers.platforms import as_root, on_posix, with_links
from tests.helpers.repositories import git

PAGES = {
    "balise.toml": "",
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/mail/product.en-gb.md": "---\ntitle: Mail\nslug: mail\n---\n",
    "guides/mail/a/guide.en-gb.md": "---\ntitle: A\nslug: a\n---\n\n[gone](#gone)\n",
}


def check(project: Path) -> Ran:
    return balise("check", "--output-format", "json", cwd=project)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose cache says that nothing was found."""
    project = write_pages(tmp_path / "project", PAGES)
    assert check(project).status == 1
    clean = write_pages(tmp_path / "clean", PAGES)
    assert balise("check", "--ignore", "anchors", cwd=clean).status == 0
    with (
        sqlite3.connect(project / ".balise_cache/facts.sqlite") as ours,
        sqlite3.connect(clean / ".balise_cache/facts.sqlite") as theirs,
    ):
        found = theirs.execute("select path, hash, value from findings").fetchall()
        ours.execute("delete from findings")
        ours.executemany("insert into findings values (?, ?, ?)", found)
    assert check(project).status == 0, "the report is not poisoned"
    return project


def committed(project: Path) -> None:
    git(project, "init", "--quiet")
    git(project, "add", "--force", ".")
    git(project, "commit", "--quiet", "--message", "x")


def committed_shortened(project: Path) -> None:
    git(project, "init", "--quiet")
    git(project, "config", "index.version", "4")
    (project / ".balise_cach_").touch()
    committed(project)


def committed_as_a_part(project: Path) -> None:
    """The project is a folder of a larger repository."""
    git(project.parent, "init", "--quiet")
    git(project.parent, "add", "--force", "project")


def linked(project: Path) -> None:
    (project / ".balise_cache").rename(project.parent / "elsewhere")
    (project / ".balise_cache").symlink_to("../elsewhere")


def linked_file(project: Path) -> None:
    file = project / ".balise_cache/facts.sqlite"
    file.rename(project.parent / "elsewhere.sqlite")
    file.symlink_to(project.parent / "elsewhere.sqlite")


def open_to_all(project: Path) -> None:
    (project / ".balise_cache").chmod(0o777)


def file_open_to_all(project: Path) -> None:
    (project / ".balise_cache/facts.sqlite").chmod(0o666)


def of_another_user(project: Path) -> None:
    os.chown(project / ".balise_cache/facts.sqlite", 12345, -1)


WAYS = [
    (committed, "git tracks it"),
    (committed_shortened, "git tracks it"),
    (committed_as_a_part, "git tracks it"),
    pytest.param(linked, "is a symbolic link", marks=with_links),
    pytest.param(linked_file, "is a symbolic link", marks=with_links),
    pytest.param(open_to_all, "can be written by every user", marks=on_posix),
    pytest.param(file_open_to_all, "can be written by every user", marks=on_posix),
    pytest.param(of_another_user, "belongs to another user", marks=as_root),
]


@pytest.mark.parametrize(("way", "reason"), WAYS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_cache_that_others_can_have_written_is_not_believed(
    project: Path, way: Callable[[Path], None], reason: str
) -> None:
    way(project)
    ran = check(project)
    assert ran.status == 1, "a poisoned report is believed"
    told, _ = ran.err.splitlines()
    assert reason in told


def test_in_a_work_tree_a_committed_cache_is_not_believed_either(project: Path) -> None:
    committed(project)
    git(project, "worktree", "add", "--quiet", "../other")
    assert "git tracks it" in check(project.parent / "other").err


def test_a_cache_that_git_ignores_is_believed(project: Path) -> None:
    git(project, "init", "--quiet")
    git(project, "add", ".")
    assert "git tracks it" not in check(project).err


def test_a_build_does_not_believe_it_either_and_says_so(project: Path) -> None:
    committed(project)
    write_pages(project, {"docs/index.md": "# Manual\n", "mkdocs.yml": MKDOCS})
    kept = sorted((project / ".balise_cache").iterdir())
    ran = mkdocs("build", cwd=project)
    assert ran.status == 0
    assert ran.err.count("git tracks it") == 1
    assert "`#gone` is not an anchor" in ran.err
    assert sorted((project / ".balise_cache").iterdir()) == kept


MKDOCS = "site_name: x\ntheme: {name: material}\nplugins: [balise]\n"


def test_a_database_with_more_in_it_than_was_put_there_is_thrown_away(project: Path) -> None:
    file = project / ".balise_cache/facts.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("create view more as select * from blobs")
        connection.execute("create trigger t after insert on blobs begin select 1; end")
    assert check(project).status == 1
    with sqlite3.connect(file) as connection:
        assert not connection.execute("select * from sqlite_schema where type = 'view'").fetchall()
