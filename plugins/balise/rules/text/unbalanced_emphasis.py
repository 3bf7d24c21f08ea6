import re
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit, Span
from balise.document import Document, Residue
from balise.rules.base import PageRule, RuleContext

MARK = "**"
LONGEST = 60
"""Characters of bold text that are shown."""
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
        for residue in context.document.residues_of("spaced-emphasis"):
            yield self._spaced(context.document, residue)
        for residue in context.document.residues_of("stray-asterisks"):
            message = (
                f"these `{residue.text}` print as text: as many have to stand in front of what is "
                "bold or italic and behind it, each next to a letter or a sign"
            )
            yield self.finding(context.document, residue.span, message)

    def _spaced(self, document: Document, residue: Residue) -> Finding:
        before, inner, behind = residue.text.split(MARK)
        written = f"{MARK}{inner}{MARK}{behind}"
        shown = written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
        message = f"the `**` of `{shown}` print as text: "
        start = residue.span.start + len(before)
        begin, end = start + len(MARK), start + len(MARK) + len(inner)
        first, last = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
        edits = [
            Edit(Span(start, start), " " if first and before else ""),
            Edit(Span(begin, begin + first), ""),
            Edit(Span(end - last, end), ""),
            Edit(Span(end + len(MARK), end + len(MARK)), " " if behind else ""),
        ]
        if first or last:
            message += "no space may stand on the inner side of them"
            title = (
                "move the space out of the asterisks" if before or behind else "remove the space"
            )
        else:
            message += f"behind bold text that ends with `{inner[-1]}` a space is needed"
            title = "put a space behind the asterisks"
        needed = tuple(e for e in edits if e.text or e.span.start < e.span.end)
        return self.finding(document, residue.span, message, fix=Fix(title, True, needed))

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
