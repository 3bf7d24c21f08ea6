"""`balise rules`, `explain`, `facts`, `--version` and help."""

import json
from pathlib import Path

import balise as package
from balise.rules import ALL_RULES
from command import balise, write_pages

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


def test_an_unknown_command_ends_with_status_2() -> None:
    assert balise("chek", cwd=Path.cwd()).status == 2


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


def test_facts_of_a_folder_is_an_object_a_page(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a/guide.fr-fr.md": PAGE, "b/guide.en-gb.md": PAGE})
    out = balise("facts", ".", "--output-format", "json", cwd=tmp_path).out
    assert [page["path"] for page in json.loads(out)] == ["a/guide.fr-fr.md", "b/guide.en-gb.md"]


def test_facts_of_an_unreadable_page_end_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "guide.fr-fr.md").symlink_to("nowhere.md")
    ran = balise("facts", "guide.fr-fr.md", cwd=tmp_path)
    assert ran.status == 2
    assert "it is a symbolic link to nothing" in ran.err


def test_starting_up_loads_no_heavy_package() -> None:
    import sys

    from command import run

    code = (
        "import sys; sys.argv = ['balise', '--version']\n"
        "from balise.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([n for n in ('markdown_it', 'mkdocs', 'msgspec', 'rich', 'yaml') if n in sys.modules])"
    )
    ran = run([sys.executable, "-c", code], Path.cwd(), b"", {})
    assert ran.out.splitlines()[-1] == "[]"
