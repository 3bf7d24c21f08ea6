"""Words that mean the same to readers who search, in `synonyms.yml`: a table of them for each locale."""

from collections.abc import Collection as Container
from collections.abc import Mapping

import msgspec

from balise.base.suggestions import did_you_mean
from balise.document import DataEntry, Document, Problem

SYNONYMS = "synonyms.yml"
"""The collection's table of synonyms."""

LONGEST = 100
"""Letters of a phrase that somebody may search."""


class Synonyms(msgspec.Struct, frozen=True):
    """Locale or language -> its circles of phrases that mean the same; each phrase is in one circle."""

    circles: Mapping[str, tuple[tuple[str, ...], ...]] = {}

    def of(self, locale: str) -> tuple[tuple[str, ...], ...]:
        """The circles that count in a locale: its own, and those of its language."""
        return self.circles.get(locale, ()) + self.circles.get(locale.partition("-")[0], ())


def read_synonyms(document: Document, locales: Container[str]) -> tuple[Synonyms, list[Problem]]:
    """The synonyms of a `synonyms.yml`, and the entries that mean nothing in a collection of these locales.

    Phrases that lead to each other on any way, also around, are one circle.
    """
    known = {*locales, *(locale.partition("-")[0] for locale in locales)}
    circles: dict[str, list[list[str]]] = {}
    problems: list[Problem] = []
    for entry in document.data:
        phrase, others = _phrases(entry)
        reason = _wrong(entry, phrase, others, known)
        if reason:
            problems.append(Problem("data-syntax", entry.key_span, reason))
        else:
            _join(circles.setdefault(entry.keys[0].lower(), []), [phrase, *others])
    found = {locale: tuple(tuple(circle) for circle in of) for locale, of in circles.items()}
    return Synonyms(found), problems


def _phrases(entry: DataEntry) -> tuple[str, list[str]]:
    """The phrase of an entry, and those that stand for it."""
    phrase = " ".join(entry.keys[1].lower().split()) if len(entry.keys) > 1 else ""
    others = (" ".join(part.split()) for part in entry.value.lower().split(","))
    return phrase, [other for other in others if other]


def _wrong(entry: DataEntry, phrase: str, others: list[str], known: Container[str]) -> str:
    """Why an entry is not read, if it is not."""
    locale, *below = entry.keys
    is_item = len(below) == 2 and below[1].isdecimal()
    if not (len(below) == 1 or is_item) or not phrase or not others:
        return "below a locale stands `words: other words`, or a list of other words"
    if locale.lower() not in known:
        return f"there are no pages in `{locale}`{did_you_mean(locale, sorted(known))}"
    if phrase in others:
        return f"`{phrase}` is what it stands for"
    if max(map(len, (phrase, *others))) > LONGEST:
        return f"nobody searches more than {LONGEST} letters"
    return ""


def _join(circles: list[list[str]], phrases: list[str]) -> None:
    """Put phrases into the circle that they belong to, which may make one of several."""
    touched = [circle for circle in circles if not set(circle).isdisjoint(phrases)]
    joined = dict.fromkeys(phrase for circle in [*touched, phrases] for phrase in circle)
    circles[:] = [circle for circle in circles if circle not in touched]
    circles.append(list(joined))
