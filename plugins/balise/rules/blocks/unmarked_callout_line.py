from bisect import bisect_left
from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Edit, Span
from balise.document import Document, Faq, MarkerBlock, Tabs
from balise.rules.base import PageRule, RuleContext


class UnmarkedCalloutLine(PageRule):
    name = "unmarked-callout-line"
    group = "blocks"
    summary = "A line of a block lacks its `>`"
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        seen: set[Span] = set()
        for block in document.blocks_of(MarkerBlock):
            # What follows a bare `>` may not belong to the block: see `text-directly-below-block`.
            lines = [] if block.swallowed else [line for line in block.lazy if line not in seen]
            seen.update(block.lazy)
            parted = [line for line in lines if not _continues(document, line)]
            if not parted:
                continue
            message = (
                f"this line lacks `>` in front, so other tools may print it outside of "
                f"`[!{block.type}]`"
            )
            if len(lines) > 1:
                message += f"; {len(lines)} lines of the block lack it"
            fix = None
            # Where `>>` means something else than `>`, only the author knows which is missing.
            if not isinstance(block, Faq | Tabs) and not block.reads_otherwise:
                edits = tuple(Edit(Span(line.start, line.start), "> ") for line in lines)
                fix = Fix("add `>`", safe=True, edits=edits, keeps=Keeps.HTML)
            yield self.finding(document, parted[0], message, fix=fix)


def _continues(document: Document, line: Span) -> bool:
    """Whether the line goes on with a paragraph, as it may without `>` (CommonMark 0.31, 5.1)."""
    before = bisect_left(document.prose, line.end, key=lambda prose: prose.span.start) - 1
    return before >= 0 and document.prose[before].span.start < line.start < (
        document.prose[before].span.end
    )
