"""`unresolved-anchor`"""

import re
from collections.abc import Iterator

from balise.base.findings import Finding, Severity
from balise.base.suggestions import nearest
from balise.collection import Anchors
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import shown, source_of

WORD = re.compile(r"[^\W_]+")


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
            where = (
                "this page" if there.path == document.path else f"`{source_of(there, document)}`"
            )
            anchors = page.collection.anchors(there)
            found = nearest_anchor(target.fragment, link.text, anchors)
            hint = f"; nearest is `#{found}` (line {anchors.places[found]})" if found else ""
            message = f"`#{shown(target.fragment)}` is not an anchor of {where}{hint}"
            yield self.finding(document, link.span, message)


def nearest_anchor(fragment: str, text: str, anchors: Anchors) -> str:
    """The id of the heading that reads like the link, or else the anchor most like the one written.

    Headings of one page read alike ("Activate it", "Delete it"): the first word must be the same.
    """
    places = anchors.places
    reading = [h for h in anchors.document.headings if h.text.casefold() == text.strip().casefold()]
    found = reading[0].id if len(reading) == 1 else None
    first = WORD.match(fragment.casefold())
    alike = [place for place in places if first and _begins_alike(place, first[0])]
    found = (
        found or nearest(fragment, alike, threshold=55) or nearest(fragment, places, threshold=85)
    )
    return found if found is not None and found in places else ""


def _begins_alike(place: str, word: str) -> bool:
    """Whether the first word of an anchor is `word`, or a slip of it."""
    first = WORD.match(place.casefold())
    return first is not None and nearest(word, [first[0]], threshold=75) is not None
