"""The pages of the manual that the command line shows: one for each rule."""

from importlib.resources import files
from pathlib import Path

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.rules import ALL_RULES

CHECKOUT = Path(__file__).parents[3] / "docs" / "rules"


def rule_page(name: str) -> str:
    """The Markdown of a rule's page. Raises UserError for a rule that there is not."""
    names = [rule.name for rule in ALL_RULES]
    if name not in names:
        raise UserError(
            f"there is no rule `{name}`{did_you_mean(name, names)} (`balise rules` lists them)"
        )
    installed = files("balise") / "rule_pages" / f"{name}.md"
    page = installed if installed.is_file() else CHECKOUT / f"{name}.md"
    return page.read_text(encoding="utf-8")
