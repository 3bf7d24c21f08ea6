"""`empty-heading`"""

from collections.abc import Iterator, Sequence

from balise.document import Anchor, CodeSpan, Document, Heading, HtmlTag, Image, Link
from balise.findings import Finding, Fix
from balise.rules.base import PageFacts, Rule
from balise.source import Edit


class EmptyHeading(Rule):
    name = "empty-heading"
    group = "headings"
    summary = "A heading has no text"
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        pictures = _lines(document, document.images)
        anchors = _lines(document, document.anchors)
        more = _lines(document, document.html_tags)
        more |= _lines(document, document.links) | _lines(document, document.code_spans)
        items = {document.line(item.marker.start) for item in document.list_items}
        for heading in document.headings:
            line = heading.line
            if heading.text or line in pictures:
                continue
            message, fix = "this heading is empty", None
            if line in anchors or heading.attributes:
                message += "; give it a text, or move its anchor to the heading that is meant"
            elif line not in more and line not in items:
                safe = not _between_lists(document, heading)
                fix = Fix("remove the heading", safe=safe, edits=(Edit(heading.span, ""),))
            yield self.finding(document, heading.span, message, fix=fix)


def _between_lists(document: Document, heading: Heading) -> bool:
    """Whether the heading is what keeps two lists apart: without it they would be one."""
    above = (prose.span.end for prose in document.prose if prose.span.end <= heading.span.start)
    last_text = max(above, default=0)
    below = (prose.span.start for prose in document.prose if prose.span.start > heading.span.end)
    next_text = min(below, default=document.length)
    items = document.list_items
    return any(i.span.start < last_text <= i.span.end for i in items) and any(
        heading.span.end < i.span.start <= next_text for i in items
    )


def _lines(
    document: Document, facts: Sequence[Image | Anchor | HtmlTag | Link | CodeSpan]
) -> set[int]:
    return {document.line(fact.span.start) for fact in facts}
