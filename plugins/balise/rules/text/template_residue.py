import re
from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext

NAME = re.compile(r"[\w-]+")
INSTEAD = {
    "notice": "`> [!primary]` begins a callout",
    "expand": "`/// details | Title` begins a part that opens",
    "button": "a link does the same",
}


class TemplateResidue(PageRule):
    name = "template-residue"
    group = "text"
    summary = "A tag of another system's templates prints as text"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("template"):
            match = NAME.search(residue.text)
            hint = INSTEAD.get(match[0] if match else "", "remove it, or mark it as code")
            message = f"`{residue.text}` is a tag of another system and prints as text; {hint}"
            yield self.finding(context.document, residue.span, message)
