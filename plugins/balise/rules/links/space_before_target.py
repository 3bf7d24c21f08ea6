from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext


class SpaceBeforeTarget(PageRule):
    name = "space-before-target"
    group = "links"
    summary = "A space separates the text of a link from its address"
    severity = Severity.ERROR
    fixable = "always"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("space-before-target"):
            text, address = residue.text.split("]", 1)
            start = residue.span.start + len(text) + 1
            spaces = Span(start, start + len(address) - len(address.lstrip()))
            fix = Fix.replacement(spaces, "", "remove the space", safe=True)
            message = f"a space in front of `{address.lstrip()}` makes this text and not a link"
            yield self.finding(context.document, residue.span, message, fix=fix)
