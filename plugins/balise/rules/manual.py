"""The pages of the manual about rules: what they say, and where they are published."""

from importlib.resources import files
from pathlib import Path

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.rules import ALL_RULES

CHECKOUT = Path(__file__).parents[3] / "docs" / "rules"
WHY = "## Why it matters"
"""The heading of the first part of each page."""


def explanation(name: str) -> str:
    """The Markdown of a rule's page, or a list of the rules of a group.

    Raises UserError for a name that is neither.
    """
    names = [rule.name for rule in ALL_RULES]
    groups = sorted({rule.group for rule in ALL_RULES})
    if name in names:
        return rule_page(name)
    if name in groups:
        return _group_page(name)
    hint = did_you_mean(name, [*names, *groups])
    raise UserError(f"there is no rule or group `{name}`{hint} (`balise rules` lists them)")


def rule_page(name: str) -> str:
    """The Markdown of the page about a rule, which must be there."""
    installed = files("balise") / "rule_pages" / f"{name}.md"
    page = installed if installed.is_file() else CHECKOUT / f"{name}.md"
    return page.read_text(encoding="utf-8")


def rule_reason(name: str) -> str:
    """Why a rule is there: the first paragraph of its page, on one line."""
    _, _, text = rule_page(name).partition(f"{WHY}\n\n")
    return " ".join(text.partition("\n\n")[0].split())


def _group_page(group: str) -> str:
    rows = [
        f"- `{rule.name}`: {rule.summary}{'' if rule.on_by_default else ' (off by default)'}"
        for rule in ALL_RULES
        if rule.group == group
    ]
    return "\n".join((f"# {group}", "", *rows, "", "`balise explain RULE` tells more.", ""))
