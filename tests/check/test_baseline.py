"""A baseline: what is known no longer fails, what is new does."""

import json
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, write_pages

PAGE = "---\ntitle: A\n---\n\n[a](#none)\n\n[b](#gone)\n"
NAME = "guides/a/guide.en-gb.md"
FILE = "balise-baseline.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_pages(tmp_path, {"balise.toml": "", NAME: PAGE})
    assert check(tmp_path).status == 1
    assert balise("baseline", cwd=tmp_path).status == 0
    return tmp_path


def check(folder: Path, *options: str) -> Ran:
    return balise("check", "--output-format", "concise", *options, cwd=folder)


def rewrite(folder: Path, text: str) -> None:
    write_pages(folder, {NAME: text})


def test_writing_one_tells_how_much_of_what_is_known(project: Path) -> None:
    ran = balise("baseline", cwd=project)
    assert (ran.out, ran.status) == ("", 0)
    assert ran.err == "2 findings known from now on\n     2  unresolved-anchor\n"


def test_shrinking_tells_how_much_was_mended(project: Path) -> None:
    rewrite(project, PAGE.replace("[a](#none)", "mended"))
    ran = balise("baseline", "--shrink", cwd=project)
    assert ran.err == "1 mended, 1 left; the baseline is of today\n     1  unresolved-anchor\n"


def test_writing_one_quietly_tells_nothing(project: Path) -> None:
    (project / FILE).unlink()
    ran = balise("baseline", "--quiet", cwd=project)
    assert (ran.out, ran.err, ran.status) == ("", "", 0)
    assert check(project).status == 0


def test_known_findings_are_left_out_and_counted(project: Path) -> None:
    ran = check(project)
    assert (ran.out, ran.status) == ("", 0)
    assert "2 of 2 known findings left out; the baseline is of today" in ran.err


def test_a_new_finding_is_reported_alone(project: Path) -> None:
    rewrite(project, PAGE + "\n[c](#new)\n")
    ran = check(project)
    assert ran.status == 1
    assert ran.out.count("\n") == 1
    assert "#new" in ran.out


def test_a_finding_stays_known_when_its_line_moves(project: Path) -> None:
    rewrite(project, PAGE.replace("\n[a]", "\nSome lines.\n\nMore.\n\n[a]"))
    assert check(project).status == 0


def test_a_second_finding_of_the_same_text_is_new(project: Path) -> None:
    rewrite(project, PAGE + "\n[a](#none)\n")
    assert check(project).out.count("#none") == 1


def test_all_findings_are_there_for_those_who_ask(project: Path) -> None:
    assert check(project, "--no-baseline").out.count("\n") == 2


def test_shrinking_drops_what_was_mended_and_adds_nothing(project: Path) -> None:
    rewrite(project, PAGE.replace("[a](#none)", "mended") + "\n[c](#new)\n")
    ran = balise("baseline", "--shrink", cwd=project)
    assert "1 mended, 1 left" in ran.err
    assert check(project).out.count("\n") == 1
    rewrite(project, PAGE)
    assert "#none" in check(project).out


def test_it_is_found_from_every_folder_below(project: Path) -> None:
    assert balise("check", ".", cwd=project / "guides").status == 0


def test_the_file_has_a_finding_a_line_and_no_line_numbers(project: Path) -> None:
    text = (project / FILE).read_text(encoding="utf-8")
    pages = json.loads(text)["pages"]
    assert list(pages) == [NAME]
    assert sorted(pages[NAME].values()) == ["unresolved-anchor", "unresolved-anchor"]
    assert text.count('unresolved-anchor"') == len(
        [li for li in text.splitlines() if "anchor" in li]
    )


def test_writing_it_twice_gives_the_same_file(project: Path) -> None:
    before = (project / FILE).read_bytes()
    balise("baseline", cwd=project)
    assert (project / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", '{"version": 1}', '{"version": 99, "pages": {}}', "\x00\xff"]
)
def test_a_file_that_is_no_baseline_is_one_clear_line(project: Path, text: str) -> None:
    (project / FILE).write_text(text, encoding="utf-8")
    ran = check(project)
    assert ran.status == 2
    assert FILE in ran.err
    assert "Traceback" not in ran.err


def test_there_must_be_one_to_shrink(tmp_path: Path) -> None:
    write_pages(tmp_path, {"balise.toml": "", NAME: PAGE})
    ran = balise("baseline", "--shrink", cwd=tmp_path)
    assert ran.status == 2
    assert "there is no baseline to shrink" in ran.err


def test_what_is_known_of_other_pages_stays(project: Path) -> None:
    write_pages(project, {"guides/b/guide.en-gb.md": PAGE})
    balise("baseline", "guides/b/guide.en-gb.md", cwd=project)
    assert check(project).status == 0
    balise("baseline", "--shrink", "guides/b/guide.en-gb.md", cwd=project)
    assert check(project).status == 0


def test_a_file_that_is_no_baseline_is_not_written_over(project: Path) -> None:
    (project / FILE).write_text("mine", encoding="utf-8")
    assert balise("baseline", cwd=project).status == 2
    assert (project / FILE).read_text(encoding="utf-8") == "mine"
