from collections.abc import Iterator
from itertools import pairwise

from balise.base.findings import Finding, Related
from balise.rules.base import PageRule, RuleContext


class SkippedHeadingLevel(PageRule):
    name = "skipped-heading-level"
    group = "headings"
    summary = "A heading is more than one level below the heading above it"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        headings = [heading for heading in document.headings if heading.text]
        for above, heading in pairwise(headings):
            if heading.level <= above.level + 1:
                continue
            meant = above.level + 1
            message = (
                f"this heading is of level {heading.level}, the one above it of level "
                f"{above.level}; a heading below that one begins with `{'#' * meant}`"
            )
            related = Related(document.path, above.span, f"the heading of level {above.level}")
            yield self.finding(document, heading.span, message, related=(related,))
