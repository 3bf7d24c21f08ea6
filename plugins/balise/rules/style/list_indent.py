from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.document import ListItem
from balise.rules.base import PageRule, RuleContext

INDENT = 4


class ListIndent(PageRule):
    name = "list-indent"
    group = "style"
    summary = "A list in a list is not indented by four blanks"
    severity = Severity.INFO
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        above: list[ListItem] = []
        for item in document.list_items:
            inner = None
            while above and above[-1].span.end <= item.span.start:
                inner = above.pop()
            follows = inner is not None and inner.ordered == item.ordered
            above.append(item)
            if len(above) < 2 or follows:
                continue
            place, parent = (document.position(i.marker.start) for i in (item, above[-2]))
            indent = place.column - parent.column
            if indent != INDENT and place.line != parent.line:
                message = (
                    f"this list is indented by {indent} blanks in the item above; "
                    f"{INDENT} are read in the same way everywhere"
                )
                yield self.finding(document, item.marker, message)
