"""The options of `balise check` that say which pages, rules, fixes and findings are meant."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, write_pages

PAGE = "---\ntitle: Page\n---\n\n[a](#nowhere) [b](http://x.example/){.extrenal}\n\n## \n"
"""A page with an error and two warnings that have a fix."""
HERE = "guides/a/guide.en-gb.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {
        "balise.toml": "",
        "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
        "guides/product.en-gb.md": "---\ntitle: Mail\n---\n",
        HERE: PAGE,
        "guides/drafts/guide.en-gb.md": PAGE,
    }
    return write_pages(tmp_path, pages)


def found(ran: Ran) -> list[tuple[str, str]]:
    """Path and rule of each finding."""
    return [(finding["path"], finding["rule"]) for finding in json.loads(ran.out)]


def check(project: Path, *arguments: str | Path) -> Ran:
    return balise("check", "--output-format", "json", *arguments, cwd=project)


# Configuration


def test_a_configuration_that_is_named_counts_alone(project: Path) -> None:
    write_pages(project, {"ci/strict.toml": 'guides = "../guides"\nselect = ["anchors"]\n'})
    (project / "balise.toml").write_text('select = ["headings"]\n', encoding="utf-8")
    rules = {rule for _, rule in found(check(project, "--config", "ci/strict.toml"))}
    assert rules == {"unresolved-anchor"}


def test_a_changed_configuration_that_is_named_is_noticed(project: Path) -> None:
    file = write_pages(project, {"ci/strict.toml": 'guides = "../guides"\n'}) / "ci/strict.toml"
    assert len(found(check(project, "--config", file))) > 2
    file.write_text('guides = "../guides"\nselect = ["anchors"]\n', encoding="utf-8")
    assert {rule for _, rule in found(check(project, "--config", file))} == {"unresolved-anchor"}


def test_isolated_takes_no_configuration(project: Path) -> None:
    (project / "balise.toml").write_text('guides = "nowhere"\nnope = 1\n', encoding="utf-8")
    assert check(project).status == 2
    assert check(project, "--isolated").status == 1


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("pyproject.toml", "[tool.ruff]\n", "there is no table [tool.balise]"),
        ("mkdocs.yml", "site_name: x\n", "is no configuration of balise"),
        ("ruff.toml", 'line-length = 100\nexclude = ["x"]\n[lint]\n[format]\n', "`line-length`"),
        ("slip.toml", 'guide = "x"\n', "did you mean `guides`?"),
        ("folder/x", "", "it is a folder"),
        ("missing/x", None, "there is no such file"),
    ],
)
def test_a_file_that_is_no_configuration_is_one_clear_line(
    project: Path, name: str, text: str | None, reason: str
) -> None:
    if text is not None:
        write_pages(project, {name: text})
    ran = check(project, "--config", name.removesuffix("/x"))
    assert (ran.status, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert name.removesuffix("/x") in line
    assert reason in line


def test_a_configuration_and_none_are_a_contradiction(project: Path) -> None:
    ran = check(project, "--config", "balise.toml", "--isolated")
    assert ran.status == 2
    assert ran.err.startswith("balise: `--config` and `--isolated` exclude each other")


@pytest.mark.parametrize("command", [("baseline",), ("facts", "guides"), ("config",)])
def test_other_commands_take_a_configuration_too(project: Path, command: tuple[str, ...]) -> None:
    ran = balise(*command, "--config", "nowhere.toml", cwd=project)
    assert ran.status == 2
    assert "nowhere.toml: cannot be read: there is no such file" in ran.err


# Pages


def test_more_can_be_left_out_than_the_configuration_does(project: Path) -> None:
    assert {path for path, _ in found(check(project))} == {HERE, "guides/drafts/guide.en-gb.md"}
    assert {path for path, _ in found(check(project, "--exclude", "drafts/"))} == {HERE}
    assert len({path for path, _ in found(check(project))}) == 2


def test_a_pattern_that_cannot_be_understood_is_one_clear_line(project: Path) -> None:
    ran = check(project, "--exclude", "a[z-a]")
    assert ran.status == 2
    assert ran.err.startswith("balise: `--exclude`: the pattern `a[z-a]` cannot be understood")
    assert ran.err.count("\n") == 1


def test_the_pages_that_would_be_checked_are_shown_and_nothing_else(project: Path) -> None:
    ran = balise("check", "--show-files", "--exclude", "drafts/", cwd=project)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [HERE, "guides/home.en-gb.md", "guides/product.en-gb.md"]


# Fixes


def test_only_fixes_that_are_wanted_are_made(project: Path) -> None:
    balise("check", "--fix", "--unfixable", "attributes", cwd=project)
    assert "{.extrenal}" in (project / HERE).read_text(encoding="utf-8")
    balise("check", "--fix", "--fixable", "attributes", cwd=project)
    assert "{.external}" in (project / HERE).read_text(encoding="utf-8")


def test_a_finding_whose_fix_is_not_wanted_is_told_without_it(project: Path) -> None:
    (project / "balise.toml").write_text('unfixable = ["unknown-attribute"]\n', encoding="utf-8")
    findings = json.loads(check(project).out)
    (fix,) = {str(f["fix"]) for f in findings if f["rule"] == "unknown-attribute"}
    assert fix == "None"


def test_an_unknown_name_of_a_fix_is_told_with_the_nearest(project: Path) -> None:
    ran = check(project, "--unfixable", "atributes")
    assert ran.status == 2
    assert "there is no rule or group `atributes`; did you mean `attributes`?" in ran.err


# Findings and statuses


def test_findings_below_a_severity_are_not_reported_and_do_not_count(project: Path) -> None:
    ran = check(project, "--min-severity", "error")
    assert {rule for _, rule in found(ran)} == {"unresolved-anchor"}
    assert ran.status == 1
    assert check(project, "--min-severity", "error", "--ignore", "anchors").status == 0


def test_fail_on_counts_before_the_configuration(project: Path) -> None:
    (project / "balise.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    arguments = ("--ignore", "anchors", "--fail-on")
    assert check(project, *arguments[:2]).status == 0
    assert check(project, *arguments, "warning").status == 1
    assert check(project, *arguments, "error").status == 0


def test_findings_need_not_make_the_command_fail_but_mistakes_do(project: Path) -> None:
    assert check(project, "--exit-zero").status == 0
    assert check(project, "--exit-zero", "--diff").status == 0
    assert check(project, "--exit-zero", "nowhere").status == 2


def test_quiet_is_findings_and_nothing_else(project: Path) -> None:
    loud, quiet = balise("check", cwd=project), balise("check", "-q", cwd=project)
    assert quiet.out == loud.out
    assert (quiet.status, quiet.err) == (1, "")
    assert balise("check", "-q", "nowhere", cwd=project).err != ""


def test_the_last_lines_count_severities_and_fixes(project: Path) -> None:
    lines = balise("check", HERE, cwd=project).err.splitlines()
    assert lines == [
        "1 page checked: 3 findings (1 error, 2 warnings) on 1 page",
        "2 fixable with `--fix`",
    ]


def test_where_all_findings_are_alike_they_are_counted_by_their_severity(project: Path) -> None:
    ran = balise("check", "--select", "anchors", cwd=project)
    assert ran.err == "4 pages checked: 2 errors on 2 pages\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unsafe-fixes",),
        ("-q", "-v"),
        ("-", "--watch"),
        ("-", "--show-files"),
        ("--watch", "--no-cache"),
        ("--watch", "--show-files"),
        ("--stdin-filename", "guide.en-gb.md"),
    ],
)
def test_what_cannot_be_meant_together_is_one_clear_line(
    project: Path, arguments: tuple[str, ...]
) -> None:
    ran = check(project, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("balise: `--")
    assert ran.err.count("\n") == 1


# Colours


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": ""}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_are_printed_where_they_are_wanted(
    project: Path, arguments: tuple[str, ...], environment: dict[str, str], colored: bool
) -> None:
    ran = balise("check", *arguments, cwd=project, stdin=b"", **environment)
    assert ("\x1b[" in ran.out) is colored
    plain = re.sub(r"\x1b\[[\d;]*m", "", ran.out)
    assert plain == balise("check", cwd=project).out


# Bad surroundings


def test_a_working_folder_that_was_removed_is_one_clear_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, subprocess, sys; os.rmdir(os.getcwd());"
        "sys.exit(subprocess.run([sys.executable, '-m', 'balise', 'check']).returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == ("balise: the current folder has been removed: go to one that is there\n")


def test_guides_that_are_a_link_in_a_circle_are_one_clear_line(tmp_path: Path) -> None:
    write_pages(tmp_path, {"balise.toml": ""})
    (tmp_path / "guides").symlink_to("guides")
    ran = balise("check", cwd=tmp_path)
    assert ran.status == 2
    assert "it is a symbolic link in a circle" in ran.err
    assert ran.err.count("\n") == 1


def test_where_nothing_can_be_kept_the_findings_are_the_same_and_nothing_is_said(
    project: Path,
) -> None:
    (project / ".balise_cache").write_text("not a folder", encoding="utf-8")
    ran = check(project)
    assert (ran.out, ran.err) == (
        check(project, "--no-cache").out,
        check(project, "--no-cache").err,
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every folder")
@pytest.mark.parametrize("folder", ["guides", "guides/drafts"])
def test_a_folder_that_may_not_be_read_is_one_clear_line(project: Path, folder: str) -> None:
    (project / folder).chmod(0)
    ran = check(project)
    (project / folder).chmod(0o755)
    assert (ran.status, ran.out) == (2, "")
    assert f"{folder}: cannot be read: permission denied" in ran.err


def test_a_configuration_far_above_counts(project: Path) -> None:
    (project / "balise.toml").write_text('select = ["anchors"]\n', encoding="utf-8")
    page = write_pages(project / "x/y/z", {"guide.en-gb.md": PAGE}) / "guide.en-gb.md"
    assert {rule for _, rule in found(check(page.parent, page))} == {"unresolved-anchor"}


def test_many_paths_are_taken(tmp_path: Path) -> None:
    pages = {f"p{number}/guide.en-gb.md": PAGE for number in range(1500)}
    write_pages(tmp_path, {"balise.toml": 'select = ["anchors"]\n', **pages})
    assert len(found(check(tmp_path, *pages))) == 1500
