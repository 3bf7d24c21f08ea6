from bisect import bisect_left
from collections.abc import Iterator

from balise.base.findings import Finding
from balise.base.source import Span
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.heading_words import heading_words


class EmptyContentsSection(PageRule):
    name = "empty-contents-section"
    group = "headings"
    summary = "Nothing stands below a heading such as “Table of contents”"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        headings = document.headings
        for index, heading in enumerate(headings):
            if heading.text.strip(" :.").casefold() not in heading_words()["contents"]:
                continue
            following = headings[index + 1] if index + 1 < len(headings) else None
            end = following.span.start if following else document.length
            is_parent = following is not None and following.level > heading.level
            if not is_parent and not _has_content(document, Span(heading.span.end, end)):
                message = (
                    f"nothing stands below “{heading.text}”; remove the heading, "
                    "the site makes a list of contents by itself"
                )
                yield self.finding(document, heading.span, message)


def _has_content(document: Document, section: Span) -> bool:
    """Whether anything begins in a section: text, a table, code, a block, an include or HTML."""
    facts = (
        document.prose, document.tables, document.fences, document.blocks, document.quotes,
        document.includes, document.images, document.html_tags, document.html_elements,
        document.foreign,
    )  # fmt: skip
    for kind in facts:
        index = bisect_left(kind, section.start, key=lambda fact: fact.span.start)
        if index < len(kind) and kind[index].span.start < section.end:
            return True
    return False
