from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps, Severity
from balise.base.source import Span
from balise.document import Document, ListItem, MarkerBlock
from balise.rules.base import PageRule, RuleContext


class ListWithoutBlankLine(PageRule):
    name = "list-without-blank-line"
    group = "style"
    summary = "A list begins directly below a line of text"
    severity = Severity.INFO
    fixable = "sometimes"
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        text_ends = {document.line(prose.span.end) for prose in document.prose}
        listed = 0  # the last line of the items so far
        for item in document.list_items:
            above = document.line(item.span.start) - 1
            if above in text_ends and above > listed:
                message = (
                    "this list stands directly below a line of text, where some tools do not see it; "
                    "put a blank line between them"
                )
                yield self.finding(document, item.marker, message, fix=_fix(document, item))
            listed = max(listed, document.line(item.span.end))


def _fix(document: Document, item: ListItem) -> Fix | None:
    """Not where the blank line would need a `>`."""
    around = [block.span for block in document.blocks_of(MarkerBlock)]
    around += [quote.span for quote in document.quotes]
    if any(span.start < item.span.start < span.end for span in around):
        return None
    start = document.line_starts[document.line(item.span.start) - 1]
    return Fix.replacement(
        Span(start, start), document.newline, "add a blank line", safe=True, keeps=Keeps.HTML
    )
