from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address, relative_source
from balise.rules.helpers.nearest_anchor import nearest_anchor


class UnresolvedAnchor(PageRule):
    name = "unresolved-anchor"
    group = "anchors"
    summary = "A link to a place of a page leads nowhere on it"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        for link, target in context.links:
            if not target.dead_anchor:
                continue
            where = (
                "this page"
                if target.path == document.path
                else f"`{relative_source(target.path, document.path)}`"
            )
            anchors = collection.anchors(target.path)
            found = nearest_anchor(target.fragment, link.text, anchors)
            hint = f"; nearest is `#{found}` (line {anchors.places[found]})" if found else ""
            message = f"`#{display_address(target.fragment)}` is not an anchor of {where}{hint}"
            yield self.finding(document, link.span, message)
