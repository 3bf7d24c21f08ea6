import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.document import Document, Residue
from balise.rules.base import PageRule, RuleContext

MARK = "**"
SIGNS = re.compile(r"\*\*([-–—_.,:;/+#@&~=]++)(?=\w)")
"""Signs behind the first mark that can as well stand in front of it."""


class UnbalancedEmphasis(PageRule):
    name = "unbalanced-emphasis"
    group = "text"
    summary = "Asterisks that were meant to make text bold print as text"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for residue in context.document.residues_of("emphasis"):
            if residue.text != MARK:
                yield self._within_word(context.document, residue)
                continue
            message = (
                "this `**` prints as text: bold text needs `**` on both sides, "
                "in the same paragraph and without a space inside of them"
            )
            yield self.finding(context.document, residue.span, message)

    def _within_word(self, document: Document, residue: Residue) -> Finding:
        message = (
            f"the `**` of `{residue.text}` print as text: directly behind a word, bold text cannot "
            f"begin with `{residue.text[len(MARK)]}`"
        )
        signs = SIGNS.match(residue.text)
        if signs is None:
            return self.finding(document, residue.span, message)
        begin = f"{signs[1]}{MARK}"
        place = Span(residue.span.start, residue.span.start + signs.end())
        title = f"write `{begin}{residue.text[signs.end() :]}`"
        fix = Fix.replacement(place, begin, title, safe=False)
        return self.finding(document, residue.span, message, fix=fix)
