from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Span
from balise.document import Block, Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.block_layout import indent


class CalloutWithoutBlankLine(PageRule):
    name = "callout-without-blank-line"
    group = "blocks"
    summary = "A block begins directly below a line of text"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        # Below a heading, a fence or the front matter every tool sees where the block begins.
        spans = (*(p.span for p in document.prose), *(t.span for t in document.tables))
        text_ends = {document.line(span.end) for span in spans}
        for block in document.blocks:
            if block.below_text and block.line - 1 in text_ends:
                name = "/// details" if block.type == "details" else f"[!{block.type}]"
                message = (
                    f"`{name}` stands directly below a line of text, where other tools print it "
                    "as text; put a blank line between them"
                )
                fix = _fix(document, block)
                yield self.finding(document, block.marker, message, fix=fix)


def _fix(document: Document, block: Block) -> Fix | None:
    """Not in a list, where a blank line changes the space between all items."""
    if block.nested or indent(document, block):
        return None
    start = document.line_starts[block.line - 1]
    return Fix.replacement(
        Span(start, start), document.newline, "add a blank line", safe=True, keeps=Keeps.HTML
    )
