"""A rule is a module of its own: what two rules share is in `balise.rules.helpers`."""

import pytest

from balise.rules import ALL_RULES, CollectionRule, PageRule, RevisionRule, Rule, SuppressionRule
from tests.helpers.layers import MODULES as ALL_MODULES
from tests.helpers.layers import PACKAGE, Module

RULES = PACKAGE / "rules"
FILES = set(RULES.glob("*/[!_]*.py")) - set(RULES.glob("helpers/*.py"))
MODULES = [module for module in ALL_MODULES if module.file in FILES]
KINDS = (PageRule, CollectionRule, RevisionRule, SuppressionRule)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.file.stem)
def test_a_rule_imports_no_other_rule(module: Module) -> None:
    groups = {f"balise.rules.{group.name}" for group in RULES.iterdir() if group.is_dir()}
    groups.remove("balise.rules.helpers")
    others = [name for name in module.imports if name.rpartition(".")[0] in groups]
    assert others == []


def test_every_module_of_a_rule_is_listed_under_the_name_and_group_of_its_rule() -> None:
    listed = {f"{rule.group}/{rule.name}".replace("-", "_") for rule in ALL_RULES}
    modules = {f"{file.parent.name}/{file.stem}" for file in FILES}
    unlisted = sorted(modules - listed)
    assert unlisted == [], "import the class of each in balise/rules/__init__.py, or rename it"
    misplaced = sorted(listed - modules)
    assert misplaced == [], "the module of a rule is GROUP/NAME.py, with `_` for `-`"


def test_rules_are_listed_by_name() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert names == sorted(set(names))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_every_rule_is_of_one_kind(rule: type[Rule]) -> None:
    assert sum(issubclass(rule, kind) for kind in KINDS) == 1
