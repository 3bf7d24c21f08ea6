"""A rule is a module of its own: what two rules share is in `balise.rules.helpers`."""

from pathlib import Path

import pytest
from test_layers import imports

from balise.rules import ALL_RULES, CollectionRule, PageRule, RevisionRule, Rule, SuppressionRule
from tests.helpers.support import ROOT

RULES = ROOT / "plugins" / "balise" / "rules"
MODULES = sorted(set(RULES.glob("*/[!_]*.py")) - set(RULES.glob("helpers/*.py")))
KINDS = (PageRule, CollectionRule, RevisionRule, SuppressionRule)


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.stem)
def test_a_rule_imports_no_other_rule(module: Path) -> None:
    groups = {f"balise.rules.{group.name}" for group in RULES.iterdir() if group.is_dir()}
    groups.remove("balise.rules.helpers")
    others = [name for name in imports(module) if name.rpartition(".")[0] in groups]
    assert others == []


def test_every_module_of_a_rule_is_listed_under_the_name_and_group_of_its_rule() -> None:
    listed = {f"{rule.group}/{rule.name}".replace("-", "_") for rule in ALL_RULES}
    assert {f"{file.parent.name}/{file.stem}" for file in MODULES} == listed


def test_rules_are_listed_by_name() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert names == sorted(set(names))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_is_of_one_kind(rule: type[Rule]) -> None:
    assert sum(issubclass(rule, kind) for kind in KINDS) == 1
