import re
from bisect import bisect_right
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Related, Severity
from balise.base.source import Edit, Span
from balise.document import Document, Residue
from balise.rules.base import PageRule, RuleContext

MARK = "**"
SIGNS = re.compile(r"\*\*([-–—_.,:;/+#@&~=]++)(?=\w)")
"""Signs behind the first mark that can as well stand in front of it."""

MAX_NAMED = 10
"""Other marks of a paragraph that are named."""

LONGEST = 60
"""Characters of bold text that are shown."""


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
        for residue in document.residues_of("spaced-emphasis"):
            yield self._spaced(document, residue)
        for residue in document.residues_of("stray-asterisks"):
            message = (
                f"these `{residue.text}` print as text: as many have to stand in front of what is "
                "bold or italic and behind it, each next to a letter or a sign"
            )
            yield self.finding(document, residue.span, message)

    def _spaced(self, document: Document, residue: Residue) -> Finding:
        before, inner, behind = residue.text.split(MARK)
        written = f"{MARK}{inner}{MARK}{behind}"
        shown = written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
        reason = "no space may stand on the inner side of them"
        title = "remove the space"
        if inner == inner.strip():
            reason = f"behind bold text that ends with `{inner[-1]}` a space is needed"
            title = "put a space behind the asterisks"
        elif before or behind:
            title = "move the space out of the asterisks"
        message = f"the `**` of `{shown}` print as text: {reason}"
        fix = Fix(title, safe=True, edits=_spaces_moved(residue, before, inner, behind))
        return self.finding(document, residue.span, message, fix=fix)

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


def _spaces_moved(residue: Residue, before: str, inner: str, behind: str) -> tuple[Edit, ...]:
    """The edits after which no space is inside of the marks, and one beside what else is there."""
    start = residue.span.start + len(before)
    first = start + len(MARK)
    last = first + len(inner)
    end = last + len(MARK)
    edits = (
        Edit(Span(start, start), " " if before else ""),
        Edit(Span(first, first + len(inner) - len(inner.lstrip())), ""),
        Edit(Span(last - len(inner) + len(inner.rstrip()), last), ""),
        Edit(Span(end, end), " " if behind else ""),
    )
    return tuple(edit for edit in edits if edit.text or edit.span.start < edit.span.end)


def _line(document: Document, offset: int) -> int:
    """The first line of the paragraph that a mark is in; its own line in a table or a heading."""
    index = bisect_right(document.prose, offset, key=lambda prose: prose.span.start) - 1
    paragraph = document.prose[index] if index >= 0 else None
    if paragraph and offset < paragraph.span.end:
        return paragraph.line
    return document.position(offset).line
