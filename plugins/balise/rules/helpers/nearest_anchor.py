"""The anchor that a link may have meant."""

import re

from balise.base.suggestions import most_like, nearest
from balise.collection import Anchors, may_mean
from balise.collection.anchors import FIRST_WORD, squashed

MANY = 1000
"""Anchors of a page from which on nobody is helped by one that is a little like another."""

NUMBER = re.compile(r"[a-z]{0,12}[0-9]{1,3}")
"""What stands in front of a numbered heading, without blanks and signs: `step3`, `2`."""


def nearest_anchor(fragment: str, text: str, anchors: Anchors) -> str:
    """The id of the heading that reads like the link, or else the anchor most like the one written.

    Headings of one page read alike ("Activate it", "Delete it"): the first word must be the same,
    and none may say something else.
    """
    places = anchors.places
    found: str | None = _read_like(text, anchors)
    if not found and len(places) <= MANY:
        found = nearest(fragment, _begin_alike(fragment, anchors), threshold=55)
        found = found or nearest(fragment, places, threshold=85)
        found = found if found and may_mean(fragment, found) else None
    return found if found is not None and found in places else ""


def _read_like(text: str, anchors: Anchors) -> str | None:
    """The id of the only heading with the text of a link, maybe behind a number: "Step 3: Log in"."""
    form = squashed(text)
    headings = anchors.by_reading.get(form, ())
    if form and not headings and len(anchors.places) <= MANY:
        headings = [
            heading
            for read, found in anchors.by_reading.items()
            if read.endswith(form) and NUMBER.fullmatch(read.removesuffix(form))
            for heading in found
        ]
    return headings[0].id if len(headings) == 1 else None


def _begin_alike(fragment: str, anchors: Anchors) -> list[str]:
    """The anchors whose first word is that of `fragment`, or a slip of it, in their order."""
    first = FIRST_WORD.match(fragment.casefold())
    if first is None:
        return []
    words = anchors.by_first_word
    alike = most_like(first[0], words, limit=len(words), threshold=75)
    kept = {place for word in alike for place in words[word]}
    return [place for place in anchors.places if place in kept]
