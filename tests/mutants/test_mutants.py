"""What `balise mutants` plants, and how it scores what a checker finds."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from balise.mutants.kinds import KINDS
from tests.helpers.command import balise, write_pages
from tests.helpers.platforms import with_links
from tests.helpers.support import ROOT
from tests.mutants.guides import write_guides

ROUNDS = 2
RULES = "claims,translations,translation-number-differs"
NOTHING = (
    "has nothing to plant in; that takes guides with ports or in several languages, "
    "such as `guide.fr-fr.md` and `guide.en-gb.md` in one folder"
)
NO_REPORT = (
    "cannot be read: no such file or directory; "
    "run the checker in the folder of each round, and in `0`"
)
NO_FORM = "is neither SARIF nor an array of objects with `path`, `line`, `rule` and `message`"


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def manifest(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "mutants.json").read_bytes())["mutants"]
    return found


def check(folder: Path, form: str, name: str) -> None:
    """Run balise in each copy."""
    for number in range(ROUNDS + 1):
        copy = folder / str(number)
        ran = balise("check", "--select", RULES, "--output-format", form, cwd=copy)
        assert ran.status in (0, 1), ran.err
        (copy / name).write_text(ran.out, encoding="utf-8")


def score(folder: Path, name: str) -> dict[str, Any]:
    ran = balise("mutants", ".", "--score", name, "--output-format", "json", cwd=folder)
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with guides, and mutants of them in `out`."""
    folder = tmp_path_factory.mktemp("project")
    before = files(write_guides(folder, len(KINDS) // ROUNDS + 1))
    ran = balise("mutants", "guides", "--to", "out", "--rounds", str(ROUNDS), cwd=folder)
    assert ran.status == 0, ran.err
    assert files(folder / "guides") == before
    assert not (folder / ".balise_cache").exists()
    check(folder / "out", "json", "found.json")
    return folder


@pytest.fixture
def out(project: Path) -> Path:
    return project / "out"


# Planting


def test_the_copy_without_mutants_is_the_guides_and_their_configuration(project: Path) -> None:
    copy = files(project / "out" / "0" / "guides")
    assert copy == files(project / "guides")
    assert (project / "out" / "0" / "balise.toml").read_bytes() == (
        project / "balise.toml"
    ).read_bytes()


def test_each_round_differs_in_the_pages_of_its_mutants_alone(out: Path) -> None:
    before = files(out / "0" / "guides")
    for number in range(1, ROUNDS + 1):
        after = files(out / str(number) / "guides")
        changed = {f"guides/{name}" for name in after if after[name] != before[name]}
        mutants = [mutant for mutant in manifest(out) if mutant["round"] == number]
        assert changed == {mutant["path"] for mutant in mutants}
        assert max(Counter(mutant["guide"] for mutant in mutants).values()) == 1


def test_there_are_mutants_of_every_kind_and_in_every_language(out: Path) -> None:
    mutants = manifest(out)
    assert {mutant["kind"] for mutant in mutants} == set(KINDS)
    assert {mutant["language"] for mutant in mutants} == {"fr", "en", "de", "es", "it", "pl"}


def test_what_a_mutant_says_stands_on_its_line(out: Path) -> None:
    numbers = ("port", "size", "ip-address", "version", "code-option", "host")
    told = [mutant for mutant in manifest(out) if mutant["kind"] in numbers]
    assert told
    for mutant in told:
        lines = [
            (out / number / mutant["path"]).read_text("utf-8").splitlines()[mutant["line"] - 1]
            for number in ("0", str(mutant["round"]))
        ]
        assert mutant["was"] in lines[0]
        assert mutant["now"] in lines[1]
        assert lines[0].replace(mutant["was"], mutant["now"], 1) == lines[1]


def test_a_wrong_port_is_none_that_the_page_has_elsewhere(out: Path) -> None:
    for mutant in manifest(out):
        if mutant["kind"] in ("port", "port-in-table", "port-in-text", "port-of-protocol"):
            assert mutant["now"] not in (out / "0" / mutant["path"]).read_text("utf-8")


def test_translations_contradict_their_source_and_only_sources_are_out_of_step(out: Path) -> None:
    for mutant in manifest(out):
        against = KINDS[mutant["kind"]].against
        assert against == "page" or (mutant["language"] == "fr") == (against == "past")


def test_the_same_seed_plants_the_same_and_another_one_others(project: Path) -> None:
    rounds = ("--rounds", str(ROUNDS))
    for name, seed in (("again", "1"), ("others", "2")):
        balise("mutants", "guides", "--to", name, "--seed", seed, *rounds, cwd=project)
    first, again, others = (files(project / name) for name in ("out", "again", "others"))
    made = {name for name in again if not name.endswith("found.json")}
    assert {name: first[name] for name in made} == again
    assert first["mutants.json"] != others["mutants.json"]


def test_what_belongs_to_the_layout_is_copied_as_well(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "layouts" / "index", tmp_path / "docs")
    ran = balise("mutants", "docs/pages", "--to", "out", cwd=tmp_path)
    assert ran.status == 0, ran.err
    assert (tmp_path / "out" / "1" / "links" / "status").is_file()
    assert (tmp_path / "out" / "1" / "pages" / "index.md").is_file()


def test_without_git_no_translation_becomes_stale(tmp_path: Path) -> None:
    write_guides(tmp_path, 3)
    ran = balise("mutants", "guides", "--to", "out", cwd=tmp_path, PATH=os.devnull)
    assert ran.status == 0
    assert "there is no program `git`" in ran.err
    assert not any(mutant["kind"].startswith("stale") for mutant in manifest(tmp_path / "out"))


@with_links
def test_a_page_that_is_a_link_stays_what_it_is(tmp_path: Path) -> None:
    guides = write_guides(tmp_path, 1)
    for page in list(guides.rglob("guide.*.md")):
        text = page.with_suffix(".txt")
        page.rename(text)
        page.symlink_to(text)
    (guides / "dead.md").symlink_to(tmp_path / "nowhere")
    before = files(tmp_path)
    ran = balise("mutants", "guides", "--to", "out", "--rounds", "3", cwd=tmp_path)
    assert ran.status == 0, ran.err
    assert {name: data for name, data in files(tmp_path).items() if name in before} == before


# Scoring


def test_balise_finds_mutants_of_every_kind_that_a_rule_looks_for(out: Path) -> None:
    found = score(out, "found.json")
    kinds = {name: kind["recall"] for name, kind in found["kinds"].items()}
    assert {name for name, recall in kinds.items() if recall < 1} == set()
    assert not found["false_alarms"]
    assert not found["elsewhere"]


def test_a_score_is_the_same_by_sarif(out: Path) -> None:
    check(out, "sarif", "found.sarif")
    assert score(out, "found.sarif") == score(out, "found.json")


def test_a_score_is_the_same_by_any_tool_with_absolute_paths(out: Path) -> None:
    for number in range(ROUNDS + 1):
        copy = out / str(number)
        found = json.loads((copy / "found.json").read_bytes())
        told = [
            {
                "path": str(copy / finding["path"]),
                "line": finding["start"]["line"],
                "rule": finding["rule"],
                "message": finding["message"],
            }
            for finding in found
        ]
        (copy / "told.json").write_text(json.dumps(told), encoding="utf-8")
    assert score(out, "told.json") == score(out, "found.json")


def test_what_was_there_before_counts_neither_as_found_nor_as_a_false_alarm(out: Path) -> None:
    told = [told_at(mutant) for mutant in manifest(out)]
    for number in range(ROUNDS + 1):
        (out / str(number) / "old.json").write_text(json.dumps(told), encoding="utf-8")
    found = score(out, "old.json")
    assert {kind["found"] for kind in found["kinds"].values()} == {0}
    assert not found["false_alarms"]


def test_a_new_finding_beside_the_mutant_is_a_false_alarm(out: Path) -> None:
    mutant = next(mutant for mutant in manifest(out) if mutant["kind"] == "size")
    elsewhere = {**told_at(mutant), "line": mutant["line"] + 1}
    for number in range(ROUNDS + 1):
        told = [elsewhere] if number == mutant["round"] else []
        (out / str(number) / "beside.json").write_text(json.dumps(told), encoding="utf-8")
    found = score(out, "beside.json")
    assert [alarm["line"] for alarm in found["false_alarms"]] == [mutant["line"] + 1]
    assert found["kinds"]["size"]["found"] == 0
    assert found["kinds"]["size"]["precision"] == 0


def test_a_new_finding_about_a_guide_without_a_mutant_is_told_apart(out: Path) -> None:
    for number in range(ROUNDS + 1):
        told = [{"path": "guides/home.fr-fr.md", "line": 2, "message": "new"}] if number else []
        (out / str(number) / "home.json").write_text(json.dumps(told), encoding="utf-8")
    found = score(out, "home.json")
    assert [one["path"] for one in found["elsewhere"]] == [
        "1/guides/home.fr-fr.md",
        "2/guides/home.fr-fr.md",
    ]
    assert not found["false_alarms"]


def test_the_table_has_a_row_for_each_kind_and_each_language(out: Path) -> None:
    ran = balise("mutants", ".", "--score", "found.json", "--details", cwd=out)
    rows = [line.partition(" ")[0] for line in ran.out.splitlines()]
    assert {*KINDS, "fr", "pl", "all"} <= set(rows)
    assert " missed " not in ran.out


def test_each_mutant_that_was_missed_is_named(out: Path) -> None:
    for number in range(ROUNDS + 1):
        (out / str(number) / "nothing.json").write_text("[]", encoding="utf-8")
    ran = balise("mutants", ".", "--score", "nothing.json", "--details", cwd=out)
    assert ran.out.count(" missed ") == len(manifest(out))
    assert "missed row-dropped: row " in ran.out


def test_further_places_of_one_finding_count_as_it_does(out: Path) -> None:
    mutant = next(mutant for mutant in manifest(out) if mutant["kind"] == "size")
    place = {"path": mutant["path"], "start": {"line": mutant["line"]}}
    for number in range(ROUNDS + 1):
        told = {**told_at(mutant), "path": "guides/home.fr-fr.md", "line": 2}
        again = [{**place, "message": "here too"}] if number == mutant["round"] else []
        told["related"] = [{**place, "message": "compare this"}, *again]
        (out / str(number) / "once.json").write_text(json.dumps([told]), encoding="utf-8")
    assert score(out, "once.json")["kinds"]["size"]["found"] == 1


def told_at(mutant: dict[str, Any]) -> dict[str, Any]:
    return {"path": mutant["path"], "line": mutant["line"], "rule": "x", "message": "wrong"}


# Mistakes of the user


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["guides"], "`--to` plants mutants and `--score` scores a checker: give one of the two"),
        (
            ["guides", "--to", "new", "--score", "a.json"],
            "`--to` plants mutants and `--score` scores a checker: give one of the two",
        ),
        (["guides", "--to", "docs"], "`--to docs`: is there already; name a folder that is not"),
        (
            ["guides", "--to", "guides/new"],
            "`--to guides/new`: lies in the folder of the guides; name another one",
        ),
        (["guides", "--to", "a/b"], "`--to a/b`: there is no folder a"),
        (["nowhere", "--to", "new"], "nowhere: is no folder with guides"),
        (["docs/page.md", "--to", "new"], "docs/page.md: is no folder with guides"),
        (
            ["docs", "--to", "new"],
            f"docs: {NOTHING}",
        ),
        (
            ["docs", "--score", "a.json"],
            "docs/mutants.json: cannot be read; `balise mutants GUIDES --to FOLDER` makes a folder that has one",
        ),
    ],
)
def test_a_mistake_is_one_clear_line(tmp_path: Path, arguments: list[str], error: str) -> None:
    write_guides(tmp_path, 1)
    write_pages(tmp_path, {"docs/page.md": "# Title\n"})
    ran = balise("mutants", *arguments, cwd=tmp_path)
    assert ran.status == 2
    assert ran.err == f"balise: {error}\n"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("report", "error"),
    [
        (
            None,
            f"0/x.json: {NO_REPORT}",
        ),
        ("no", "0/x.json: is no JSON"),
        (
            "[1]",
            f"0/x.json: {NO_FORM}",
        ),
        (
            '{"runs": [{"results": [{}]}]}',
            f"0/x.json: {NO_FORM}",
        ),
    ],
)
def test_a_report_that_cannot_be_read_is_one_clear_line(
    out: Path, report: str | None, error: str
) -> None:
    if report is not None:
        (out / "0" / "x.json").write_text(report, encoding="utf-8")
    ran = balise("mutants", ".", "--score", "x.json", cwd=out)
    (out / "0" / "x.json").unlink(missing_ok=True)
    assert ran.status == 2
    assert ran.err == f"balise: {error}\n"
