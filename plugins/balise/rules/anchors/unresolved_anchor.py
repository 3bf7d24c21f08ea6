"""`unresolved-anchor`"""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from balise.findings import Finding, Severity
from balise.rules.base import PageFacts, Rule
from balise.suggestions import nearest

HERE = ("#", "./#", ".#")
TOP = frozenset({"", "top"})
"""Fragments that every browser takes for the top of the page (HTML Living Standard, 7.4.6.4)."""


def fragment_here(href: str) -> str | None:
    """The fragment of a link to the page it stands on, decoded; None for any other link."""
    for start in HERE:
        if href.startswith(start):
            return unquote(href[len(start) :])
    return None


class UnresolvedAnchor(Rule):
    name = "unresolved-anchor"
    group = "anchors"
    summary = "A link to a place of its own page leads nowhere"
    severity = Severity.ERROR

    def check(self, page: PageFacts) -> Iterator[Finding]:
        document = page.document
        for link in document.links:
            fragment = fragment_here(link.href)
            if fragment is None or fragment.casefold() in TOP:
                continue
            if page.collection.resolve_anchor(document, fragment) is None:
                hint = _nearest(fragment, page.collection.anchors(document).places)
                message = f"`#{fragment}` is not an anchor of this page{hint}"
                yield self.finding(document, link.span, message)


def _nearest(fragment: str, places: Mapping[str, int]) -> str:
    found = nearest(fragment, places, threshold=55)
    return f"; nearest is `#{found}` (line {places[found]})" if found else ""
