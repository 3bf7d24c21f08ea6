"""`malformed-attribute`"""

import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit
from balise.base.suggestions import nearest
from balise.rules.attributes.known import CLASSES
from balise.rules.base import PageFacts, Rule

NAME = re.compile(r"[\w-]+")
LIKENESS = 80.0
"""Least similarity (0 to 100) of a class that was mistyped: `{name}` may be a placeholder."""


class MalformedAttribute(Rule):
    name = "malformed-attribute"
    group = "attributes"
    summary = "An attribute list is not written as one"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for residue in page.document.residues:
            if residue.kind != "malformed-attribute":
                continue
            match = NAME.search(residue.text)
            if match is None or residue.text.startswith("{#"):
                continue
            name, message = match[0], f"`{residue.text}` prints as text"
            if name in CLASSES:
                message += f"; a class is written `{{.{name}}}`"
                edit = Edit(residue.span, f"{{.{name}}}")
                fix = Fix(f"write `{{.{name}}}`", safe=True, edits=(edit,))
                yield self.finding(page.document, residue.span, message, fix=fix)
            elif found := nearest(name, sorted(CLASSES), threshold=LIKENESS):
                message += f"; did you mean `{{.{found}}}`?"
                yield self.finding(page.document, residue.span, message)
