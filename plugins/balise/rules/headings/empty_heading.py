from bisect import bisect_left
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Fix
from balise.document import (
    Anchor,
    CodeSpan,
    Document,
    Heading,
    HtmlTag,
    Image,
    Link,
    ListItem,
    Prose,
)
from balise.document.headings import with_ids
from balise.rules.base import PageRule, RuleContext


class EmptyHeading(PageRule):
    name = "empty-heading"
    group = "headings"
    summary = "A heading has no text"
    fixable = "sometimes"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        pictures = _lines(document, document.images)
        anchors = _lines(document, document.anchors)
        more = _lines(document, document.html_tags)
        more |= _lines(document, document.links) | _lines(document, document.code_spans)
        items = {document.line(item.marker.start) for item in document.list_items}
        empty = [heading for heading in document.headings if not heading.text]
        loses_anchors = bool(empty) and _loses_anchors(document)
        for heading in empty:
            line = heading.line
            if line in pictures:
                continue
            message, fix = "this heading is empty", None
            if line in anchors or heading.attributes:
                message += "; give it a text, or move its anchor to the heading that is meant"
            elif line not in more and line not in items:
                safe = not loses_anchors and not _between_lists(document, heading)
                fix = Fix.replacement(heading.span, "", "remove the heading", safe=safe)
            yield self.finding(document, heading.span, message, fix=fix)


def _loses_anchors(document: Document) -> bool:
    """Whether an older id of another heading follows from the empty ones, and would be lost."""
    kept = [heading for heading in document.headings if heading.text]
    left = {id_ for h in with_ids(kept, document.anchors) for id_ in (h.id, *h.aliases)}
    return any(id_ not in left for heading in kept for id_ in (heading.id, *heading.aliases))


def _between_lists(document: Document, heading: Heading) -> bool:
    """Whether the heading is what keeps two lists apart: without it they would be one."""
    prose, items = document.prose, document.list_items
    below = bisect_left(prose, heading.span.start, key=_start)
    last_text = prose[below - 1].span.end if below else 0
    next_text = prose[below].span.start if below < len(prose) else document.length
    before = bisect_left(items, last_text, key=_start) - 1
    behind = bisect_left(items, heading.span.end, key=_start)
    return (
        before >= 0
        and last_text <= items[before].span.end
        and behind < len(items)
        and items[behind].span.start <= next_text
    )


def _start(fact: Prose | ListItem) -> int:
    return fact.span.start


def _lines(
    document: Document, facts: Sequence[Image | Anchor | HtmlTag | Link | CodeSpan]
) -> set[int]:
    return {document.line(fact.span.start) for fact in facts}
