"""Nearest names, for every "did you mean" of the project."""

from collections.abc import Iterable

THRESHOLD = 70.0
"""Least similarity (0 to 100, normalised Indel) of a name that is worth suggesting."""


def nearest(name: str, candidates: Iterable[str], *, threshold: float = THRESHOLD) -> str | None:
    """The candidate most like `name`, or None if none is; the first of equally good ones."""
    from rapidfuzz import fuzz, process  # only a mistake pays for loading it

    names = list(candidates)
    folded = [candidate.casefold() for candidate in names]
    best = process.extractOne(name.casefold(), folded, scorer=fuzz.ratio, score_cutoff=threshold)
    return names[best[2]] if best else None


def is_slip(word: str, other: str) -> bool:
    """Whether a word is another one with one letter too many, too few, or wrong, or two swapped."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other, score_cutoff=1) == 1


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """`; did you mean X?` with the nearest candidate, or nothing."""
    found = nearest(name, candidates)
    return f"; did you mean `{found}`?" if found else ""


def most_like(
    name: str, candidates: Iterable[str], *, limit: int, threshold: float = THRESHOLD
) -> list[str]:
    """At most `limit` candidates like `name`, the likest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, list(candidates), scorer=fuzz.ratio, score_cutoff=threshold, limit=limit
    )
    return [candidate for candidate, _, _ in found]
