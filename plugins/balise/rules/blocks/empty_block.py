from collections.abc import Iterator

from balise.base.findings import Finding, Fix
from balise.document import Block, Document, Faq, Tabs
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.block_layout import cut_off_quote

TAB = "the tab `{}` has nothing below it; write its content behind `>>`"
FAQ_ENTRY = "the question `{}` has no answer; write it below, behind `>>`"


class EmptyBlock(PageRule):
    name = "empty-block"
    group = "blocks"
    summary = "A block, or a part of one, has nothing in it"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for block in document.blocks:
            name = "/// details" if block.type == "details" else f"[!{block.type}]"
            if block.empty and cut_off_quote(document, block) is None:
                message = f"`{name}` has nothing in it; write its text, or remove it"
                yield self.finding(document, block.marker, message)
            yield from self._parts(document, block)
        for quote in document.quotes:
            if quote.empty:
                message = "this quotation has nothing in it and is printed as an empty box"
                fix = Fix.replacement(quote.span, "", "remove the quotation", safe=True)
                yield self.finding(document, quote.span, message, fix=fix)

    def _parts(self, document: Document, block: Block) -> Iterator[Finding]:
        for tab in block.tabs if isinstance(block, Tabs) else ():
            if tab.empty and tab.title is not None:
                message = TAB.format(" ".join(tab.title.split()))
                yield self.finding(document, tab.title_span, message)
        for entry in block.entries if isinstance(block, Faq) else ():
            if entry.empty and entry.question is not None:
                message = FAQ_ENTRY.format(" ".join(entry.question.split()))
                yield self.finding(document, entry.question_span, message)
