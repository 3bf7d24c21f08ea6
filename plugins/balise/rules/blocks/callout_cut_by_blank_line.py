from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Related
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.block_layout import cut_off_quote, indent


class CalloutCutByBlankLine(PageRule):
    name = "callout-cut-by-blank-line"
    group = "blocks"
    summary = "A blank line cuts a block, and what follows is a plain quotation"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        for block in document.blocks:
            quote = cut_off_quote(document, block)
            if quote is None:
                continue
            blank = quote.line - 1
            message = (
                f"this quotation is no part of `[!{block.type}]` above, which ends at the blank "
                f"line {blank}; if it belongs to it, write `>` on that line"
            )
            start = document.line_starts[blank - 1]
            line, title = f"{indent(document, block)}>", "write `>` on the blank line"
            fix = Fix.replacement(Span(start, start), line, title, safe=False)
            related = Related(document.path, block.marker, f"`[!{block.type}]` begins here")
            place = Span(quote.span.start, quote.span.start + 1)
            yield self.finding(document, place, message, related=(related,), fix=fix)
