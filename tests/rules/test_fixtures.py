"""Each rule's fixture file says what the rule finds, where, and what the fix makes of it.

The expected part of a case has a line `LINE:COLUMN-LINE:COLUMN message` for every finding, below
it `  also LINE:COLUMN message` for related places (`  also PATH LINE:COLUMN message` on another
page) and `  fix: title` or `  unsafe fix: title`.
Behind a line `=>` stands the text after all fixes. A case without findings expects nothing.
A title that ends in `(name.md)` is checked under that name.
"""

import re
from functools import lru_cache
from pathlib import Path

import pytest

from balise.base.source import apply_edits
from balise.document import Document
from balise.rules import ALL_RULES, CollectionRule, RevisionRule, Rule
from balise.rules.files.unreadable_file import UnreadableFile
from tests.helpers.support import (
    PAGE,
    Case,
    Checked,
    check_text,
    collection_around,
    dot_cases,
    tried,
)

FIXTURES = Path(__file__).parent / "fixtures"
NOT_ABOUT_TEXT: dict[type[Rule], str] = {
    UnreadableFile: "cli/test_bad_input.py",
    **{r: "rules/test_collection_rules.py" for r in ALL_RULES if issubclass(r, CollectionRule)},
    **{
        r: "rules/test_index_rules.py"
        for r in ALL_RULES
        if r.layouts == {"index"} and not (FIXTURES / f"{r.name}.md").exists()
    },
    **{r: "check/test_translations.py" for r in ALL_RULES if r.needs_history},
    **{r: "check/test_against.py" for r in ALL_RULES if issubclass(r, RevisionRule)},
}
"""Rules that no text can break, and where they are tested."""
NAMED = re.compile(r"\((\S+\.md)\)$")


def cases() -> list[object]:
    return [
        pytest.param(rule, case, id=f"{rule.name}: {case.title}")
        for rule in ALL_RULES
        if (FIXTURES / f"{rule.name}.md").exists()
        for case in dot_cases(FIXTURES / f"{rule.name}.md")
    ]


each_case = pytest.mark.parametrize(("rule", "case"), cases(), scope="module")
"""The tests of a case come one after the other, so that what is found in it is known already."""


@lru_cache(4)
def checked_case(rule: type[Rule], case: Case) -> Checked:
    return check_text(case.given, tried(rule), name_of(case))


def page_at(path: str, checked: Checked) -> Document:
    """The page that is checked, or one of the collection around it."""
    pages, data = collection_around()
    return next(p for p in (checked.document, *pages, *data.values()) if p.path == path)


def shown(checked: Checked) -> str:
    lines: list[str] = []
    for finding in checked.findings:
        start, end = (
            checked.document.position(at) for at in (finding.span.start, finding.span.end)
        )
        lines.append(f"{start.line}:{start.column}-{end.line}:{end.column} {finding.message}")
        for related in finding.related:
            there = page_at(related.path, checked)
            place = there.position(related.span.start)
            other = "" if there is checked.document else f"{related.path} "
            lines.append(f"  also {other}{place.line}:{place.column} {related.message}")
        if finding.fix:
            lines.append(f"  {'fix' if finding.fix.safe else 'unsafe fix'}: {finding.fix.title}")
    edits = [edit for f in checked.findings if f.fix for edit in f.fix.edits]
    if edits:
        lines += ["=>", apply_edits(checked.text, edits)]
    return "\n".join(lines)


def name_of(case: Case) -> str:
    match = NAMED.search(case.title)
    return match[1] if match else PAGE


@each_case
def test_a_rule_finds_what_its_fixture_says(rule: type[Rule], case: Case) -> None:
    checked = checked_case(rule, case)
    assert shown(checked) == case.expected, case.where


@each_case
def test_nothing_is_left_to_fix_after_the_fixes(rule: type[Rule], case: Case) -> None:
    checked = checked_case(rule, case)
    edits = [edit for f in checked.findings if f.fix for edit in f.fix.edits]
    fixed = apply_edits(checked.text, edits)
    again = check_text(fixed, tried(rule), name_of(case)) if edits else checked
    assert [f.fix for f in again.findings if f.fix] == []
    assert len(again.findings) == len([f for f in checked.findings if not f.fix])


@pytest.mark.parametrize(
    "rule", [r for r in ALL_RULES if r not in NOT_ABOUT_TEXT], ids=lambda rule: rule.name
)
def test_a_rule_says_whether_its_findings_have_fixes(rule: type[Rule]) -> None:
    fixes = [
        finding.fix
        for case in dot_cases(FIXTURES / f"{rule.name}.md")
        for finding in check_text(case.given, tried(rule), name_of(case)).findings
    ]
    seen = "no" if not any(fixes) else "always" if all(fixes) else "sometimes"
    assert rule.fixable == seen, "set `fixable` in the class, or add a case to the fixture"


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_fixture_with_a_finding_and_one_without(rule: type[Rule]) -> None:
    if rule in NOT_ABOUT_TEXT:
        assert rule.name in (FIXTURES.parents[1] / NOT_ABOUT_TEXT[rule]).read_text(encoding="utf-8")
        return
    file = FIXTURES / f"{rule.name}.md"
    assert file.is_file(), f"write tests/rules/fixtures/{rule.name}.md"
    expected = [case.expected for case in dot_cases(file)]
    assert any(expected), f"{file.name}: no case has a finding"
    assert not all(expected), f"{file.name}: no case is clean"
