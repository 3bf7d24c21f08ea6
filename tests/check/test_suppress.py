"""Where comments that silence rules begin and end to count, as the command line tells it."""

from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages


def found(folder: Path, body: str) -> list[str]:
    """The links whose anchor is reported as unresolved, on a page with this text."""
    write_pages(folder, {"guide.en-gb.md": f"---\ntitle: A\n---\n\n{body}"})
    options = ("--output-format", "concise", "--select", "unresolved-anchor")
    ran = balise("check", *options, "guide.en-gb.md", cwd=folder)
    assert ran.status in (0, 1), ran.err
    return [line.split("`")[1] for line in ran.out.splitlines()]


@pytest.mark.parametrize("names", ["", "[unresolved-anchor]", "[anchors, unresolved-anchor]"])
def test_behind_an_on_without_names_everything_counts_again(tmp_path: Path, names: str) -> None:
    text = f"[a](#one)\n\n<!-- balise: off{names} old -->\n\n[b](#two)\n\n"
    assert found(tmp_path, f"{text}<!-- balise: on -->\n\n[c](#three)\n") == ["#one", "#three"]


def test_an_on_without_names_ends_all_regions_above_it(tmp_path: Path) -> None:
    text = "<!-- balise: off old -->\n\n<!-- balise: off[anchors] old -->\n\n[a](#one)\n\n"
    assert found(tmp_path, f"{text}<!-- balise: on -->\n\n[b](#two)\n") == ["#two"]


def test_a_region_ends_at_the_first_on_and_not_at_one_above_it(tmp_path: Path) -> None:
    on = "<!-- balise: on -->\n\n"
    off = "<!-- balise: off old -->\n\n"
    text = f"{on}{off}[a](#one)\n\n{on}[b](#two)\n\n{on}[c](#three)\n"
    assert found(tmp_path, text) == ["#two", "#three"]


def test_an_on_for_other_rules_ends_nothing(tmp_path: Path) -> None:
    text = "<!-- balise: off old -->\n\n<!-- balise: on[empty-link] -->\n\n[a](#one)\n"
    assert found(tmp_path, text) == []


def test_a_region_without_an_end_goes_to_the_end_of_the_page(tmp_path: Path) -> None:
    assert found(tmp_path, "[a](#one)\n\n<!-- balise: off old -->\n\n[b](#two)") == ["#one"]


def test_each_comment_is_about_the_block_below_itself(tmp_path: Path) -> None:
    ignore = "<!-- balise: ignore old -->\n"
    text = f"{ignore}[a](#one)\n\n[b](#two)\n\n{ignore}[c](#three)\n\n[d](#four)\n"
    assert found(tmp_path, text) == ["#two", "#four"]


def test_comments_in_a_row_are_about_the_same_block(tmp_path: Path) -> None:
    row = "<!-- balise: ignore[empty-link] old -->\n\n<!-- balise: ignore[anchors] old -->\n\n"
    assert found(tmp_path, f"{row * 2}[a](#one)\n\n[b](#two)\n") == ["#two"]


def test_a_comment_in_a_list_is_about_what_is_below_it_there(tmp_path: Path) -> None:
    ignore = "<!-- balise: ignore old -->"
    text = f"{ignore}\n\n- {ignore}\n\n  [a](#one)\n\n  [b](#two)\n\n[c](#three)\n\n{ignore}\n\n[d](#four)\n"
    assert found(tmp_path, text) == ["#three"]


def test_a_comment_with_nothing_below_it_in_its_block_silences_nothing(tmp_path: Path) -> None:
    text = "> [!primary]\n>\n> [a](#one)\n>\n> <!-- balise: ignore old -->\n\n[b](#two)\n"
    assert found(tmp_path, text) == ["#one", "#two"]


def test_a_comment_in_a_title_is_about_that_title(tmp_path: Path) -> None:
    ignore = "<!-- balise: ignore old -->"
    text = f"/// details | [a](#one) {ignore}\n[b](#two)\n///\n\n## [c](#three) {ignore}\n\n[d](#four)\n"
    assert found(tmp_path, text) == ["#two", "#four"]
