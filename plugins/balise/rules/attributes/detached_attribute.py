"""`detached-attribute`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.rules.base import PageFacts, Rule


class DetachedAttribute(Rule):
    name = "detached-attribute"
    group = "attributes"
    summary = "A space separates an attribute list from what it belongs to"
    severity = Severity.ERROR
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for residue in page.document.residues:
            if residue.kind != "detached-attribute":
                continue
            written = residue.text.lstrip()
            start = residue.span.end - len(written)
            fix = Fix(
                "remove the space",
                safe=True,
                edits=(Edit(Span(residue.span.start, start), ""),),
            )
            message = f"`{written}` prints as text, because a space stands in front of it"
            yield self.finding(page.document, Span(start, residue.span.end), message, fix=fix)
