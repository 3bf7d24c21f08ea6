"""`balise check --verbose` says which pages were checked again, and why."""

from pathlib import Path

import pytest

from tests.helpers.command import balise, write_pages

HOME = "---\ntitle: Home\n---\n"
ONE, TWO = "guides/a/one/guide.en-gb.md", "guides/a/two/guide.en-gb.md"


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nslug: {title.lower()}\n---\n\n{text}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {
        "balise.toml": "",
        "guides/home.en-gb.md": HOME,
        ONE: page("One", "## Start\n\nText."),
        TWO: page("Two", "[one](../one/guide.en-gb.md#start) [title](/gb/en/a/nowhere/)"),
    }
    folder = write_pages(tmp_path, pages)
    balise("check", cwd=folder)
    return folder


def said(project: Path, *arguments: str) -> list[str]:
    ran = balise("check", "--verbose", *arguments, cwd=project)
    return [line.removeprefix("balise: ") for line in ran.err.splitlines()]


def change(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_without_a_change_the_last_report_is_shown(project: Path) -> None:
    assert said(project)[0] == "nothing has changed since the last run: its report is shown"


def test_a_changed_text_and_the_page_that_reads_it_are_named(project: Path) -> None:
    change(project, ONE, "Text.", "Words.")
    assert said(project)[:3] == [
        f"1 page checked again, since {ONE} has changed, which was read for it: {TWO}",
        f"1 page checked again, since the text has changed: {ONE}",
        "1 page not checked again",
    ]


def test_the_part_of_the_collection_that_differs_is_named(project: Path) -> None:
    write_pages(project, {"guides/a/nowhere/guide.en-gb.md": page("Nowhere", "Text.")})
    again = [line for line in said(project) if line.endswith(f": {TWO}")]
    (line,) = again
    assert "of the collection has changed at 'nowhere'" in line


def test_without_a_cache_all_pages_are_checked_as_for_the_first_time(project: Path) -> None:
    (first, second, *_) = said(project, "--no-cache")
    assert first.startswith("3 pages checked again, since nothing is kept of an earlier run")
    assert second == "0 pages not checked again"


def test_a_page_that_is_gone_is_named_as_seen_from_where_one_stands(project: Path) -> None:
    (project / ONE).unlink()
    lines = said(project)
    assert any(TWO in line for line in lines)
    assert not any(str(project) in line for line in lines)
