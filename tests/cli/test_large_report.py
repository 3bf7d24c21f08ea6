"""A large report is printed again word for word where nothing is different, and in no other case."""

from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages
from tests.helpers.repositories import commit, git

PAGE = "guides/a/one/guide.en-gb.md"
LINKS = "\n".join(f"[dead](#nowhere-{number})\n" for number in range(1100))
CONCISE = ("check", "--output-format", "concise")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {
        "balise.toml": "",
        "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
        PAGE: f"---\ntitle: One\nslug: one\n---\n\n{LINKS}",
    }
    return write_pages(tmp_path, pages)


def test_it_is_the_same_time_and_again(project: Path) -> None:
    expected = balise(*CONCISE, "--no-cache", cwd=project)
    assert expected.out.count("(unresolved-anchor)") == 1100
    for _ in range(3):
        assert balise(*CONCISE, cwd=project) == expected


@pytest.mark.parametrize(
    "asked",
    [
        ("--output-format", "text"),
        ("--output-format", "json"),
        ("--color", "always"),
        ("--quiet",),
        ("--exit-zero",),
        ("--fail-on", "info", "--min-severity", "error"),
        ("--statistics",),
        ("--select", "headings"),
        (PAGE,),
    ],
    ids=" ".join,
)
def test_another_command_prints_its_own(project: Path, asked: tuple[str, ...]) -> None:
    balise(*CONCISE, cwd=project)
    expected = balise(*CONCISE, "--no-cache", *asked, cwd=project)
    assert balise(*CONCISE, *asked, cwd=project) == expected
    assert balise(*CONCISE, *asked, cwd=project) == expected


def test_another_folder_shows_other_paths(project: Path) -> None:
    balise(*CONCISE, cwd=project)
    there = project / "guides" / "a"
    expected = balise(*CONCISE, "--no-cache", "..", cwd=there)
    assert balise(*CONCISE, "..", cwd=there) == expected


def test_a_change_is_told(project: Path) -> None:
    for _ in range(2):
        balise(*CONCISE, cwd=project)
    page = project / PAGE
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("nowhere-7)", "elsewhere)"), encoding="utf-8")
    expected = balise(*CONCISE, "--no-cache", cwd=project)
    assert "#elsewhere" in expected.out
    assert balise(*CONCISE, cwd=project) == expected
    page.write_text(text, encoding="utf-8")
    assert "#elsewhere" not in balise(*CONCISE, cwd=project).out


def test_what_is_known_is_left_out(project: Path) -> None:
    balise(*CONCISE, cwd=project)
    balise("baseline", cwd=project)
    for _ in range(2):
        assert balise(*CONCISE, cwd=project).out == ""


def test_what_is_new_since_a_commit_is_not_taken_for_all(project: Path) -> None:
    git(project, "init", "-q")
    commit(project)
    for _ in range(2):
        assert balise(*CONCISE, "--new-since", "HEAD", cwd=project).out == ""
        assert balise(*CONCISE, cwd=project).out.count("(unresolved-anchor)") == 1100
