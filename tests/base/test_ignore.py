"""Patterns of paths, as in `.gitignore`."""

from pathlib import Path

import pytest

from balise.base.ignore import Patterns

EVERY = ("*.md",)


def excluded(path: str, *exclude: str, include: tuple[str, ...] = EVERY) -> bool:
    return Patterns.of(Path("/site"), include, exclude).excludes(f"/site/{path}")


@pytest.mark.parametrize("path", ["a.md", "b/a.md", "b/", "b/c/"])
def test_without_patterns_nothing_is_left_out(path: str) -> None:
    assert not excluded(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("drafts/", "drafts/"),
        ("drafts/", "guides/drafts/"),
        ("drafts", "guides/drafts/"),
        ("drafts/", "drafts/guide.fr-fr.md"),
        ("/drafts/", "drafts/"),
        ("*.tmp.md", "guides/a.tmp.md"),
        ("guides/*/old.md", "guides/a/old.md"),
        ("guides/**/old.md", "guides/a/b/old.md"),
        ("**/old/", "a/b/old/"),
        ("guide.??-??.md", "a/guide.fr-fr.md"),
        ("[ab].md", "b.md"),
    ],
)
def test_what_a_pattern_matches_is_left_out(pattern: str, path: str) -> None:
    assert excluded(path, pattern)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/drafts/", "guides/drafts/"),
        ("drafts/", "drafts.md"),
        ("guides/*/old.md", "guides/a/b/old.md"),
        ("*.tmp.md", "guides/tmp.md"),
        ("# drafts", "# drafts"),
        ("", "a.md"),
        ("   ", "a.md"),
    ],
)
def test_what_a_pattern_does_not_match_stays(pattern: str, path: str) -> None:
    assert not excluded(path, pattern)


def test_a_later_pattern_takes_a_page_back_in() -> None:
    assert excluded("a.md", "*.md", "!b.md")
    assert not excluded("b.md", "*.md", "!b.md")


def test_a_page_that_is_not_included_is_left_out() -> None:
    assert excluded("a/guide.fr-fr.md", include=("*.en-gb.md",))
    assert not excluded("a/guide.en-gb.md", include=("*.en-gb.md",))


def test_a_folder_need_not_be_included_to_be_searched() -> None:
    assert not excluded("a/", include=("*.en-gb.md",))


def test_what_is_included_and_excluded_is_left_out() -> None:
    assert excluded("a.md", "a.md", include=("a.md",))


@pytest.mark.parametrize("path", ["/other/drafts/", "/sites/drafts/", "/drafts/"])
def test_patterns_count_in_their_own_folder_alone(path: str) -> None:
    assert not Patterns.of(Path("/site"), EVERY, ["drafts/"]).excludes(path)


def test_a_gitignore_counts_from_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "a" / ".gitignore"
    file.parent.mkdir()
    file.write_text("# private\n\n/drafts/\n", encoding="utf-8")
    (patterns,) = Patterns.of_gitignore(file)
    assert patterns.excludes(f"{tmp_path}/a/drafts/")
    assert not patterns.excludes(f"{tmp_path}/drafts/")


def test_a_gitignore_that_cannot_be_read_leaves_nothing_out(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").mkdir()
    assert list(Patterns.of_gitignore(tmp_path / ".gitignore")) == []


def test_a_gitignore_that_is_no_text_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\n\0\n/drafts/\n")
    (patterns,) = Patterns.of_gitignore(tmp_path / ".gitignore")
    assert patterns.excludes(f"{tmp_path}/drafts/")


@pytest.mark.parametrize("part", ["*a", "*!\n", "**/", "*\\\n"])
def test_many_stars_are_tried_once(part: str) -> None:
    assert not excluded("a" * 500, part * 500 + "b")
    assert not excluded("!\n" * 500, part * 500 + "b")
