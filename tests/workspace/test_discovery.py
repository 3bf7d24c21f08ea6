"""Which pages are checked, and by what they are judged."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.config import load_configuration
from balise.workspace.discovery import Scope, discover
from balise.workspace.reading import read_facts
from tests.helpers.command import balise, write_pages
from tests.helpers.platforms import with_links

PAGE = "---\ntitle: A page\n---\n\n## First\n"
HOME = "---\ntitle: Home\n---\n\n# Home\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the temporary folder, as a user in the folder of a project."""
    monkeypatch.chdir(tmp_path)


def project(*pages: str, settings: str = "") -> None:
    """Pages below the current folder, and a configuration."""
    write_pages(Path(), {**dict.fromkeys(pages, PAGE), "balise.toml": settings})


def scope(*paths: str) -> Scope:
    return discover([Path(path) for path in paths], load_configuration(Path.cwd()))


def pages(*paths: str) -> list[str]:
    """The pages that are checked at `paths`, in order."""
    return [path_here(page.path) for page in scope(*paths).pages]


def around(*paths: str) -> list[str]:
    """The pages that those are judged by."""
    return [path_here(page.path) for page in scope(*paths).around]


def roots(*paths: str) -> set[str]:
    return {path_here(page.root) for page in scope(*paths).pages}


def findings(*arguments: str) -> list[dict[str, Any]]:
    ran = balise("check", "--output-format", "json", *arguments, cwd=Path.cwd())
    assert ran.status in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


# Which pages


def test_a_folder_is_every_page_below_it() -> None:
    project("guides/b/guide.en-gb.md", "guides/a/guide.fr-fr.md", "guides/a/guide.en-gb.md")
    assert sorted(pages("guides")) == [
        "guides/a/guide.en-gb.md",
        "guides/a/guide.fr-fr.md",
        "guides/b/guide.en-gb.md",
    ]


def test_other_files_are_no_pages() -> None:
    project("guides/guide.en-gb.md", "guides/notes.txt", "guides/links.yml", "guides/a.md.bak")
    assert pages("guides") == ["guides/guide.en-gb.md"]


def test_hidden_folders_are_not_searched() -> None:
    project(
        "guides/.drafts/guide.en-gb.md", "guides/a/.b/c/guide.en-gb.md", "guides/guide.en-gb.md"
    )
    assert pages("guides") == ["guides/guide.en-gb.md"]


def test_a_default_is_no_page() -> None:
    project("guides/default.en-gb.md", "guides/default.md", "guides/defaults.md")
    assert pages("guides") == ["guides/defaults.md"]


def test_a_file_that_is_named_is_checked_whatever_it_is() -> None:
    named = ["guides/.drafts/a.md", "guides/default.en-gb.md", "guides/notes.txt", "guides/old.md"]
    project(*named, settings='exclude = ["old.md"]\n')
    assert pages(*named) == named


def test_a_file_that_is_named_counts_as_in_its_folder_where_that_is_wanted() -> None:
    left_out = ["guides/.drafts/a.md", "guides/default.en-gb.md", "guides/notes.txt"]
    left_out += ["guides/old.md", "guides/drafts/a.md", "guides/ignored.md", "README.md"]
    settings = 'exclude = ["old.md", "drafts/", "/README.md"]\nforce-exclude = true\n'
    project("guides/a.md", *left_out, settings=settings)
    write_pages(Path(), {".git/HEAD": "", "guides/.gitignore": "ignored.md\n"})
    assert pages("guides/a.md", *left_out) == ["guides/a.md"]
    assert pages("guides/drafts", "guides") == ["guides/a.md"]


def test_where_the_project_lies_hides_none_of_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / ".worktrees" / "project"
    hidden.mkdir(parents=True)
    monkeypatch.chdir(hidden)
    project("guides/a.md", settings="force-exclude = true\n")
    assert pages("guides/a.md") == ["guides/a.md"]


def test_a_page_named_twice_is_checked_once() -> None:
    project("guides/guide.en-gb.md")
    assert pages("guides/guide.en-gb.md", "guides") == ["guides/guide.en-gb.md"]


def test_every_path_that_is_not_there_is_told() -> None:
    project("guides/guide.en-gb.md")
    with pytest.raises(UserError) as caught:
        scope("guides", "nowhere", "guides/guide.en-gb.md/x")
    assert caught.value.lines == (
        "nowhere: there is no such file or folder",
        "guides/guide.en-gb.md/x: there is no such file or folder",
    )


# .gitignore


def test_what_gitignore_names_is_not_searched() -> None:
    project("guides/drafts/a.md", "guides/web/drafts/a.md", "guides/web/a.md")
    write_pages(Path("guides"), {".gitignore": "drafts/\n"})
    assert pages("guides") == ["guides/web/a.md"]


def test_a_gitignore_in_a_folder_counts_there_alone() -> None:
    project("guides/one/old.md", "guides/one/two/old.md", "guides/three/old.md")
    write_pages(Path("guides/one"), {".gitignore": "old.md\n"})
    assert pages("guides") == ["guides/three/old.md"]


def test_a_gitignore_in_a_folder_adds_to_the_one_above_it() -> None:
    project("guides/one/a.md", "guides/one/b.md", "guides/one/c.md")
    write_pages(Path("guides"), {".gitignore": "a.md\n", "one/.gitignore": "/b.md\n"})
    assert pages("guides") == ["guides/one/c.md"]


def test_a_line_with_an_exclamation_mark_takes_a_page_back_in() -> None:
    project("guides/one/a.md", "guides/one/b.md")
    write_pages(Path("guides"), {".gitignore": "*.md\n!b.md\n"})
    assert pages("guides") == ["guides/one/b.md"]


def test_the_gitignore_of_the_repository_counts() -> None:
    project("guides/drafts/a.md", "guides/a.md")
    write_pages(Path(), {".git/HEAD": "", ".gitignore": "/guides/drafts/\n"})
    assert pages("guides") == ["guides/a.md"]


def test_a_folder_in_the_collection_obeys_the_gitignore_above_it() -> None:
    project("guides/web/drafts/a.md", "guides/web/a.md")
    write_pages(Path(), {".git/HEAD": "", "guides/.gitignore": "drafts/\n"})
    assert pages("guides/web") == ["guides/web/a.md"]


def test_a_gitignore_above_the_repository_does_not_count() -> None:
    project("site/guides/a.md")
    write_pages(Path(), {"site/.git/HEAD": "", ".gitignore": "*.md\n"})
    assert pages("site/guides") == ["site/guides/a.md"]


# The configuration


def test_what_the_configuration_excludes_is_not_checked() -> None:
    project(
        "guides/a/guide.fr-fr.md",
        "guides/a/old.md",
        "guides/drafts/guide.fr-fr.md",
        settings='exclude = ["old.md", "/guides/drafts/"]\n',
    )
    assert pages("guides") == ["guides/a/guide.fr-fr.md"]


def test_only_what_the_configuration_includes_is_checked() -> None:
    project(
        "guides/a/guide.fr-fr.md",
        "guides/a/guide.en-gb.md",
        "guides/b/c/guide.en-gb.md",
        settings='include = ["*.en-gb.md"]\n',
    )
    assert pages("guides") == ["guides/a/guide.en-gb.md", "guides/b/c/guide.en-gb.md"]


def test_what_is_excluded_is_not_included() -> None:
    project(
        "guides/a.en-gb.md",
        "guides/b.en-gb.md",
        settings='include = ["*.en-gb.md"]\nexclude = ["b.*"]\n',
    )
    assert pages("guides") == ["guides/a.en-gb.md"]


def test_patterns_count_from_the_folder_of_the_configuration() -> None:
    project("guides/a.md", "guides/guides/a.md", settings='exclude = ["/guides/guides/"]\n')
    assert pages("guides") == ["guides/a.md"]


def test_an_absolute_path_obeys_the_same_patterns(tmp_path: Path) -> None:
    project("guides/a.md", "guides/drafts/a.md", settings='exclude = ["drafts/"]\n')
    assert pages(f"{tmp_path}/guides") == ["guides/a.md"]


def test_what_is_excluded_is_not_there_for_other_pages_either() -> None:
    project("guides/a.md", "guides/b.md", "guides/old.md", settings='exclude = ["old.md"]\n')
    assert around("guides/a.md") == ["guides/b.md"]


# What pages are judged by


def test_a_page_in_the_guides_is_judged_by_all_of_them() -> None:
    project("guides/a/guide.fr-fr.md", "guides/b/guide.fr-fr.md", "elsewhere/guide.fr-fr.md")
    found = scope("guides/a/guide.fr-fr.md")
    assert [path_here(page.path) for page in found.pages] == ["guides/a/guide.fr-fr.md"]
    assert [path_here(page.path) for page in found.around] == ["guides/b/guide.fr-fr.md"]
    assert set(map(path_here, found.whole)) == {"guides"}


def test_all_of_the_guides_have_nothing_around_them() -> None:
    project("guides/a/guide.fr-fr.md", "guides/b/guide.fr-fr.md")
    assert around("guides") == []


def test_elsewhere_the_nearest_folder_with_a_home_is_the_collection() -> None:
    project("docs/home.fr-fr.md", "docs/a/b/guide.fr-fr.md", "docs/c/guide.fr-fr.md")
    assert roots("docs/a/b/guide.fr-fr.md") == {"docs"}
    assert around("docs/a/b/guide.fr-fr.md") == ["docs/home.fr-fr.md", "docs/c/guide.fr-fr.md"]


def test_the_nearest_home_upwards_counts() -> None:
    project("docs/home.fr-fr.md", "docs/a/home.fr-fr.md", "docs/a/b/guide.fr-fr.md")
    assert roots("docs/a/b") == {"docs/a"}


def test_an_absolute_path_is_in_the_collection_that_a_relative_one_is_in(tmp_path: Path) -> None:
    project("docs/home.fr-fr.md", "docs/a/guide.fr-fr.md")
    assert roots(f"{tmp_path}/docs/a") == roots("docs/a") == {"docs"}


def test_what_only_looks_like_a_home_makes_no_collection() -> None:
    project("docs/home.md", "docs/home.french.md", "docs/a/guide.fr-fr.md")
    found = scope("docs/a/guide.fr-fr.md")
    assert (roots("docs/a/guide.fr-fr.md"), found.around, found.whole) == (
        {"docs/a"},
        [],
        {},
    )


def test_without_a_home_a_folder_is_judged_by_itself() -> None:
    project("docs/a/guide.fr-fr.md", "docs/b/guide.fr-fr.md")
    assert roots("docs/a") == {"docs/a"}
    assert around("docs/a") == []


def test_only_findings_of_the_pages_asked_for_are_told() -> None:
    broken = PAGE + "\n[a](#nowhere) [b](../b/guide.fr-fr.md#first)\n"
    write_pages(
        Path("guides"),
        {"home.fr-fr.md": HOME, "a/guide.fr-fr.md": broken, "b/guide.fr-fr.md": broken},
    )
    found = findings("--select", "links,anchors", "guides/a/guide.fr-fr.md")
    assert {f["path"] for f in found} == {"guides/a/guide.fr-fr.md"}
    assert [f["rule"] for f in found] == ["unresolved-anchor"]


def test_an_anchor_on_a_page_that_was_not_asked_for_is_known() -> None:
    there = "[b](../b/guide.fr-fr.md#first) [c](../b/guide.fr-fr.md#nowhere)\n"
    write_pages(
        Path("guides"),
        {"home.fr-fr.md": HOME, "a/guide.fr-fr.md": PAGE + there, "b/guide.fr-fr.md": PAGE},
    )
    (finding,) = findings("--select", "anchors", "guides/a/guide.fr-fr.md")
    assert "`#nowhere`" in finding["message"]


def test_a_rule_about_all_pages_is_silent_about_a_few_of_them() -> None:
    write_pages(
        Path("guides"),
        {"home.fr-fr.md": HOME, "a/guide.de-de.md": PAGE, "_redirects": "/fr/a/ /fr/b/\n"},
    )
    names = "locale-without-home,broken-redirect"
    assert findings("--select", names, "guides/a/guide.de-de.md") == []
    assert {f["rule"] for f in findings("--select", names)} == set(names.split(","))


# Outside of the collection


@with_links
def test_a_folder_of_pages_outside_is_not_searched_through_a_symbolic_link() -> None:
    project("guides/a.md", "secret/b.md")
    Path("guides/more").symlink_to(Path("secret").absolute())
    assert pages("guides") == ["guides/a.md"]


@with_links
def test_a_symbolic_link_in_a_circle_is_not_followed() -> None:
    project("guides/a.md")
    Path("guides/again").symlink_to(Path("guides").absolute())
    assert pages("guides") == ["guides/a.md"]


@with_links
def test_a_folder_of_pictures_that_links_outside_reveals_nothing() -> None:
    page = PAGE + "\n![a](images/key.png)\n\n![b](images/KEY.png)\n\n![c](images/other.png)\n"
    project("guides/home.fr-fr.md", "secret/key.png")
    write_pages(Path("guides"), {"a/guide.fr-fr.md": page})
    Path("guides/a/images").symlink_to(Path("secret").absolute())
    there = [f["message"] for f in findings("--select", "images")]
    Path("secret/key.png").unlink()
    gone = [f["message"] for f in findings("--select", "images")]
    assert there == gone
    assert len(there) == 3


@with_links
def test_a_link_to_a_file_outside_reveals_nothing() -> None:
    page = PAGE + "\n[a](../../secret/key.txt) [b](more/key.txt)\n"
    project("guides/home.fr-fr.md", "secret/key.txt")
    write_pages(Path("guides"), {"a/guide.fr-fr.md": page})
    Path("guides/a/more").symlink_to(Path("secret").absolute())
    there = findings("--select", "links")
    Path("secret/key.txt").unlink()
    assert there == findings("--select", "links")
    assert len(there) == 2


def test_a_pattern_with_a_set_in_a_set_is_taken_without_a_word(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n"
    write_pages(
        tmp_path, {"guides/.gitignore": "[[:alpha:]]\n[z--a]*\n", "guides/guide.fr-fr.md": page}
    )
    assert "Warning" not in balise("check", "guides", "--no-cache", cwd=tmp_path).err


def test_a_folder_that_cannot_be_listed_stands_for_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project("guides/a/guide.en-gb.md", "guides/b/guide.en-gb.md")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if os.fspath(path).endswith("/b"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert pages("guides") == ["guides/a/guide.en-gb.md", "guides/b"]


@with_links
def test_a_page_that_leads_out_of_its_collection_by_now_is_not_read(tmp_path: Path) -> None:
    write_pages(tmp_path, {"secret.md": "## Secret\n", "guides/a/guide.en-gb.md": PAGE})
    link = tmp_path / "guides" / "b.en-gb.md"
    link.symlink_to(tmp_path / "secret.md")
    guides = tmp_path / "guides"
    page = read_facts(link.as_posix(), guides.as_posix()).document
    assert [problem.kind for problem in page.problems] == ["unreadable"]
    assert page.headings == ()
    inside = read_facts((guides / "a/guide.en-gb.md").as_posix(), guides.as_posix()).document
    assert [heading.text for heading in inside.headings] == ["First"]
