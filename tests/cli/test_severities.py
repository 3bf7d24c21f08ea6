"""Severities and overrides of a configuration, as a user meets them."""

import json
from pathlib import Path

import pytest

from tests.helpers.command import PICTURE, Ran, balise, mkdocs, write_pages

PAGE = "---\ntitle: A\n---\n\n[a](#none) [b](https://example.org){.extrenal}\n"
PAGES = {
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/home.fr-fr.md": "---\ntitle: Home\n---\n",
    "guides/old/p/product.en-gb.md": "---\ntitle: P\nslug: p\n---\n",
    "guides/old/p/product.fr-fr.md": "---\ntitle: P\nslug: p\n---\n",
    "guides/old/p/a/guide.en-gb.md": PAGE,
    "guides/old/p/a/guide.fr-fr.md": PAGE,
    "guides/new/product.en-gb.md": "---\ntitle: N\nslug: n\n---\n",
    "guides/new/b/guide.en-gb.md": PAGE,
}


def check(folder: Path, settings: str) -> Ran:
    write_pages(folder, {**PAGES, "balise.toml": settings})
    return balise("check", "--output-format", "json", cwd=folder)


def found(folder: Path, settings: str) -> list[tuple[str, str, str]]:
    """Page, rule and severity of every finding."""
    out = json.loads(check(folder, settings).out)
    return [(f["path"].removeprefix("guides/"), f["rule"], f["severity"]) for f in out]


BOTH = [("unresolved-anchor", "error"), ("unknown-attribute", "warning")]
EVERYWHERE = [
    (page, *finding)
    for page in ("new/b/guide.en-gb.md", "old/p/a/guide.en-gb.md", "old/p/a/guide.fr-fr.md")
    for finding in BOTH
]


def test_without_settings_rules_have_their_own_severity(tmp_path: Path) -> None:
    assert found(tmp_path, "") == EVERYWHERE


def test_a_rule_or_group_gets_another_severity(tmp_path: Path) -> None:
    settings = '[severity]\nanchors = "info"\nunknown-attribute = "error"\n'
    assert {finding[1:] for finding in found(tmp_path, settings)} == {
        ("unresolved-anchor", "info"),
        ("unknown-attribute", "error"),
    }


def test_a_rule_counts_before_its_group(tmp_path: Path) -> None:
    settings = '[severity]\nanchors = "off"\nunresolved-anchor = "warning"\n'
    assert ("unresolved-anchor", "warning") in {f[1:] for f in found(tmp_path, settings)}


def test_off_is_off(tmp_path: Path) -> None:
    settings = '[severity]\nanchors = "off"\nattributes = "off"\n'
    ran = check(tmp_path, settings)
    assert (json.loads(ran.out), ran.status) == ([], 0)


def test_severities_decide_the_exit_status(tmp_path: Path) -> None:
    settings = '[severity]\nanchors = "info"\nattributes = "info"\n'
    assert check(tmp_path, settings).status == 0


def test_a_part_of_the_collection_is_left_out(tmp_path: Path) -> None:
    settings = '[per-path]\n"guides/old/" = { ignore = ["anchors", "unknown-attribute"] }\n'
    assert {finding[0] for finding in found(tmp_path, settings)} == {"new/b/guide.en-gb.md"}


def test_a_locale_and_a_language_have_their_own_settings(tmp_path: Path) -> None:
    settings = (
        '[per-locale]\nfr-fr = { ignore = ["anchors"] }\nen = { severity = { anchors = "info" } }\n'
    )
    findings = found(tmp_path, settings)
    assert ("old/p/a/guide.fr-fr.md", "unknown-attribute", "warning") in findings
    assert ("old/p/a/guide.en-gb.md", "unresolved-anchor", "info") in findings
    assert not [f for f in findings if "fr-fr" in f[0] and f[1] == "unresolved-anchor"]


def test_a_path_counts_before_a_locale(tmp_path: Path) -> None:
    settings = """
[per-locale]
en-gb = { severity = { anchors = "info" } }
[per-path]
"new/" = { severity = { anchors = "warning" } }
"""
    assert ("new/b/guide.en-gb.md", "unresolved-anchor", "warning") in found(tmp_path, settings)


def test_rules_are_added_to_those_selected(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guides/new/b/images/x.png": PICTURE})
    settings = 'select = ["attributes"]\nextend-select = ["unused-image"]\n'
    assert {finding[1] for finding in found(tmp_path, settings)} == {
        "unknown-attribute",
        "unused-image",
    }


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[severity]\nanchros = "off"\n', "`severity`: there is no rule or group `anchros`"),
        (
            '[per-path]\n"a/" = { ignore = ["linsk"] }\n',
            '`per-path."a/".ignore`: there is no rule or group `linsk`; did you mean `links`?',
        ),
        ('[severity]\nanchors = "fatal"\n', "`severity.anchors`"),
        ('[per-path]\n"a/" = { ingore = [] }\n', '`per-path."a/".ingore`'),
    ],
)
def test_a_mistake_is_one_clear_line(tmp_path: Path, settings: str, message: str) -> None:
    ran = check(tmp_path, settings)
    assert ran.status == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_the_site_is_built_by_the_same_settings(tmp_path: Path) -> None:
    site = (
        "site_name: T\ntheme: {name: material, font: false}\nplugins: [balise]\nnav: [index.md]\n"
    )
    settings = '[severity]\nanchors = "off"\nattributes = "info"\n'
    write_pages(
        tmp_path, {**PAGES, "balise.toml": settings, "mkdocs.yml": site, "docs/index.md": "x"}
    )
    ran = mkdocs("build", "--strict", cwd=tmp_path)
    assert ran.status == 0, ran.err
