"""`unresolved-anchor`"""

from collections.abc import Iterator, Mapping

from balise.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import shown, source_of
from balise.suggestions import nearest


class UnresolvedAnchor(Rule):
    name = "unresolved-anchor"
    group = "anchors"
    summary = "A link to a place of a page leads nowhere on it"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        collection, document = page.collection, page.document
        for link, target in page.links:
            if not target.dead_anchor:
                continue
            there = collection.documents[target.path]
            where = "this page" if there is document else f"`{source_of(there, document)}`"
            hint = _nearest(target.fragment, collection.anchors(there).places)
            message = f"`#{shown(target.fragment)}` is not an anchor of {where}{hint}"
            yield self.finding(document, link.span, message)


def _nearest(fragment: str, places: Mapping[str, int]) -> str:
    found = nearest(fragment, places, threshold=55)
    return f"; nearest is `#{found}` (line {places[found]})" if found else ""
