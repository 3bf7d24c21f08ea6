"""`balise check`: what it prints, where, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import PICTURE, balise, write_pages

CLEAN = "---\ntitle: A page\n---\n\n## First\n\nSee [above](#first).\n"
BROKEN = "---\ntitle: A page\n---\n\n## First\n\nSee [above](#frist){.extrenal}.\n"
PORTS = (
    "---\ntitle: Ports\n---\n\n## IMAP\n\n"
    "Le serveur entrant emploie le port 993, avec SSL activé.\n\n"
    "|Ports|SSL activé|\n|---|---|\n|Entrant|995|\n"
)


def project(folder: Path, pages: dict[str, str], settings: str = "") -> Path:
    write_pages(folder / "guides", pages)
    (folder / "balise.toml").write_text(settings, encoding="utf-8")
    return folder


def findings(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = balise("check", "--output-format", "json", *arguments, cwd=folder)
    assert ran.status in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_without_a_path_the_guides_of_the_configuration_are_checked(tmp_path: Path) -> None:
    folder = write_pages(
        tmp_path, {"pages/a/guide.en-gb.md": BROKEN, "other/guide.en-gb.md": BROKEN}
    )
    (folder / "balise.toml").write_text('guides = "pages"\n', encoding="utf-8")
    assert {f["path"] for f in findings(folder)} == {"pages/a/guide.en-gb.md"}


def test_clean_pages_end_with_status_0_and_print_nothing_on_stdout(tmp_path: Path) -> None:
    ran = balise("check", cwd=project(tmp_path, {"guide.en-gb.md": CLEAN}))
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "1 page checked, nothing found\n"


def test_findings_end_with_status_1(tmp_path: Path) -> None:
    assert balise("check", cwd=project(tmp_path, {"guide.en-gb.md": BROKEN})).status == 1


def test_findings_below_fail_on_end_with_status_0(tmp_path: Path) -> None:
    page = CLEAN.replace("(#first)", "(#first){.extrenal}")
    folder = project(tmp_path, {"guide.en-gb.md": page}, 'fail-on = "error"\n')
    ran = balise("check", cwd=folder)
    assert ran.status == 0
    assert "unknown-attribute" in ran.out


def test_the_text_names_place_rule_reason_and_shows_the_line(tmp_path: Path) -> None:
    ran = balise("check", "--select", "anchors", cwd=project(tmp_path, {"guide.en-gb.md": BROKEN}))
    assert ran.out == (
        "guides/guide.en-gb.md:7:5 error unresolved-anchor\n"
        "  `#frist` is not an anchor of this page; nearest is `#first` (line 5)\n"
        "    7 │ See [above](#frist){.extrenal}.\n"
        "      │     ^^^^^^^^^^^^^^^\n"
        "\n"
    )


def test_the_text_shows_the_other_place_as_well(tmp_path: Path) -> None:
    ran = balise("check", cwd=project(tmp_path, {"guide.fr-fr.md": PORTS}))
    assert "guides/guide.fr-fr.md:11:10 error port-table-contradicts-prose\n" in ran.out
    assert "  the text says port 993: guides/guide.fr-fr.md:7:36\n" in ran.out
    assert ran.out.count("^^^") == 2


def test_the_text_says_what_a_fix_would_do(tmp_path: Path) -> None:
    ran = balise("check", cwd=project(tmp_path, {"guide.en-gb.md": BROKEN}))
    assert "  fix: write `.external`\n" in ran.out


def test_the_mark_stands_under_wide_and_combining_characters(tmp_path: Path) -> None:
    page = CLEAN.replace("See", "日本 e\u0301 😀")
    ran = balise("check", cwd=project(tmp_path, {"guide.en-gb.md": page.replace("#first", "#no")}))
    shown, marks = ran.out.splitlines()[2:4]
    assert shown.endswith("│ 日本 e\u0301 😀 [above](#no).")
    assert marks.endswith("│           ^^^^^^^^^^^^")


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    page = CLEAN.replace("See", "word " * 200).replace("#first", "#no")
    ran = balise("check", cwd=project(tmp_path, {"guide.en-gb.md": page}))
    shown = ran.out.splitlines()[2]
    assert len(shown) <= 100
    assert "│ …" in shown
    assert "[above](#no)" in shown


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path: Path) -> None:
    page = CLEAN.replace("See", "\x1b[31mred\x07").replace("#first", "#no\x1b")
    ran = balise("check", cwd=project(tmp_path, {"guide.en-gb.md": page}))
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out


def test_stdout_is_without_colour_when_it_is_no_terminal(tmp_path: Path) -> None:
    folder = project(tmp_path, {"guide.en-gb.md": BROKEN})
    assert "\x1b[" not in balise("check", cwd=folder, FORCE_COLOR="", TERM="xterm-256color").out


def test_json_is_one_array_with_exact_places(tmp_path: Path) -> None:
    found = findings(project(tmp_path, {"guide.en-gb.md": BROKEN}))
    offset = BROKEN.index("[above]")
    attribute = BROKEN.index(".extrenal")
    assert found == [
        {
            "rule": "unresolved-anchor",
            "group": "anchors",
            "severity": "error",
            "message": "`#frist` is not an anchor of this page; nearest is `#first` (line 5)",
            "path": "guides/guide.en-gb.md",
            "start": {"line": 7, "column": 5, "offset": offset},
            "end": {"line": 7, "column": 20, "offset": offset + 15},
            "related": [],
            "fix": None,
        },
        {
            "rule": "unknown-attribute",
            "group": "attributes",
            "severity": "warning",
            "message": "`.extrenal` has no meaning in an attribute list; did you mean `.external`?",
            "path": "guides/guide.en-gb.md",
            "start": {"line": 7, "column": 21, "offset": attribute},
            "end": {"line": 7, "column": 30, "offset": attribute + 9},
            "related": [],
            "fix": {
                "title": "write `.external`",
                "safe": True,
                "edits": [
                    {
                        "start": {"line": 7, "column": 21, "offset": attribute},
                        "end": {"line": 7, "column": 30, "offset": attribute + 9},
                        "text": ".external",
                    }
                ],
            },
        },
    ]


def test_json_of_a_contradiction_names_the_other_place(tmp_path: Path) -> None:
    (finding,) = findings(project(tmp_path, {"guide.fr-fr.md": PORTS}))
    cell, said = PORTS.index("995"), PORTS.index("993")
    assert finding["start"]["offset"] == cell
    (related,) = finding["related"]
    assert related["path"] == "guides/guide.fr-fr.md"
    assert (related["start"]["offset"], related["end"]["offset"]) == (said, said + 3)
    assert related["message"] == "the text says port 993"


def test_json_counts_without_the_byte_order_mark_and_with_crlf_as_two(tmp_path: Path) -> None:
    text = "\ufeff" + BROKEN.replace("\n", "\r\n").replace("See", "😀")
    (finding,) = findings(project(tmp_path, {"guide.en-gb.md": text}), "--select", "anchors")
    offset = text.index("[above]") - 1
    assert finding["start"] == {"line": 7, "column": 3, "offset": offset}


def test_json_without_findings_is_an_empty_array(tmp_path: Path) -> None:
    assert findings(project(tmp_path, {"guide.en-gb.md": CLEAN})) == []


@pytest.mark.parametrize("chosen", ["unresolved-anchor", "anchors", "tables,anchors"])
def test_select_takes_rules_and_groups(tmp_path: Path, chosen: str) -> None:
    folder = project(tmp_path, {"guide.en-gb.md": BROKEN})
    assert {f["rule"] for f in findings(folder, "--select", chosen)} == {"unresolved-anchor"}


@pytest.mark.parametrize("left_out", ["unresolved-anchor", "anchors", "tables,anchors"])
def test_ignore_takes_rules_and_groups(tmp_path: Path, left_out: str) -> None:
    folder = project(tmp_path, {"guide.en-gb.md": BROKEN})
    assert {f["rule"] for f in findings(folder, "--ignore", left_out)} == {"unknown-attribute"}


def test_the_configuration_selects_and_ignores_as_well(tmp_path: Path) -> None:
    folder = project(tmp_path, {"guide.en-gb.md": BROKEN}, 'ignore = ["anchors"]\n')
    assert {f["rule"] for f in findings(folder)} == {"unknown-attribute"}


def test_an_unknown_rule_is_named_with_the_nearest_and_ends_with_status_2(tmp_path: Path) -> None:
    ran = balise("check", "--select", "unresolved-ancor", cwd=project(tmp_path, {}))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "balise: there is no rule or group `unresolved-ancor`; did you mean "
        "`unresolved-anchor`? (`balise rules` lists them)\n"
    )


def test_every_path_that_is_not_there_is_named_and_ends_with_status_2(tmp_path: Path) -> None:
    ran = balise("check", "no/such.md", "nor-this", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "balise: no/such.md: there is no such file or folder\n"
        "balise: nor-this: there is no such file or folder\n"
    )


def test_a_folder_without_pages_is_said_on_stderr(tmp_path: Path) -> None:
    ran = balise("check", tmp_path, cwd=tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert "nothing to check" in ran.err


def test_guides_that_are_not_there_are_named_with_the_way_out(tmp_path: Path) -> None:
    ran = balise("check", cwd=tmp_path)
    assert ran.status == 2
    assert "there is no such folder" in ran.err
    assert "set `guides` in the configuration" in ran.err


def test_stdin_is_checked_under_the_name_that_is_given(tmp_path: Path) -> None:
    text = BROKEN.encode()
    ran = balise("check", "-", "--stdin-filename", "a/guide.de-de.md", cwd=tmp_path, stdin=text)
    assert ran.status == 1
    assert ran.out.startswith("a/guide.de-de.md:7:5 error unresolved-anchor\n")


def test_a_page_given_twice_is_checked_once(tmp_path: Path) -> None:
    folder = project(tmp_path, {"guide.en-gb.md": BROKEN})
    once = findings(folder, "guides")
    assert findings(folder, "guides", "guides/guide.en-gb.md") == once


def test_hidden_folders_and_defaults_are_no_pages(tmp_path: Path) -> None:
    pages = {".drafts/guide.en-gb.md": BROKEN, "default.en-gb.md": BROKEN, "guide.en-gb.md": CLEAN}
    assert findings(project(tmp_path, pages)) == []


def test_many_pages_give_the_same_findings_as_each_alone(tmp_path: Path) -> None:
    names = [f"guides/{number:03}/guide.en-gb.md" for number in range(100)]
    folder = project(tmp_path, {name.removeprefix("guides/"): BROKEN for name in names})
    alone = findings(folder, names[0])
    together = findings(folder)
    assert [f["path"] for f in together] == [name for name in names for _ in alone]
    assert [{**f, "path": names[0]} for f in together[:2]] == alone


def test_a_picture_beside_the_page_is_found_and_another_is_not(tmp_path: Path) -> None:
    page = CLEAN + "\n![a](images/a.png) ![b](images/b.png) ![c](../../c.png)\n"
    folder = project(
        tmp_path, {"x/guide.en-gb.md": page, "x/images/a.png": PICTURE, "../c.png": PICTURE}
    )
    assert [f["message"] for f in findings(folder)] == [
        "the picture `images/b.png` is not there",
        "`../../c.png` lies outside of the guides; put a copy beside this page",
    ]


def test_mistakes_in_the_configuration_are_all_named(tmp_path: Path) -> None:
    settings = 'guide = "x"\nfail-on = "never"\n'
    ran = balise("check", cwd=project(tmp_path, {}, settings))
    assert ran.status == 2
    assert "there is no setting `guide`; did you mean `guides`?" in ran.err
    assert "`fail-on`" in ran.err
    assert len(ran.err.splitlines()) == 2
