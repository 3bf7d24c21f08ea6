from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext


class DetachedAttribute(PageRule):
    name = "detached-attribute"
    group = "attributes"
    summary = "A space separates an attribute list from what it belongs to"
    severity = Severity.ERROR
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("detached-attribute"):
            written = residue.text.lstrip()
            start = residue.span.end - len(written)
            space = Span(residue.span.start, start)
            fix = Fix.replacement(space, "", "remove the space", safe=True)
            message = f"`{written}` prints as text, because a space stands in front of it"
            yield self.finding(context.document, Span(start, residue.span.end), message, fix=fix)
