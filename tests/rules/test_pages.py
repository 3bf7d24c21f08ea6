"""Each rule's page in the manual says what the rule says of itself, and its examples are true."""

import json
import re

import msgspec
import pytest

from balise.rules import ALL_RULES, CollectionRule, RevisionRule, Rule
from balise.rules.files.unreadable_file import UnreadableFile
from tests.helpers.support import NUL, PAGE, ROOT, check_text, tried
from tests.scripts.rule_pages import PLAIN, with_head, with_plain_rules, with_rows

PAGES = ROOT / "docs" / "rules"
EXAMPLE = re.compile(r"^(`{3,})markdown ?(\S*)\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)
NEXT = r"^## (?:Why it matters|Wrong|Right|Options|Fix|How it decides)$"
"""Examples may have headings of their own."""


WITH_EXAMPLES = [
    rule
    for rule in ALL_RULES
    if rule is not UnreadableFile
    and not rule.needs_history
    and not issubclass(rule, CollectionRule | RevisionRule)
]
"""Rules that an example can break or keep: not those about files, or about all pages together."""


def page(rule: type[Rule]) -> str:
    file = PAGES / f"{rule.name}.md"
    assert file.is_file(), f"write docs/rules/{rule.name}.md"
    return file.read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    match = re.search(rf"^## {title}\n(.*?)(?={NEXT}|\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"the page has no section `## {title}`"
    return match[1]


def examples(text: str, title: str) -> list[tuple[str, str]]:
    """The examples of a section, as (name of the page, text)."""
    found = [
        (m[2] or PAGE, m[3].replace(NUL, "\0")) for m in EXAMPLE.finditer(section(text, title))
    ]
    assert found, f"the section `## {title}` has no example"
    return found


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_the_head_of_the_page_is_made_from_the_class(rule: type[Rule]) -> None:
    assert page(rule) == with_head(rule, page(rule)), "run `make rule-pages`"


def test_the_rows_of_the_list_are_made_from_the_classes() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    assert index == with_rows(index), "run `make rule-pages`"


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_the_page_says_why_it_matters(rule: type[Rule]) -> None:
    assert len(section(page(rule), "Why it matters").split()) >= 15


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_the_page_names_every_option_with_its_default(rule: type[Rule]) -> None:
    defaults = msgspec.to_builtins(rule.options)
    if not defaults:
        assert "\n## Options\n" not in page(rule)
        return
    text = section(page(rule), "Options")
    for name, default in defaults.items():
        row = f"| `{name}` | `{json.dumps(default)}` |"
        assert row in text, f"the table of options should have a row that begins {row}"
    assert f"rules.{rule.name}]" in text, "the options need an example"


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.name)
def test_what_the_page_calls_wrong_is_found(rule: type[Rule]) -> None:
    for name, text in examples(page(rule), "Wrong"):
        assert check_text(text, tried(rule), name).findings, text


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.name)
def test_what_the_page_calls_right_is_not_found(rule: type[Rule]) -> None:
    for name, text in examples(page(rule), "Right"):
        assert not check_text(text, tried(rule), name).findings, text


def test_the_list_of_rules_links_every_page() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    missing = [rule.name for rule in ALL_RULES if f"({rule.name}.md)" not in index]
    assert missing == [], "add a row `| [NAME](NAME.md) |` for each to docs/rules/index.md"


def test_the_navigation_of_the_manual_has_every_page() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [rule.name for rule in ALL_RULES if f"- rules/{rule.name}.md\n" not in navigation]
    assert missing == [], "add `- rules/NAME.md` for each to `nav` in mkdocs.yml"


def test_the_manual_lists_the_rules_that_judge_plain_markdown() -> None:
    text = PLAIN.read_text(encoding="utf-8")
    assert with_plain_rules(text) == text, "run `make rule-pages`"
