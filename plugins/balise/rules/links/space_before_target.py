"""`space-before-target`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.rules.base import PageFacts, Rule


class SpaceBeforeTarget(Rule):
    name = "space-before-target"
    group = "links"
    summary = "A space separates the text of a link from its address"
    severity = Severity.ERROR
    fixable = "always"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for residue in page.document.residues:
            if residue.kind != "space-before-target":
                continue
            text, address = residue.text.split("]", 1)
            start = residue.span.start + len(text) + 1
            spaces = Span(start, start + len(address) - len(address.lstrip()))
            fix = Fix("remove the space", safe=True, edits=(Edit(spaces, ""),))
            message = f"a space in front of `{address.lstrip()}` makes this text and not a link"
            yield self.finding(page.document, residue.span, message, fix=fix)
