"""`make rule-pages`: what the manual says of rules by their classes: the heads of their pages, and lists.

What stands below the first `##` of a page is written by hand and left alone.
"""

import re

from balise.collection.layouts import LAYOUTS
from balise.rules import ALL_RULES, RevisionRule, Rule
from tests.helpers.support import ROOT

PAGES = ROOT / "docs" / "rules"
PLAIN = ROOT / "docs" / "plain-markdown.md"
ROW = re.compile(r"^\| \[(?P<name>[a-z0-9-]+)\]\((?P=name)\.md\) \|.*$", re.MULTILINE)


def head(rule: type[Rule]) -> str:
    """What a rule's page begins with."""
    return (
        f"# {rule.name}\n\n{rule.summary}.\n\n"
        "| Group | Severity | Fix | On by default |\n|---|---|---|---|\n"
        f"| `{rule.group}` | {rule.severity.value} | {rule.fixable} | {default_of(rule)} |\n"
        f"{layouts_of(rule)}"
    )


def layouts_of(rule: type[Rule]) -> str:
    """For which layouts a rule is, if not for all."""
    if rule.layouts == LAYOUTS.keys():
        return ""
    names = " or ".join(f"`{name}`" for name in sorted(rule.layouts))
    return f"\nFor collections in the layout {names} alone.\n"


def default_of(rule: type[Rule]) -> str:
    """Whether a rule runs where nobody has selected it."""
    if issubclass(rule, RevisionRule):
        return "with `--against`"
    return "yes" if rule.on_by_default else "no"


def with_head(rule: type[Rule], text: str) -> str:
    """A page with the head that it should have; one without a head may begin with `## `."""
    _, mark, body = f"\n{text}".partition("\n## ")
    return head(rule) + mark + body


def with_rows(text: str) -> str:
    """The list of rules with the rows that it should have."""
    rules = {rule.name: rule for rule in ALL_RULES}

    def row(match: re.Match[str]) -> str:
        rule = rules.get(match["name"])
        if rule is None:
            return match[0]
        cells = (
            f"[{rule.name}]({rule.name}.md)",
            rule.severity.value,
            rule.fixable,
            default_of(rule),
            rule.summary,
        )
        return f"| {' | '.join(cells)} |"

    return ROW.sub(row, text)


def with_plain_rules(text: str) -> str:
    """The page about plain Markdown with the lists of the rules that judge it."""
    for reach in ("markdown", "everywhere"):
        begin, end = f"<!-- rules: {reach} -->\n", "<!-- end of rules -->"
        before, _, rest = text.partition(begin)
        names = [rule.name for rule in ALL_RULES if rule.reach == reach]
        links = ", ".join(f"[{name}](rules/{name}.md)" for name in names)
        text = f"{before}{begin}\n{links}\n\n{end}{rest.partition(end)[2]}"
    return text


def main() -> None:
    """Write them."""
    for rule in ALL_RULES:
        page = PAGES / f"{rule.name}.md"
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        page.write_text(with_head(rule, text), encoding="utf-8")
    index = PAGES / "index.md"
    index.write_text(with_rows(index.read_text(encoding="utf-8")), encoding="utf-8")
    PLAIN.write_text(with_plain_rules(PLAIN.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
