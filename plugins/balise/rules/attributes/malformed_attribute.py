import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.suggestions import nearest
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.attribute_names import KNOWN_CLASSES

NAME = re.compile(r"[\w-]+")
LIKENESS = 80.0
"""Least similarity (0 to 100) of a class that was mistyped: `{name}` may be a placeholder."""


class MalformedAttribute(PageRule):
    name = "malformed-attribute"
    group = "attributes"
    summary = "An attribute list is not written as one"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("malformed-attribute"):
            match = NAME.search(residue.text)
            if match is None or residue.text.startswith("{#"):
                continue
            name, message = match[0], f"`{residue.text}` prints as text"
            if name in KNOWN_CLASSES:
                message += f"; a class is written `{{.{name}}}`"
                fix = Fix.replacement(residue.span, f"{{.{name}}}", safe=True, removes=residue.text)
                yield self.finding(context.document, residue.span, message, fix=fix)
            elif found := nearest(name, sorted(KNOWN_CLASSES), threshold=LIKENESS):
                message += f"; did you mean `{{.{found}}}`?"
                yield self.finding(context.document, residue.span, message)
