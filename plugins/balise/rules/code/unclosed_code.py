from collections.abc import Iterator

from balise.base.counting import count
from balise.base.findings import Finding, Fix, Related, Severity
from balise.base.source import Span
from balise.document import Document, Residue
from balise.rules.base import PageRule, RuleContext

FENCE = 3
"""Fewest characters of a fence (CommonMark 0.31, section 4.5)."""


class UnclosedCode(PageRule):
    name = "unclosed-code"
    group = "code"
    summary = "Code has a beginning and no end"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for fence in document.fences:
            if not fence.closed:
                place = Span(fence.span.start, fence.span.start + FENCE)
                message = "this fence is never closed, so everything below it is code"
                yield self.finding(document, place, message)
        for first, second in _pairs(document):
            if second is None:
                message = (
                    f"{_count(first)} without a counterpart, printed as text: close the code, "
                    "or write a backslash in front"
                )
                yield self.finding(document, first.span, message)
                continue
            message = (
                f"{_count(first)} here and {_count(second)} behind the code do not match, "
                "so both print as text"
            )
            related = Related(document.path, second.span, f"{_count(second)} here")
            title = f"close the code with {_count(first)}"
            fix = Fix.replacement(second.span, first.text, title, safe=False)
            yield self.finding(document, first.span, message, related=(related,), fix=fix)


def _pairs(document: Document) -> Iterator[tuple[Residue, Residue | None]]:
    """Each run of backticks that prints, with the other one if there are just two on its line."""
    lines: dict[int, list[Residue]] = {}
    for residue in document.residues_of("backtick"):
        lines.setdefault(document.line(residue.span.start), []).append(residue)
    for found in lines.values():
        if len(found) == 2:
            yield found[0], found[1]
        else:
            yield from ((residue, None) for residue in found)


def _count(residue: Residue) -> str:
    return count(len(residue.text), "backtick")
