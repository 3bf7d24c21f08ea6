import re
from bisect import bisect_right
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Related, Severity
from balise.base.source import Span
from balise.document import Document, Residue
from balise.rules.base import PageRule, RuleContext

MARK = "**"
SIGNS = re.compile(r"\*\*([-–—_.,:;/+#@&~=]++)(?=\w)")
"""Signs behind the first mark that can as well stand in front of it."""

MAX_NAMED = 10
"""Other marks of a paragraph that are named."""


class UnbalancedEmphasis(PageRule):
    name = "unbalanced-emphasis"
    group = "text"
    summary = "Asterisks that were meant to make text bold print as text"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        marks: dict[int, list[Span]] = {}
        for residue in document.residues_of("emphasis"):
            if residue.text != MARK:
                yield self._within_word(document, residue)
            else:
                marks.setdefault(_line(document, residue.span.start), []).append(residue.span)
        for first, *others in marks.values():
            which = "these `**` print" if others else "this `**` prints"
            message = (
                f"{which} as text: bold text needs `**` on both sides, "
                "in the same paragraph and without a space inside of them"
            )
            related = tuple(Related(document.path, span, "here too") for span in others[:MAX_NAMED])
            yield self.finding(document, first, message, related=related)

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


def _line(document: Document, offset: int) -> int:
    """The first line of the paragraph that a mark is in; its own line in a table or a heading."""
    index = bisect_right(document.prose, offset, key=lambda prose: prose.span.start) - 1
    paragraph = document.prose[index] if index >= 0 else None
    if paragraph and offset < paragraph.span.end:
        return paragraph.line
    return document.position(offset).line
