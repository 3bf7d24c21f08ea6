"""Every output format, read back as those who asked for it will read it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from balise.reporters import FORMATS
from tests.helpers.command import PICTURE, Ran, balise, write_pages
from tests.helpers.platforms import on_posix, with_links
from tests.helpers.support import ROOT

HOME = "---\ntitle: Home\n---\n"
NAME = "guides/été, 100% & <b>: x/guide.fr-fr.md"
PAGE = '---\ntitle: Page\n---\n\n😀 [a](#nulle "part") `x` {.action} | \x07[b](#a|b)\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {
        "balise.toml": 'extend-select = ["unused-image"]\n',
        "guides/home.fr-fr.md": HOME,
        NAME: PAGE,
        "guides/été, 100% & <b>: x/images/unused.png": PICTURE,
    }
    return write_pages(tmp_path_factory.mktemp("formats"), pages)


def check(project: Path, output_format: str, *options: str) -> Ran:
    return balise("check", "--output-format", output_format, *options, cwd=project)


def findings(project: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(check(project, "json").out)
    assert len(found) >= 4
    return found


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_tells_every_finding(project: Path, output_format: str) -> None:
    out = check(project, output_format).out
    for finding in findings(project):
        assert str(finding["rule"]) in out


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_can_say_that_nothing_was_found(project: Path, output_format: str) -> None:
    ran = check(project, output_format, "--select", "empty-page")
    assert ran.status == 0
    if output_format in ("json", "gitlab"):
        assert json.loads(ran.out) == []
    elif output_format == "sarif":
        assert json.loads(ran.out)["runs"][0]["results"] == []
    elif output_format == "junit":
        assert ElementTree.fromstring(ran.out).get("failures") == "0"  # noqa: S314
    elif output_format == "markdown":
        assert "nothing found" in ran.out
    else:
        assert ran.out == "", "say above what this format has where nothing is found"


@pytest.mark.parametrize("output_format", ["text", "concise", "github", "markdown"])
def test_no_format_for_people_lets_control_characters_through(
    project: Path, output_format: str
) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", check(project, output_format).out)


def test_a_concise_line_has_place_severity_message_rule_and_mark(project: Path) -> None:
    lines = check(project, "concise").out.splitlines()
    assert len(lines) == len(findings(project))
    assert f"{NAME}:5:3: error `#nulle` is not an anchor of this page (unresolved-anchor)" in lines
    assert any(line.endswith("(detached-attribute) *") for line in lines)


def test_json_lines_are_the_objects_of_json(project: Path) -> None:
    lines = check(project, "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == findings(project)


def test_sarif_has_rules_places_fixes_and_fingerprints(project: Path) -> None:
    log = json.loads(check(project, "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], findings(project), strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["rule"]
        assert result["message"]["text"] == finding["message"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uriBaseId"] == "SRCROOT"
        assert re.fullmatch(r"[\w./%-]+", physical["artifactLocation"]["uri"])
        start = finding["start"]
        assert isinstance(start, dict)
        if "region" in physical:
            assert physical["region"]["startLine"] == start["line"]
            assert physical["region"]["startColumn"] == start["column"]
            assert physical["region"]["charOffset"] == start["offset"]
        assert ("fixes" in result) == (finding["fix"] is not None)
    marks = [result["partialFingerprints"]["balise/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_github_commands_escape_what_they_must(project: Path) -> None:
    lines = check(project, "github").out.splitlines()
    anchor = next(line for line in lines if "unresolved-anchor" in line)
    path = NAME.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert anchor == (
        f"::error file={path},line=5,endLine=5,title=balise%3A unresolved-anchor,col=3,endColumn=21"
        "::`#nulle` is not an anchor of this page"
    )
    assert any(line.startswith("::notice ") for line in lines)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A page with 12 errors and 11 warnings, one of which would be obeyed by GitHub."""
    errors = "".join(f"[a](#none-{number})\n\n" for number in range(11))
    warnings = "[x](https://a.example/){.extrenal}\n\n" * 11
    text = f"---\ntitle: A\n---\n\n{errors}[a](#x##[add-mask]y)\n\n{warnings}"
    return write_pages(tmp_path, {"guide.en-gb.md": text, "balise.toml": 'guides = "."\n'})


def test_github_gets_no_more_annotations_than_it_shows(many: Path) -> None:
    lines = check(many, "github", "--select", "anchors,unknown-attribute").out.splitlines()
    annotations = [line.split()[0] for line in lines if line.startswith(("::error", "::warning"))]
    assert annotations == ["::error"] * 10 + ["::warning"] * 10
    assert "::group::2 more of the severity error, 1 more of the severity warning" in lines


def test_what_github_does_not_show_is_in_its_log_and_is_not_obeyed(many: Path) -> None:
    lines = check(many, "github", "--select", "anchors,unknown-attribute").out.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("::stop-commands::"))
    end = lines.index(f"::{lines[start].removeprefix('::stop-commands::')}::")
    assert [line.split(": ")[0] for line in lines[start + 1 : end]] == [
        "guide.en-gb.md:25:1",
        "guide.en-gb.md:27:1",
        "guide.en-gb.md:49:25",
    ]
    assert lines[end + 1 :] == ["::endgroup::"]


def test_of_very_many_findings_a_summary_says_how_many_are_not_listed(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\n" + "[a](#none)\n\n" * 1003
    write_pages(tmp_path, {"guide.en-gb.md": text})
    out = check(tmp_path, "markdown", "--select", "anchors", "guide.en-gb.md").out
    assert out.count("| `unresolved-anchor` |\n") == 1000
    assert "3 more are not listed here." in out


def test_gitlab_entries_have_all_that_gitlab_asks_for(project: Path) -> None:
    entries = json.loads(check(project, "gitlab").out)
    for entry, finding in zip(entries, findings(project), strict=True):
        start = finding["start"]
        assert isinstance(start, dict)
        assert entry["description"] == finding["message"]
        assert entry["check_name"] == finding["rule"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["path"] == finding["path"]
        assert entry["location"]["lines"]["begin"] == start["line"]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("severity", "in_gitlab", "in_sarif"),
    [("error", "major", "error"), ("warning", "minor", "warning"), ("info", "info", "note")],
)
def test_a_severity_has_its_name_in_each_format(
    tmp_path: Path, severity: str, in_gitlab: str, in_sarif: str
) -> None:
    settings = f'guides = "."\n[severity]\nunresolved-anchor = "{severity}"\n'
    page = "---\ntitle: A\n---\n\n[a](#b)\n"
    write_pages(tmp_path, {"balise.toml": settings, "guide.en-gb.md": page})
    select = ("--select", "unresolved-anchor")
    (entry,) = json.loads(check(tmp_path, "gitlab", *select).out)
    (run,) = json.loads(check(tmp_path, "sarif", *select).out)["runs"]
    (result,) = run["results"]
    assert (entry["severity"], result["level"]) == (in_gitlab, in_sarif)


def test_sarif_has_the_severity_that_a_rule_has_by_itself(project: Path) -> None:
    (run,) = json.loads(check(project, "sarif").out)["runs"]
    levels = {rule["id"]: rule["defaultConfiguration"] for rule in run["tool"]["driver"]["rules"]}
    assert levels["unresolved-anchor"] == {"level": "error", "enabled": True}
    assert levels["unknown-attribute"] == {"level": "warning", "enabled": True}
    assert levels["unused-image"] == {"level": "note", "enabled": False}


def gitlab(folder: Path) -> str:
    return balise("check", "--output-format", "gitlab", "guide.en-gb.md", cwd=folder).out


def test_fingerprints_stay_where_lines_move(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.en-gb.md": "---\ntitle: A\n---\n\n[a](#b)\n\n[a](#b)\n"})
    before = json.loads(gitlab(tmp_path))
    write_pages(tmp_path, {"guide.en-gb.md": "---\ntitle: A\n---\n\nNew.\n\n[a](#b)\n\n[a](#b)\n"})
    after = json.loads(gitlab(tmp_path))
    assert [e["fingerprint"] for e in before] == [e["fingerprint"] for e in after]
    assert [e["location"] for e in before] != [e["location"] for e in after]


def test_junit_has_a_case_for_each_page(project: Path) -> None:
    suites = ElementTree.fromstring(check(project, "junit").out)  # noqa: S314
    cases = {case.get("name"): case for case in suites.iter("testcase")}
    assert cases["guides/home.fr-fr.md"].find("failure") is None
    failure = cases[NAME].find("failure")
    assert failure is not None
    assert failure.text is not None
    assert f"{NAME}:5:3: error" in failure.text


def test_markdown_has_a_row_for_each_finding(project: Path) -> None:
    out = check(project, "markdown").out
    rows = [line for line in out.splitlines() if line.startswith("| guides/")]
    assert len(rows) == len(findings(project))
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)
    assert "<b>" not in out


# Files


def test_a_report_goes_to_a_file_in_place_of_stdout(project: Path, tmp_path: Path) -> None:
    ran = check(project, "json", "--output", str(tmp_path / "a.json"))
    assert ran.out == ""
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == findings(project)


def test_several_formats_go_to_files_beside_stdout(project: Path, tmp_path: Path) -> None:
    options = [f"--output=sarif={tmp_path / 'a.sarif'}", f"--output=junit={tmp_path / 'b.xml'}"]
    ran = check(project, "concise", *options)
    assert "unresolved-anchor" in ran.out
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    ElementTree.parse(tmp_path / "b.xml")  # noqa: S314
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.sarif", "b.xml"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("sarfi=a", "there is no format `sarfi`; did you mean `sarif`?"),
        ("sarif=", "behind `=` stands the name of a file"),
        ("", "behind `=` stands the name of a file"),
        ("json=.", "`.` is a folder; name a file in it"),
        ("guides/", "`guides/` is a folder; name a file in it"),
        ("nowhere/", "`nowhere/` is a folder; name a file in it"),
        ("nowhere/at/all.json", "cannot be written: no such file or directory"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_clear_line(
    project: Path, value: str, message: str
) -> None:
    ran = check(project, "json", "--output", value)
    assert ran.status == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


@on_posix
def test_a_report_goes_through_a_pipe_that_stays_one(project: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Both ends: who only reads would wait for a writer that may never come.
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        check(project, "concise", "--output", f"json={pipe}")
        assert json.loads(os.read(reader, 1_000_000)) == findings(project)
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@on_posix
def test_a_device_takes_a_report_and_stays_one(project: Path, tmp_path: Path) -> None:
    null = tmp_path / "null"
    null.symlink_to("/dev/null")
    ran = check(project, "concise", "--output", f"json={null}")
    assert "unresolved-anchor" in ran.out
    assert null.is_symlink()
    assert null.is_char_device()


@on_posix
def test_stdout_has_a_name_too(project: Path) -> None:
    ran = check(project, "concise", "--output", "json=/dev/stdout")
    data, end = json.JSONDecoder().raw_decode(ran.out)
    assert data == findings(project)
    assert ran.out[end:].strip() == check(project, "concise").out.strip()


@with_links
def test_a_report_goes_where_a_symbolic_link_leads(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    link = tmp_path / "latest.json"
    link.symlink_to("reports/today.json")
    for _ in range(2):
        check(project, "concise", "--output", f"json={link}")
        assert link.is_symlink()
        assert json.loads((folder / "today.json").read_bytes()) == findings(project)
    assert [file.name for file in folder.iterdir()] == ["today.json"]


def test_two_formats_for_one_file_are_a_mistake(project: Path) -> None:
    ran = check(project, "json", "--output", "sarif=x", "--output", "junit=x")
    assert ran.status == 2
    assert "this file is written twice" in ran.err


def test_statistics_count_by_rule(project: Path) -> None:
    ran = check(project, "text", "--statistics")
    assert "  unresolved-anchor (error)\n" in ran.out
    rows = json.loads(check(project, "json", "--statistics").out)
    assert sum(row["findings"] for row in rows) == len(findings(project))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_completion_for_each_shell(tmp_path: Path, shell: str) -> None:
    ran = balise(cwd=tmp_path, _BALISE_COMPLETE=f"{shell}_source")
    assert "balise" in ran.out
    assert "complet" in ran.out


@pytest.mark.parametrize("output_format", ["text", "concise"])
@pytest.mark.parametrize("folder", ["::error title=x::pwn", "##[error]x", "a\n::error::pwn"])
def test_no_name_of_a_folder_is_a_command_to_a_ci_system(
    tmp_path: Path, output_format: str, folder: str
) -> None:
    write_pages(tmp_path, {f"{folder}/guide.en-gb.md": "---\ntitle: A\n---\n\n[a](#b)\n"})
    ran = check(tmp_path, output_format, ".")
    assert "unresolved-anchor" in ran.out
    assert not any(line.startswith(("::", "##")) for line in (ran.out + ran.err).splitlines())


# The address of the manual

MANUAL = "https://docs.example.com/rules/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose team has published the manual."""
    page = "---\ntitle: Home\n---\n\n[a](#nowhere)\n"
    pages = {"balise.toml": f'manual = "{MANUAL}"\n', "guides/home.en-gb.md": page}
    return write_pages(tmp_path_factory.mktemp("published"), pages)


@pytest.mark.parametrize(
    "output_format", ["json", "jsonl", "sarif", "github", "gitlab", "markdown"]
)
def test_the_address_of_a_rule_is_told_where_the_manual_is_published(
    published: Path, project: Path, output_format: str
) -> None:
    for _ in ("made", "told again"):
        assert f"{MANUAL}unresolved-anchor/" in check(published, output_format).out
    assert "http" not in check(project, output_format).out.replace("https://docs.oasis-open", "")


def test_text_in_a_pipe_has_no_links(published: Path) -> None:
    ran = balise("check", "--color", "always", cwd=published, TERM_PROGRAM="WezTerm")
    assert MANUAL not in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="there are no terminals to open")
@pytest.mark.parametrize(("program", "links"), [("WezTerm", True), ("", False)])
def test_the_name_of_a_rule_is_a_link_on_a_terminal_that_shows_them(
    published: Path, program: str, links: bool
) -> None:
    ours, theirs = os.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "TERM_PROGRAM": program}
    command = [sys.executable, "-m", "balise", "check"]
    subprocess.run(
        command,
        cwd=published,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=False,
    )
    os.close(theirs)
    out = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "\x1b[" in out
    assert (f";{MANUAL}unresolved-anchor/\x1b\\" in out) is links


def test_sarif_has_what_the_manual_says_of_rules_with_findings(published: Path) -> None:
    (run,) = json.loads(check(published, "sarif").out)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    told = rules["unresolved-anchor"]
    assert told["help"]["markdown"].startswith("# unresolved-anchor\n")
    assert "`balise explain unresolved-anchor`" in told["help"]["text"]
    why = (ROOT / "docs/rules/unresolved-anchor.md").read_text(encoding="utf-8")
    first = why.partition("## Why it matters\n\n")[2].partition("\n\n")[0]
    assert told["fullDescription"]["text"].split() == first.split() != []
    assert "help" not in rules["empty-alt"]
