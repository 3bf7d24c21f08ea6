"""Git repositories that are not as one would wish, and what balise says of them."""

import os
from pathlib import Path

import pytest

from balise.base.errors import UserError
from balise.workspace.git import Repository
from tests.helpers.command import balise, write_pages
from tests.helpers.platforms import with_any_name
from tests.helpers.repositories import IDENTITY, check, commit, findings, git, page, repository

A = "a/guide.en-gb.md"


def refused(folder: Path, *arguments: str, **environment: str) -> str:
    ran = balise("check", *arguments, cwd=folder, stdin=b"", **{**IDENTITY, **environment})
    assert ran.status == 2
    assert ran.out == ""
    return ran.err


def plain(folder: Path) -> Path:
    return repository(folder, {A: page("a")})


def test_an_unknown_ref_is_answered_with_the_nearest_branch(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    git(folder, "branch", "release-2")
    assert refused(folder, "--changed-since", "relaese-2") == (
        f"balise: `relaese-2` is no commit, branch or tag of the repository {folder}; "
        "did you mean `release-2`?\n"
    )


def test_a_branch_that_is_only_on_the_remote_is_named(tmp_path: Path) -> None:
    plain(tmp_path / "origin")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet", "--detach")
    git(clone, "branch", "--quiet", "-D", "main")
    assert "did you mean `origin/main`?" in refused(clone, "--against", "main")


@pytest.mark.parametrize(
    "ref", ["--output=x", "-p", "", "^HEAD", "main..main", "0" * 40, "HEAD:guides", "a\nb"]
)
def test_what_is_no_name_of_a_commit_is_refused_and_never_an_option(
    tmp_path: Path, ref: str
) -> None:
    folder = plain(tmp_path)
    assert "is no commit, branch or tag" in refused(folder, f"--changed-since={ref}")
    assert "is no commit, branch or tag" in refused(folder, f"--new-since={ref}")
    assert not (folder / "x").exists()


@pytest.mark.parametrize("ref", ["start", "HEAD", "HEAD~0", "main", "@", "main@{0}", ":/A change"])
def test_every_name_of_a_commit_is_understood(tmp_path: Path, ref: str) -> None:
    assert check(plain(tmp_path), "--changed-since", ref).status == 0


def test_a_branch_may_be_called_like_a_folder(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    git(folder, "branch", "guides")
    assert check(folder, "--changed-since", "guides").status == 0


def test_a_shallow_clone_says_how_to_get_the_commit(tmp_path: Path) -> None:
    folder = plain(tmp_path / "origin")
    commit(folder)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "clone")
    assert refused(tmp_path / "clone", "--changed-since", "HEAD~1") == (
        "balise: `HEAD~1` is no commit of this shallow clone; get more of its history with "
        "`git fetch --deepen=100`, or all of it with `git fetch --unshallow`, which is "
        '`fetch-depth: 0` in GitHub Actions and `GIT_DEPTH: "0"` in GitLab CI\n'
    )


@pytest.mark.parametrize("option", ["--changed-since", "--new-since"])
def test_a_branch_that_has_nothing_in_common_is_refused(tmp_path: Path, option: str) -> None:
    folder = plain(tmp_path)
    git(folder, "checkout", "--quiet", "--orphan", "other")
    write_pages(folder / "guides", {"b/guide.en-gb.md": page("b")})
    commit(folder)
    said = refused(folder, option, "main")
    assert said == "balise: `main` and HEAD have no commit in common\n"


def test_a_shallow_clone_without_the_commit_in_common_says_how_to_get_it(tmp_path: Path) -> None:
    folder = plain(tmp_path / "origin")
    git(folder, "branch", "topic")
    commit(folder)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", "clone")
    git(folder, "checkout", "--quiet", "topic")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Another")
    git(tmp_path / "clone", "fetch", "--quiet", "--depth=1", "origin", "topic")
    said = refused(tmp_path / "clone", "--new-since", "FETCH_HEAD")
    assert said.startswith("balise: `FETCH_HEAD` and HEAD have no commit in common; get more of")
    assert "`fetch-depth: 0`" in said


def test_what_was_lost_is_lost_from_the_very_commit_that_is_named(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    git(folder, "checkout", "--quiet", "-b", "topic")
    git(folder, "checkout", "--quiet", "main")
    write_pages(folder / "guides", {"b/guide.en-gb.md": page("b")})
    commit(folder)
    git(folder, "checkout", "--quiet", "topic")
    (found,) = findings(folder, "--against", "main", "--select", "lost-url")
    assert "/gb/en/b/" in found["message"]


def test_a_folder_without_a_repository_is_named(tmp_path: Path) -> None:
    write_pages(tmp_path / "guides", {A: page("a")})
    write_pages(tmp_path, {"balise.toml": ""})
    said = refused(
        tmp_path, "--changed-since", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path.parent)
    )
    assert said == "balise: guides: is in no git repository, so it has no history\n"


def test_a_machine_without_git_is_told(tmp_path: Path) -> None:
    said = refused(plain(tmp_path), "--changed-since", "HEAD", PATH=str(tmp_path))
    assert said == "balise: there is no program `git`; install it, or check without a commit\n"


def test_a_page_outside_of_the_repository_is_named(tmp_path: Path) -> None:
    folder = plain(tmp_path / "inside")
    write_pages(tmp_path / "outside", {"guide.en-gb.md": page("x")})
    said = refused(folder, "guides", "../outside", "--changed-since", "HEAD")
    assert said == f"balise: ../outside: is outside of the git repository {folder}\n"


def test_gits_own_failure_is_passed_on(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    (folder / ".git/index").write_bytes(b"DIRC damaged")
    assert refused(folder, "--changed-since", "HEAD").startswith("balise: git: ")


def test_a_repository_without_a_commit_has_nothing_to_compare_with(tmp_path: Path) -> None:
    write_pages(tmp_path / "guides", {A: page("a")})
    write_pages(tmp_path, {"balise.toml": ""})
    git(tmp_path, "init", "--quiet")
    said = refused(tmp_path, "--new-since", "HEAD")
    assert said == f"balise: the git repository {tmp_path} has no commit to compare with yet\n"


def test_submodules_are_left_out(tmp_path: Path) -> None:
    other = plain(tmp_path / "other")
    folder = plain(tmp_path / "folder")
    git(
        folder,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other),
        "guides/sub",
    )
    commit(folder)
    write_pages(folder / "guides/sub/guides", {A: page("a", "[x](#none)")})
    assert check(folder, "--changed-since", "HEAD").out == ""


def test_settings_of_the_user_do_not_change_the_answer(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    for setting in (
        "diff.relative=true",
        "diff.noprefix=true",
        "core.quotePath=true",
        "diff.renames=false",
    ):
        git(folder, "config", *setting.split("="))
    write_pages(folder / "guides", {A: page("a", "[x](#none)")})
    ran = check(
        folder, "--changed-since", "HEAD", ".", "--select", "anchors", cwd=folder / "guides"
    )
    assert "1 error on 1 page" in ran.err


def test_a_hook_of_git_may_run_it(tmp_path: Path) -> None:
    """Git tells its hooks about the repository, with paths from the folder that it runs them in."""
    folder = plain(tmp_path)
    write_pages(folder / "guides", {A: page("a", "[x](#none)")})
    ran = balise(
        *("check", "--changed-since", "HEAD", "--select", "anchors", "."),
        cwd=folder / "guides",
        stdin=b"",
        **IDENTITY,
        GIT_DIR=".git",
        GIT_INDEX_FILE=".git/index",
        GIT_PREFIX="",
    )
    assert "1 error on 1 page" in ran.err


def test_a_second_worktree_of_a_repository_is_one_too(tmp_path: Path) -> None:
    folder = plain(tmp_path / "first")
    git(folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "second"))
    write_pages(tmp_path / "second/guides", {A: page("a", "[x](#none)")})
    assert findings(tmp_path / "second", "--changed-since", "start", "--select", "anchors")
    assert not findings(folder, "--changed-since", "start", "--select", "anchors")


def test_the_old_text_comes_with_its_path_and_where_it_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    folder = plain(tmp_path)
    git(folder, "mv", "guides/a", "guides/z")
    monkeypatch.chdir(folder)
    changes = Repository(Path("guides")).changes("start", ["guides"], [], lambda _: True)
    assert changes.moved == {f"guides/{A}": "guides/z/guide.en-gb.md"}
    assert changes.before == {f"guides/{A}"}
    assert changes.texts == {f"guides/{A}": page("a").encode()}
    assert changes.touched == {f"guides/{A}", "guides/z/guide.en-gb.md"}


@with_any_name
def test_a_name_that_is_not_unicode_is_no_trouble(tmp_path: Path) -> None:
    folder = plain(tmp_path)
    (folder / "guides" / os.fsdecode(b"caf\xe9.txt")).write_text("x", encoding="utf-8")
    commit(folder)
    assert check(folder, "--changed-since", "start").status == 0


def test_a_folder_without_a_repository_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    if (Path("/") / ".git").exists():
        pytest.skip("the whole machine is a repository")
    with pytest.raises(UserError, match="is in no git repository"):
        Repository(tmp_path)
