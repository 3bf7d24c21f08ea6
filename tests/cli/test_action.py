"""The action for GitHub and the template for GitLab: what their steps do, run as a runner does."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers.command import Ran, run
from tests.helpers.platforms import on_posix
from tests.helpers.repositories import IDENTITY, commit, page, repository
from tests.helpers.support import ROOT

A = "guides/a/guide.en-gb.md"
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
"""As GitHub runs `shell: bash`."""
PINNED = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40})  # v\d+\.\d+\.\d+$")

pytestmark = [
    on_posix,
    pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here"),
]


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A branch with a new mistake in a page that had one already, and balise where steps install it."""
    folder = repository(tmp_path / "guides", {"a/guide.en-gb.md": page("a", "[x](#old)")})
    (folder / A).write_text(page("a", "[x](#old)\n\n[x](#new)"), encoding="utf-8")
    commit(folder)
    program = tmp_path / "balise/bin/balise"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m balise "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def step(name: str) -> dict[str, Any]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(s for s in action["runs"]["steps"] if s.get("name") == name)
    return found


def check(guides: Path, **given: str) -> tuple[Ran, str]:
    """What the step that checks does with these inputs, and the summary that it leaves."""
    inputs = {"PATHS": "", "ARGS": "--select anchors", "NEW_SINCE": "", **given}
    found = step("Check the guides")
    assert found["env"].keys() == inputs.keys()
    summary = guides.parent / "summary.md"
    environment = {
        **IDENTITY,
        **inputs,
        "RUNNER_TEMP": str(guides.parent),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    ran = run([*BASH, found["run"]], guides, b"", environment)
    return ran, summary.read_text(encoding="utf-8")


def test_a_push_is_told_of_all_findings_as_annotations_and_in_the_summary(guides: Path) -> None:
    ran, summary = check(guides)
    assert ran.status == 1
    assert ran.out.count("::error file=guides/a/guide.en-gb.md") == 2
    assert "2 pages checked: 2 errors." in summary


def test_a_pull_request_is_told_of_new_findings_only(guides: Path) -> None:
    ran, summary = check(guides, NEW_SINCE="start")
    assert ran.status == 1
    assert ran.out.count("::error file=guides/a/guide.en-gb.md") == 1
    assert "`#new`" in summary
    assert "`#old`" not in summary


def test_a_commit_among_the_arguments_counts_before_the_base(guides: Path) -> None:
    ran, _ = check(guides, NEW_SINCE="start", ARGS="--select anchors --new-since HEAD")
    assert ran.status == 0


def test_a_job_that_finds_nothing_passes_and_says_so(guides: Path) -> None:
    ran, summary = check(guides, NEW_SINCE="HEAD")
    assert (ran.status, ran.out) == (0, "")
    assert "nothing found" in summary


def test_a_job_that_cannot_check_says_so_in_the_summary(guides: Path) -> None:
    ran, summary = check(guides, NEW_SINCE="0" * 40)
    assert ran.status == 2
    assert "is no commit" in ran.err
    assert summary == "balise could not check the guides; the log of the job says why.\n"


def test_paths_may_have_blanks_and_are_never_options(guides: Path) -> None:
    (guides / "guides/a b").mkdir()
    (guides / "guides/a b/guide.en-gb.md").write_text(page("ab", "[x](#none)"), encoding="utf-8")
    ran, _ = check(guides, PATHS="guides/a b\n\n")
    assert ran.out.count("::error file=guides/a b/guide.en-gb.md") == 1
    ran, _ = check(guides, PATHS="--version\n")
    assert (ran.status, ran.out) == (2, "")


def test_a_pull_request_is_compared_with_its_base_unless_the_workflow_says_otherwise() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    default = action["inputs"]["new-since"]["default"]
    assert default == "${{ github.event.pull_request.base.sha }}"


def test_no_step_has_text_of_others_in_its_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert not [s for s in action["runs"]["steps"] if "${{" in s.get("run", "")]


def uses() -> Iterator[tuple[str, str]]:
    """Every line of the action and the manual that uses an action, and where it is."""
    for file in (ROOT / "action.yml", *sorted((ROOT / "docs").rglob("*.md"))):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "uses: " in line and "uses: example/balise" not in line:
                yield f"{file.name}: {line.strip()}", line.strip()


def test_actions_of_others_are_pinned_to_a_commit_with_its_version_beside_it() -> None:
    found = dict(uses())
    assert len(found) > 5
    assert [where for where, line in found.items() if not PINNED.search(line)] == []
    pins = {match[1]: match[2] for line in found.values() if (match := PINNED.search(line))}
    same = {(name.split("/")[1], commit) for name, commit in pins.items()}
    assert len(same) == len({name for name, _ in same}), "one version of each action"


@pytest.fixture
def job(guides: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of the template's job that follow the installation, with its defaults."""
    text = (ROOT / "templates/balise.yml").read_text(encoding="utf-8")
    spec, template = yaml.safe_load_all(text)
    inputs = {name: str(given["default"]) for name, given in spec["spec"]["inputs"].items()}
    inputs["args"] = "--select anchors"
    script = [
        re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: inputs[m[1]], command)
        for command in template["balise"]["script"]
    ]
    first = next(i for i, command in enumerate(script) if " check " in command)
    program = str(guides.parent / "balise/bin/balise")
    return [command.replace("/tmp/balise/bin/balise", program) for command in script[first:]]  # noqa: S108


def of_gitlab(guides: Path, job: list[str], **variables: str) -> Ran:
    environment = {**IDENTITY, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "", **variables}
    return run(["sh", "-e", "-c", "\n".join(job)], guides, b"", environment)


def test_a_merge_request_fails_for_new_findings_and_reports_all(
    guides: Path, job: list[str]
) -> None:
    ran = of_gitlab(guides, job, CI_MERGE_REQUEST_DIFF_BASE_SHA="start")
    assert ran.status == 1
    assert "`#new`" in ran.out
    assert "`#old`" not in ran.out
    assert (guides / "codequality.json").read_text(encoding="utf-8").count("fingerprint") == 2


def test_a_merge_request_without_new_findings_passes(guides: Path, job: list[str]) -> None:
    ran = of_gitlab(guides, job, CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD")
    assert (ran.status, ran.out) == (0, "")


def test_another_pipeline_fails_for_all_findings(guides: Path, job: list[str]) -> None:
    ran = of_gitlab(guides, job)
    assert ran.status == 1
    assert ran.out.count("(unresolved-anchor)") == 2


def test_a_pipeline_that_cannot_check_ends_at_once(guides: Path, job: list[str]) -> None:
    (guides / "balise.toml").write_text("select = 1\n", encoding="utf-8")
    ran = of_gitlab(guides, job)
    assert ran.status == 2
    assert ran.err.count("balise.toml:1") == 1
    assert not os.path.exists(guides / "codequality.json")  # noqa: PTH110
