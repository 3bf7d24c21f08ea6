"""The anchor that a link may have meant."""

import re

from balise.base.suggestions import nearest
from balise.collection import Anchors

WORD = re.compile(r"[^\W_]+")


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
