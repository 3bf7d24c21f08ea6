import re
from collections.abc import Iterator

from balise.base.findings import Finding
from balise.base.suggestions import did_you_mean
from balise.document import Suppression
from balise.rules.base import PageRule, RuleContext

KINDS = ("ignore", "ignore-page", "off", "on")
WORD = re.compile(r"[\w-]*")


class UnknownSuppression(PageRule):
    name = "unknown-suppression"
    group = "suppressions"
    summary = "A comment for balise cannot be understood, or names a rule that does not exist"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        if not context.document.suppressions:
            return
        from balise.rules import ALL_RULES  # which has this rule in it

        rules = {rule.name for rule in ALL_RULES}
        names = rules | {rule.group for rule in ALL_RULES}
        for suppression in context.document.suppressions:
            if message := _slip(suppression, rules):
                yield self.finding(context.document, suppression.span, message)
            for name, span in suppression.names:
                if name not in names:
                    hint = did_you_mean(name, sorted(names))
                    message = f"there is no rule or group `{name}`{hint}"
                    yield self.finding(context.document, span, message)


def _slip(suppression: Suppression, rules: set[str]) -> str | None:
    """What is wrong with the comment as a whole, names aside."""
    if suppression.kind == "malformed":
        match = WORD.match(suppression.reason)
        word = match[0] if match else ""
        if word in KINDS:
            return f"write the names in brackets with commas between them, as in `{word}[links]`"
        if not word:
            return "say what to do: `ignore[...]`, `ignore-page[...]`, `off[...]` or `on[...]`"
        return f"there is no `balise: {word}`{did_you_mean(word, KINDS)}"
    first = suppression.reason.partition(" ")[0].strip(",:;")
    if not suppression.names and "-" in first and first in rules:
        rule = f"`{suppression.kind}[{first}]`"
        return f"the name `{first}` has no brackets, so this is about all rules; write {rule}"
    return None
