"""`balise mv`: what would change is shown, or made, all of it or nothing, and git follows."""

import os
from pathlib import Path

import pytest

from balise.workspace.journal import NAME
from tests.helpers.command import PICTURE, Ran, balise, write_pages
from tests.helpers.platforms import on_posix, with_links
from tests.helpers.repositories import IDENTITY, commit, git, page, repository

SETUP = "guides/mail/setup/guide.en-gb.md"
LINKS = "guides/mail/links/guide.en-gb.md"
FILES = {
    "mail/product.en-gb.md": page("mail", "", "sections: First steps\n"),
    "mail/setup/guide.en-gb.md": page(
        "setup", "## The port\n\n![a](images/a.png)", "section: First steps\n"
    ),
    "mail/setup/guide.fr-fr.md": page("regler", "## Le port\n"),
    "mail/setup/images/a.png": PICTURE,
    "mail/links/guide.en-gb.md": page(
        "links", "[a](../setup/guide.en-gb.md#the-port) [b](/links/manager)\n"
    ),
    "links.yml": "manager: https://example.com/\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path, FILES)


def mv(folder: Path, *arguments: str, **environment: str) -> Ran:
    return balise("mv", *arguments, cwd=folder, stdin=b"", **IDENTITY, **environment)


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "guides").rglob("*")
        if path.is_file()
    }


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_without_yes_the_change_is_a_patch_that_git_applies(project: Path) -> None:
    before = texts(project)
    ran = mv(project, "guides/mail/setup", "guides/mail/first/begin")
    assert ran.status == 0
    assert ran.err == (
        "would move 3 files, change 1 place in 1 file; nothing is changed: `--yes` does it\n"
    )
    assert texts(project) == before
    (project / "change.patch").write_text(ran.out, encoding="utf-8")
    git(project, "apply", "change.patch")
    (project / "change.patch").unlink()
    applied = texts(project)
    git(project, "checkout", "--quiet", ".")
    git(project, "clean", "--quiet", "--force", "-d")
    assert mv(project, "guides/mail/setup", "guides/mail/first/begin", "--yes").status == 0
    assert texts(project) == applied != before


def test_it_says_what_it_has_done(project: Path) -> None:
    ran = mv(project, "guides/mail/setup", "guides/mail/begin", "--yes")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "moved 3 files, changed 1 place in 1 file\n"
    assert "(../begin/guide.en-gb.md#the-port)" in read(project, LINKS)
    assert not (project / "guides/mail/setup").exists()


def test_in_git_the_index_has_the_files_where_they_are_and_nothing_else_is_staged(
    project: Path,
) -> None:
    write_pages(
        project, {"guides/mail/setup/images/new.png": PICTURE, "guides/home.en-gb.md": "# New\n"}
    )
    assert mv(project, "guides/mail/setup", "guides/mail/begin", "--yes").status == 0
    status = git(project, "status", "--short", "--untracked-files=all").splitlines()
    assert sorted(status) == [
        " M guides/home.en-gb.md",
        " M guides/mail/links/guide.en-gb.md",
        "?? guides/mail/begin/images/new.png",
        "R  guides/mail/setup/guide.en-gb.md -> guides/mail/begin/guide.en-gb.md",
        "R  guides/mail/setup/guide.fr-fr.md -> guides/mail/begin/guide.fr-fr.md",
        "R  guides/mail/setup/images/a.png -> guides/mail/begin/images/a.png",
    ]


def test_without_git_files_are_moved_all_the_same(tmp_path: Path) -> None:
    write_pages(tmp_path, {f"guides/{name}": text for name, text in FILES.items()})
    write_pages(tmp_path, {"balise.toml": "", "guides/home.en-gb.md": page("home")})
    assert mv(tmp_path, "guides/mail/setup", "guides/mail/begin", "--yes").status == 0
    assert (tmp_path / "guides/mail/begin/images/a.png").exists()


def test_moving_back_restores_every_byte(project: Path) -> None:
    before = texts(project)
    assert mv(project, "guides/mail/setup", "guides/mail/begin", "--yes").status == 0
    assert mv(project, "guides/mail/begin", "guides/mail/setup", "--yes").status == 0
    assert texts(project) == before
    assert git(project, "status", "--short") == ""


def test_a_locale_alone_moves(project: Path) -> None:
    ran = mv(project, "guides/mail/setup", "guides/mail/begin", "--locale", "fr-fr", "--yes")
    assert (ran.status, ran.err) == (0, "moved 1 file\n")
    assert (project / "guides/mail/begin/guide.fr-fr.md").exists()
    assert (project / SETUP).exists()


def test_a_folder_that_is_there_takes_what_is_moved_behind_a_slash(project: Path) -> None:
    (project / "guides/web").mkdir()
    assert mv(project, "guides/mail/setup", "guides/web/", "--yes").status == 0
    assert (project / "guides/web/setup/guide.en-gb.md").exists()


def test_a_heading_keeps_an_anchor_for_its_old_id_but_by_no_keep(project: Path) -> None:
    assert mv(project, f"{SETUP}#the-port", "Which *door*").status == 0
    assert "## The port" in read(project, SETUP)
    ran = mv(project, f"{SETUP}#the-port", "Which *door*", "--yes")
    assert (ran.status, ran.err) == (0, "changed 3 places in 2 files\n")
    assert '## <a name="the-port"></a>Which *door*' in read(project, SETUP)
    assert "#which-door)" in read(project, LINKS)
    commit(project)
    assert mv(project, f"{SETUP}#which-door", "Gate", "--yes", "--no-keep").status == 0
    assert '## <a name="the-port"></a>Gate' in read(project, SETUP)


def test_a_key_and_a_section_are_renamed(project: Path) -> None:
    assert mv(project, "links/manager", "links/panel", "--yes").status == 0
    assert "(/links/panel)" in read(project, LINKS)
    assert read(project, "guides/links.yml") == "panel: https://example.com/\n"
    product = ("--section", "guides/mail")
    assert mv(project, "First steps", "Begin", *product, "--yes").status == 0
    assert "\nsection: Begin\n" in read(project, SETUP)


def test_the_names_of_a_patch_are_those_of_the_current_folder(project: Path) -> None:
    ran = mv(project / "guides/mail", "setup", "begin")
    assert "\nrename from setup/guide.en-gb.md\nrename to begin/guide.en-gb.md\n" in ran.out


def test_colours_are_for_terminals(project: Path) -> None:
    plain = mv(project, f"{SETUP}#the-port", "Door").out
    colored = mv(project, f"{SETUP}#the-port", "Door", FORCE_COLOR="1").out
    assert "\x1b[" not in plain
    assert "\x1b[32m+" in colored


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("guides/mail/setup", "guides/mail/links"), "guides/mail/links"),
        ((f"{SETUP}#nowhere", "A"), "`#nowhere` is not an anchor of guides/mail/setup"),
        ((f"{SETUP}#the-port", "A", "--locale", "en-gb"), "`--locale` is for pages"),
        (("guides/mail/setup", "guides/mail/a", "--no-keep"), "`--no-keep` is for headings"),
        (("guides/mail/setup", "guides/mail/a", "--yes", "--dry-run"), "exclude each other"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    project: Path, arguments: tuple[str, ...], told: str
) -> None:
    before = texts(project)
    ran = mv(project, *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert told in ran.err
    assert texts(project) == before


def test_the_file_of_a_key_moves_in_git_as_well(tmp_path: Path) -> None:
    files = {
        "index.md": "+ Web\n    + [Mail](products/mail)\n        + [Set up](mail/setup)\n",
        "index-translations.fr.yaml": "mail: Courriel\n",
        "mail/setup/guide.en-gb.md": page("setup", "[a](/links/manager)"),
        "../links/manager": "- [en-gb](https://example.com/)\n",
    }
    project = repository(tmp_path, files)
    (project / "guides/home.en-gb.md").unlink()
    commit(project)
    ran = mv(project, "links/manager", "links/panels/own", "--yes")
    assert (ran.status, ran.err) == (0, "moved 1 file, changed 1 place in 1 file\n")
    assert git(project, "status", "--short").splitlines() == [
        " M guides/mail/setup/guide.en-gb.md",
        "R  links/manager -> links/panels/own",
    ]


@with_links
def test_a_page_of_two_names_is_written_once_and_keeps_both(project: Path) -> None:
    other = project / "guides/mail/links/guide.en-ie.md"
    other.symlink_to("guide.en-gb.md")
    assert mv(project, "guides/mail/setup", "guides/mail/begin", "--yes").status == 0
    assert other.is_symlink()
    assert "(../begin/guide.en-gb.md#the-port)" in read(project, LINKS)


@on_posix
def test_a_read_only_page_is_told_before_anything_is_done(project: Path) -> None:
    (project / LINKS).chmod(0o444)
    before = texts(project)
    ran = mv(project, "guides/mail/setup", "guides/mail/begin", "--yes")
    assert ran.status == 2
    assert ran.err == f"balise: {LINKS}: it may not be written, so nothing is changed\n"
    assert texts(project) == before


@with_links
def test_a_symbolic_link_is_told_before_anything_is_done(project: Path) -> None:
    (project / "a.png").write_bytes(b"")
    picture = project / "guides/mail/setup/images/a.png"
    picture.unlink()
    picture.symlink_to(project / "a.png")
    ran = mv(project, "guides/mail/setup", "guides/mail/begin", "--yes")
    assert ran.status == 2
    assert "guides/mail/setup/images/a.png: it is a symbolic link" in ran.err
    assert (project / SETUP).exists()


@on_posix
def test_all_names_of_a_page_have_the_new_text(project: Path) -> None:
    os.link(project / LINKS, project / "other.md")
    assert mv(project, "guides/mail/setup", "guides/mail/begin", "--yes").status == 0
    assert read(project, "other.md") == read(project, LINKS)
    assert "../begin/" in read(project, "other.md")


def test_where_git_cannot_follow_nothing_is_changed(project: Path) -> None:
    before = texts(project)
    (project / ".git/index.lock").write_bytes(b"")
    ran = mv(project, "guides/mail/setup", "guides/mail/begin", "--yes")
    assert ran.status == 2
    assert "index.lock" in ran.err
    assert texts(project) == before
    assert not (project / "guides" / NAME).exists()


def test_a_check_tells_of_a_change_that_was_interrupted(project: Path) -> None:
    (project / "guides" / NAME).write_bytes(b"")
    ran = balise("check", "--quiet", cwd=project, stdin=b"", **IDENTITY)
    assert "guides: a change of its files has begun and not ended" in ran.err
    ran = mv(project, "guides/mail/setup", "guides/mail/begin")
    assert ran.status == 2
    assert "guides/.balise.journal: cannot be read" in ran.err
