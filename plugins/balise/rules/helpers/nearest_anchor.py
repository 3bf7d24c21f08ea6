"""The anchor that a link may have meant."""

from balise.base.suggestions import most_like, nearest
from balise.collection import Anchors
from balise.collection.anchors import FIRST_WORD

MANY = 1000
"""Anchors of a page from which on nobody is helped by one that is a little like another."""


def nearest_anchor(fragment: str, text: str, anchors: Anchors) -> str:
    """The id of the heading that reads like the link, or else the anchor most like the one written.

    Headings of one page read alike ("Activate it", "Delete it"): the first word must be the same.
    """
    places = anchors.places
    reading = anchors.by_reading.get(text.strip().casefold(), ())
    found: str | None = reading[0].id if len(reading) == 1 else None
    if not found and len(places) <= MANY:
        found = nearest(fragment, _begin_alike(fragment, anchors), threshold=55)
        found = found or nearest(fragment, places, threshold=85)
    return found if found is not None and found in places else ""


def _begin_alike(fragment: str, anchors: Anchors) -> list[str]:
    """The anchors whose first word is that of `fragment`, or a slip of it, in their order."""
    first = FIRST_WORD.match(fragment.casefold())
    if first is None:
        return []
    words = anchors.by_first_word
    alike = most_like(first[0], words, limit=len(words), threshold=75)
    kept = {place for word in alike for place in words[word]}
    return [place for place in anchors.places if place in kept]
