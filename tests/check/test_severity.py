"""What a team decides about findings: severities, and what differs for paths and locales."""

import json
from pathlib import Path
from typing import Any

import pytest

from balise.base.errors import UserError
from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.check.select import select_rules
from balise.check.severity import SeverityOverrides
from balise.config import Config, Configuration, Level, Override
from tests.helpers.command import PICTURE, Ran, balise, mkdocs, write_pages

PAGE = "---\ntitle: A page\n---\n\n## First\n\nSee [above](#frist){.extrenal}.\n"


def decided(config: Config, path: str = "guides/a/guide.fr-ca.md") -> str:
    """The severity of a finding on a page, or `off`."""
    finding = Finding("unresolved-anchor", "anchors", Severity.ERROR, "wrong", path, Span(0, 1))
    found = SeverityOverrides.of(Configuration(config, Path())).apply(finding)
    return found.severity.value if found else "off"


def level(found: Level) -> Override:
    return Override(severity={"anchors": found})


INFO, OFF, WARNING = level(Level.INFO), level(Level.OFF), level(Level.WARNING)


# One finding


def test_without_settings_a_finding_stays_as_it_is() -> None:
    assert decided(Config()) == "error"


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("name", ["unresolved-anchor", "anchors"])
def test_a_rule_or_a_group_has_the_severity_that_it_is_given(name: str, level: Level) -> None:
    assert decided(Config(severity={name: level})) == level.value


def test_a_rule_counts_before_its_group() -> None:
    table = {"unresolved-anchor": Level.INFO, "anchors": Level.OFF}
    assert decided(Config(severity=table)) == "info"


def test_other_rules_keep_their_severity() -> None:
    assert decided(Config(severity={"links": Level.OFF})) == "error"


@pytest.mark.parametrize("pattern", ["guides/a/", "*.fr-ca.md", "/guides/**", "a", "guide.*"])
def test_a_pattern_counts_from_the_folder_of_the_configuration(pattern: str) -> None:
    assert decided(Config(per_path={pattern: INFO})) == "info"


@pytest.mark.parametrize("pattern", ["/a/", "*.fr-fr.md", "b/", "../guides/"])
def test_a_pattern_that_does_not_match_changes_nothing(pattern: str) -> None:
    assert decided(Config(per_path={pattern: INFO})) == "error"


def test_a_page_outside_of_the_folder_is_not_matched() -> None:
    assert decided(Config(per_path={"*": INFO}), "../guide.fr-fr.md") == "error"


def test_an_absolute_path_is_matched_as_well() -> None:
    assert decided(Config(per_path={"/guides/": INFO}), f"{Path.cwd()}/guides/a.md") == "info"


@pytest.mark.parametrize(
    ("key", "severity"), [("fr", "info"), ("fr-ca", "info"), ("fr-fr", "error"), ("ca", "error")]
)
def test_a_locale_or_its_language_counts(key: str, severity: str) -> None:
    assert decided(Config(per_locale={key: INFO})) == severity


def test_a_file_without_a_locale_has_none() -> None:
    assert decided(Config(per_locale={"fr": INFO}), "guides/README.md") == "error"


@pytest.mark.parametrize("name", ["unresolved-anchor", "anchors"])
def test_what_a_path_or_a_locale_ignores_is_left_out(name: str) -> None:
    override = Override(ignore=(name,))
    assert decided(Config(per_path={"guides/": override})) == "off"
    assert decided(Config(per_locale={"fr": override})) == "off"


def test_paths_count_before_locales_and_locales_before_languages() -> None:
    assert decided(Config(severity={"anchors": Level.OFF}, per_locale={"fr": INFO})) == "info"
    assert decided(Config(per_locale={"fr-ca": INFO, "fr": OFF})) == "info"
    assert decided(Config(per_locale={"fr-ca": OFF}, per_path={"a/": WARNING})) == "warning"


def test_of_two_patterns_the_later_counts() -> None:
    assert decided(Config(per_path={"a/": OFF, "guides/": INFO})) == "info"
    assert decided(Config(per_path={"guides/": INFO, "a/": OFF})) == "off"


# Which rules run


def names(config: Config, **asked: list[str]) -> list[str]:
    return [rule.name for rule in select_rules(config, **asked)]


def test_select_of_the_command_line_replaces_that_of_the_configuration() -> None:
    config = Config(select=("links",), extend_select=("empty-alt",))
    assert names(config, select=["empty-page"]) == ["empty-page"]


def test_extend_select_adds_rules_to_those_selected() -> None:
    assert "empty-alt" not in names(Config())
    assert "empty-alt" in names(Config(extend_select=("empty-alt",)))
    selected = names(Config(select=("empty-page",)), extend_select=["empty-alt"])
    assert selected == ["empty-alt", "empty-page"]


def test_ignored_rules_add_up() -> None:
    config = Config(select=("files",), ignore=("empty-page",), extend_ignore=("invalid-text",))
    assert names(config, ignore=["unreadable-file"]) == ["invalid-data-file", "repeated-data-key"]


def test_a_rule_that_is_off_everywhere_does_not_run() -> None:
    assert "empty-page" not in names(Config(severity={"empty-page": Level.OFF}))


def test_a_rule_that_is_on_somewhere_runs() -> None:
    on = Override(severity={"empty-page": Level.INFO})
    assert "empty-page" in names(Config(severity={"files": Level.OFF}, per_path={"a/": on}))


def test_a_severity_does_not_turn_a_rule_on() -> None:
    assert "empty-alt" not in names(Config(severity={"empty-alt": Level.ERROR}))


def test_when_every_rule_is_off_that_is_told() -> None:
    with pytest.raises(UserError, match="no rule is left"):
        names(Config(select=("empty-page",), severity={"empty-page": Level.OFF}))


def test_a_rule_gets_its_options() -> None:
    config = Config(select=("duplicate-heading",), rules={"duplicate-heading": {"levels": [2]}})
    (rule,) = select_rules(config)
    assert "levels=(2,)" in repr(rule.options)
    assert "levels=(1, 2, 3, 4, 5, 6)" in repr(type(rule)().options)


# On the command line


def project(folder: Path, settings: str, pages: dict[str, str]) -> Path:
    write_pages(folder / "guides", pages)
    write_pages(folder, {"balise.toml": settings})
    return folder


def check(folder: Path, *arguments: str) -> Ran:
    return balise("check", "--output-format", "json", *arguments, cwd=folder)


def found(folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    ran = check(folder, *arguments)
    assert ran.status in (0, 1), ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return [(r["path"].rpartition("/")[2], r["rule"], r["severity"]) for r in rows]


PAGES = {"guide.en-gb.md": PAGE, "guide.fr-fr.md": PAGE}
SETTINGS = """
severity = { attributes = "off" }
per-path."*.en-gb.md".severity = { anchors = "info" }
per-locale.fr.severity = { unknown-attribute = "error" }
"""
EXPECTED = [
    ("guide.en-gb.md", "unresolved-anchor", "info"),
    ("guide.fr-fr.md", "unresolved-anchor", "error"),
    ("guide.fr-fr.md", "unknown-attribute", "error"),
]


def test_findings_have_the_severity_that_the_team_gave_them(tmp_path: Path) -> None:
    assert found(project(tmp_path, SETTINGS, PAGES)) == EXPECTED


def test_the_second_run_says_the_same_and_a_change_counts_at_once(tmp_path: Path) -> None:
    folder = project(tmp_path, SETTINGS, PAGES)
    assert found(folder) == found(folder) == EXPECTED
    project(tmp_path, 'severity.anchors = "off"', {})
    assert {rule for _, rule, _ in found(folder)} == {"unknown-attribute"}


def test_the_status_counts_the_severity_in_force(tmp_path: Path) -> None:
    settings = 'severity = { anchors = "info", attributes = "info" }'
    assert check(project(tmp_path, settings, PAGES)).status == 0


def test_text_on_stdin_is_judged_like_a_page_of_its_name(tmp_path: Path) -> None:
    folder = project(tmp_path, SETTINGS, {})
    arguments = ("check", "-", "--stdin-filename", "guide.en-gb.md", "--output-format", "json")
    ran = balise(*arguments, cwd=folder, stdin=PAGE.encode())
    assert [row["severity"] for row in json.loads(ran.out)] == ["info"]


def test_what_is_ignored_is_not_fixed(tmp_path: Path) -> None:
    folder = project(tmp_path, 'per-locale.fr.ignore = ["attributes"]', PAGES)
    ran = balise("check", "--diff", cwd=folder)
    assert "guide.en-gb.md" in ran.out
    assert "guide.fr-fr.md" not in ran.out


def test_the_command_line_adds_rules(tmp_path: Path) -> None:
    page = "---\ntitle: A\n---\n\nSee [a](http://www.tulip-shop.net/).\n"
    folder = project(tmp_path, "", {"guide.en-gb.md": page})
    assert found(folder) == []
    arguments = ("--extend-select", "insecure-link")
    assert found(folder, *arguments) == [("guide.en-gb.md", "insecure-link", "info")]


def test_the_site_reports_findings_as_the_team_decided(tmp_path: Path) -> None:
    folder = project(tmp_path, SETTINGS, PAGES)
    config = "site_name: x\ntheme: {name: material, font: false}\nplugins: [balise]\n"
    write_pages(folder, {"mkdocs.yml": config, "docs/index.md": "# Manual\n"})
    ran = mkdocs("build", cwd=folder)
    assert ran.status == 0, ran.err
    lines = [line for line in ran.err.splitlines() if "guides/guide." in line]
    assert [line.split()[0] for line in lines] == ["WARNING", "WARNING", "INFO"]


# Options of rules


@pytest.mark.parametrize(
    ("rule", "text", "options"),
    [
        ("duplicate-heading", "## A\n\n### B\n\n### B\n", "levels = [2]"),
        ("insecure-link", "[a](http://www.tulip-shop.net:80/x)\n", 'hosts = ["tulip-shop.net"]'),
        ("unknown-attribute", "[a](https://a.net){.button}\n", 'classes = ["button"]'),
        ("unknown-front-matter-key", "---\ntitle: A\nauthor: B\n---\n", 'keys = ["author"]'),
        ("missing-front-matter-key", "---\nslug: a\n---\n", "keys = []"),
        ("missing-front-matter-key", "---\nslug: a\n---\n", 'keys = ["slug"]'),
    ],
)
def test_an_option_leaves_out_what_a_rule_finds_without_it(
    tmp_path: Path, rule: str, text: str, options: str
) -> None:
    folder = project(tmp_path, f'select = ["{rule}"]', {"guide.en-gb.md": text})
    assert [name for _, name, _ in found(folder)] == [rule]
    project(tmp_path, f'select = ["{rule}"]\n[rules.{rule}]\n{options}', {})
    assert found(folder) == []


@pytest.mark.parametrize("host", ["ulip-shop.net", "shop.net", "www.www.tulip-shop.net"])
def test_a_server_of_another_name_is_not_left_out(tmp_path: Path, host: str) -> None:
    settings = f'select = ["insecure-link"]\nrules.insecure-link.hosts = ["{host}"]'
    page = "[a](http://www.tulip-shop.net/)\n"
    assert len(found(project(tmp_path, settings, {"guide.en-gb.md": page}))) == 1


def test_an_address_is_retired_where_the_team_says_so(tmp_path: Path) -> None:
    page = "[a](https://old.tulip-shop.net/a) and https://old.tulip-shop.net/b\n"
    folder = project(tmp_path, 'select = ["retired-address"]', {"guide.en-gb.md": page})
    assert found(folder) == []
    beginning = 'rules.retired-address.addresses."old.tulip-shop.net"'
    project(tmp_path, f'select = ["retired-address"]\n{beginning} = "https://tulip-shop.net"', {})
    assert found(folder) == [("guide.en-gb.md", "retired-address", "warning")]
    project(tmp_path, f'select = ["retired-address"]\n{beginning} = ""', {})
    assert found(folder) == [("guide.en-gb.md", "retired-address", "warning")] * 2


def test_more_keys_can_be_required(tmp_path: Path) -> None:
    settings = 'rules.missing-front-matter-key.keys = ["title", "excerpt"]'
    folder = project(tmp_path, settings, {"guide.en-gb.md": "---\ntitle: A\n---\n\nText.\n"})
    assert found(folder) == [("guide.en-gb.md", "missing-front-matter-key", "error")]


def test_a_picture_may_be_unused_where_the_team_says_so(tmp_path: Path) -> None:
    home = "---\ntitle: Home\n---\n\n![a](images/a.png)\n"
    pages = {
        "home.fr-fr.md": home,
        "images/a.png": PICTURE,
        "images/b.png": PICTURE,
        "images/c.png": PICTURE,
    }
    settings = 'select = ["unused-image"]\nrules.unused-image.ignore = ["/images/b.*"]'
    assert found(project(tmp_path, settings, pages)) == [("c.png", "unused-image", "info")]


def test_a_link_within_one_language_is_told_to_who_wants_to_know(tmp_path: Path) -> None:
    pages = {
        "home.fr-ca.md": "---\ntitle: Accueil\n---\n",
        "there/guide.fr-fr.md": "---\ntitle: Là\n---\n",
        "here/guide.fr-ca.md": "---\ntitle: Ici\n---\n\n[là](/pages/there)\n",
    }
    option = "rules.untranslated-link.same-language = true"
    select = ("--select", "untranslated-link")
    assert found(project(tmp_path / "a", "", pages), *select) == []
    told = found(project(tmp_path / "b", option, pages), *select)
    assert told == [("guide.fr-ca.md", "untranslated-link", "warning")]
