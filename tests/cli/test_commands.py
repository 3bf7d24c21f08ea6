"""`balise rules`, `explain`, `facts`, `--version` and help."""

import json
import re
from pathlib import Path

import pytest

import balise as package
from balise.cli.app import COMMANDS
from balise.rules import ALL_RULES
from tests.helpers.command import balise, write_pages
from tests.helpers.platforms import with_links

PAGE = """---
title: 'Mail: ports'
order: 3
hidden: true
---

## Ports {#ports}

> [!Warning]
>
> See [*the* site](https://example.com){.external} and ![a menu](images/menu.png){.thumbnail}.

|Ports|SSL activé|
|Entrant|993|
"""

MAIL = """## IMAP

| Server | Name | Port with SSL | Port without SSL |
|---|---|---|---|
| Incoming | imap.example.com | 993 | 143 |

Port 465 or 587 for outgoing mail, with STARTTLS.

The port is 993 as well.

Outgoing server: SMTP.example.com
"""


def test_version() -> None:
    ran = balise("--version", cwd=Path.cwd())
    assert ran.out == f"balise, version {package.__version__}\n"


def test_rules_lists_every_rule_with_its_group() -> None:
    out = balise("rules", cwd=Path.cwd()).out
    for rule in ALL_RULES:
        assert any(
            rule.name in line and rule.group in line and rule.severity.value in line
            for line in out.splitlines()
        ), rule.name


def test_rules_as_json() -> None:
    rows = json.loads(balise("rules", "--output-format", "json", cwd=Path.cwd()).out)
    assert [row["name"] for row in rows] == [rule.name for rule in ALL_RULES]
    assert set(rows[0]) == {
        "name", "group", "severity", "fixable", "on_by_default", "summary",
    }  # fmt: skip


def test_explain_prints_the_page_of_the_manual() -> None:
    out = balise("explain", "missing-image", cwd=Path.cwd()).out
    assert out.startswith("# missing-image\n")
    assert "## Why it matters" in out


def test_explain_of_an_unknown_rule_names_the_nearest() -> None:
    ran = balise("explain", "missing-images", cwd=Path.cwd())
    assert ran.status == 2
    assert "did you mean `missing-image`?" in ran.err


def test_explain_of_a_group_lists_its_rules() -> None:
    out = balise("explain", "anchors", cwd=Path.cwd()).out
    for rule in ALL_RULES:
        assert (f"`{rule.name}`: {rule.summary}" in out) is (rule.group == "anchors")


def test_explain_of_an_unknown_group_names_the_nearest() -> None:
    ran = balise("explain", "anchor", cwd=Path.cwd())
    assert ran.status == 2
    assert "did you mean `anchors`?" in ran.err


def test_an_unknown_command_ends_with_status_2() -> None:
    assert balise("chek", cwd=Path.cwd()).status == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_the_list_of_commands_says_what_the_help_of_each_begins_with(command: str) -> None:
    ran = balise(command, "--help", cwd=Path.cwd())
    assert ran.out.startswith(f"Usage: balise {command} ")
    assert COMMANDS[command] in " ".join(ran.out.split())


def test_facts_as_json_hold_what_the_page_holds(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.fr-ca.md": PAGE})
    ran = balise("facts", "guide.fr-ca.md", "--output-format", "json", cwd=tmp_path)
    assert ran.status == 0
    assert json.loads(ran.out) == [
        {
            "path": "guide.fr-ca.md",
            "locale": "fr-ca",
            "front_matter": {"title": "Mail: ports", "order": 3, "hidden": True},
            "headings": [{"level": 2, "text": "Ports", "id": "ports", "aliases": [], "line": 7}],
            "links": [{"href": "https://example.com", "text": "the site", "line": 11, "column": 7}],
            "images": [{"src": "images/menu.png", "alt": "a menu", "line": 11, "column": 56}],
            "tables": [
                {
                    "line": 13,
                    "separator": False,
                    "rows": [["Ports", "SSL activé"], ["Entrant", "993"]],
                }
            ],
            "blocks": [{"type": "warning", "line": 9, "title": "", "parts": []}],
            "includes": [],
            "attributes": [
                {
                    "applied": True,
                    "classes": [],
                    "id": "ports",
                    "pairs": {},
                    "line": 7,
                    "column": 10,
                },
                {
                    "applied": True,
                    "classes": ["external"],
                    "id": None,
                    "pairs": {},
                    "line": 11,
                    "column": 40,
                },
                {
                    "applied": True,
                    "classes": ["thumbnail"],
                    "id": None,
                    "pairs": {},
                    "line": 11,
                    "column": 82,
                },
            ],
            "claims": [
                {
                    "kind": "port",
                    "ports": [993],
                    "protocol": None,
                    "direction": "incoming",
                    "security": "tls",
                    "origin": "table",
                    "sure": True,
                    "line": 14,
                    "column": 10,
                }
            ],
        }
    ]


def test_facts_for_people_show_each_kind(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.fr-ca.md": PAGE})
    out = balise("facts", "guide.fr-ca.md", cwd=tmp_path).out
    for expected in ("Mail: ports", "#ports", "https://example.com", "images/menu.png", "993"):
        assert expected in out


def blocks_of(folder: Path) -> Path:
    """A page with a block of each kind that has parts, and one that has a title."""
    blocks = (
        "> [!tabs]\n> First\n>> a\n> Second\n>> b",
        "> [!faq]\n>\n> Why?\n>> So.",
        "> [!carousel]\n> - ![one](1.png)\n> - ![](2.png)",
        "> [!api]\n> @api {get} /me\n> @api(CA) {DELETE} /a",
        "/// details | More\ntext\n///",
    )
    return write_pages(folder, {"guide.en-gb.md": "\n\n".join(blocks) + "\n"})


def test_facts_as_json_hold_the_parts_of_blocks(tmp_path: Path) -> None:
    json_of = ("guide.en-gb.md", "--output-format", "json")
    (page,) = json.loads(balise("facts", *json_of, cwd=blocks_of(tmp_path)).out)
    call = {"kind": "api-call", "version": "", "section": ""}
    assert [(block["type"], block["line"], block["title"]) for block in page["blocks"]] == [
        ("tabs", 1, ""),
        ("faq", 7, ""),
        ("carousel", 12, ""),
        ("api", 16, ""),
        ("details", 20, "More"),
    ]
    assert [block["parts"] for block in page["blocks"]] == [
        [
            {"kind": "tab", "title": "First", "line": 2},
            {"kind": "tab", "title": "Second", "line": 4},
        ],
        [{"kind": "faq-entry", "title": "Why?", "line": 9}],
        [
            {"kind": "slide", "title": "one", "line": 13},
            {"kind": "slide", "title": None, "line": 14},
        ],
        [
            {**call, "verb": "GET", "path": "/me", "zone": "", "line": 17},
            {**call, "verb": "DELETE", "path": "/a", "zone": "CA", "line": 18},
        ],
        [],
    ]


def test_facts_for_people_show_the_parts_of_blocks(tmp_path: Path) -> None:
    out = balise("facts", "guide.en-gb.md", cwd=blocks_of(tmp_path)).out
    rows = out.partition("\nBlocks")[2].partition("\n\n")[0].splitlines()[2:]
    assert [re.split(r" {2,}", row.strip()) for row in rows] == [
        ["1", "tabs"],
        ["2", "First"],
        ["4", "Second"],
        ["7", "faq"],
        ["9", "Why?"],
        ["12", "carousel"],
        ["13", "one"],
        ["14", "(no title)"],
        ["16", "api"],
        ["17", "GET /me"],
        ["18", "DELETE /a (CA)"],
        ["20", "details", "More"],
    ]


def test_facts_begin_with_the_page_and_its_locale(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.fr-ca.md": PAGE})
    assert balise("facts", "guide.fr-ca.md", cwd=tmp_path).out.startswith(
        "guide.fr-ca.md (fr-ca)\n"
    )


def mail_table(folder: Path, title: str) -> list[list[str]]:
    """The cells of one table that `balise facts` shows of a page about mail, without its header."""
    write_pages(folder, {"guide.en-gb.md": MAIL})
    out = balise("facts", "guide.en-gb.md", cwd=folder, COLUMNS="160").out
    rows = out.partition(f"\n{title}")[2].partition("\n\n")[0].splitlines()[2:]
    return [re.split(r" {2,}", row.strip()) for row in rows]


def test_facts_show_ports_with_how_they_are_protected_and_how_sure_that_is(tmp_path: Path) -> None:
    assert mail_table(tmp_path, "Claims") == [
        ["5", "993", "imap", "incoming", "with SSL/TLS", "table", "by the heading"],
        ["5", "143", "imap", "incoming", "without", "table", "by the heading"],
        ["7", "465, 587", "smtp", "outgoing", "with STARTTLS", "prose", "sure"],
        ["9", "993", "imap", "prose", "by the heading"],
    ]


def test_facts_show_servers(tmp_path: Path) -> None:
    assert mail_table(tmp_path, "Servers") == [
        ["5", "imap.example.com", "imap", "incoming", "table"],
        ["11", "smtp.example.com", "smtp", "outgoing", "prose"],
    ]


def test_facts_of_a_page_without_ports_show_no_claims(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.en-gb.md": "## Hello\n"})
    out = balise("facts", "guide.en-gb.md", cwd=tmp_path).out
    assert "Hello" in out
    assert "Claims" not in out
    assert "Servers" not in out


def test_facts_as_json_hold_ports_and_servers(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guide.en-gb.md": MAIL})
    out = balise("facts", "guide.en-gb.md", "--output-format", "json", cwd=tmp_path).out
    (page,) = json.loads(out)
    table = {"kind": "port", "protocol": "imap", "direction": "incoming", "origin": "table"}
    prose = {"kind": "port", "origin": "prose"}
    assert page["claims"] == [
        {**table, "ports": [993], "security": "tls", "sure": False, "line": 5, "column": 33},
        {**table, "ports": [143], "security": "none", "sure": False, "line": 5, "column": 39},
        {
            **prose,
            "ports": [465, 587],
            "protocol": "smtp",
            "direction": "outgoing",
            "security": "starttls",
            "sure": True,
            "line": 7,
            "column": 6,
        },
        {
            **prose,
            "ports": [993],
            "protocol": "imap",
            "direction": None,
            "security": None,
            "sure": False,
            "line": 9,
            "column": 13,
        },
        {
            "kind": "host",
            "host": "imap.example.com",
            "protocol": "imap",
            "direction": "incoming",
            "origin": "table",
            "line": 5,
            "column": 14,
        },
        {
            "kind": "host",
            "host": "smtp.example.com",
            "protocol": "smtp",
            "direction": "outgoing",
            "origin": "prose",
            "line": 11,
            "column": 18,
        },
    ]


def test_facts_of_a_folder_is_an_object_a_page(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a/guide.fr-fr.md": PAGE, "b/guide.en-gb.md": PAGE})
    out = balise("facts", ".", "--output-format", "json", cwd=tmp_path).out
    assert [page["path"] for page in json.loads(out)] == ["a/guide.fr-fr.md", "b/guide.en-gb.md"]


@with_links
def test_facts_of_an_unreadable_page_end_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "guide.fr-fr.md").symlink_to("nowhere.md")
    ran = balise("facts", "guide.fr-fr.md", cwd=tmp_path)
    assert ran.status == 2
    assert "it is a symbolic link to nothing" in ran.err


def test_starting_up_loads_no_heavy_package() -> None:
    import sys

    from tests.helpers.command import run

    code = (
        "import sys; sys.argv = ['balise', '--version']\n"
        "from balise.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([n for n in ('markdown_it', 'mkdocs', 'msgspec', 'rich', 'yaml') if n in sys.modules])"
    )
    ran = run([sys.executable, "-c", code], Path.cwd(), b"", {})
    assert ran.out.splitlines()[-1] == "[]"
