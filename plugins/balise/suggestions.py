"""Nearest names, for every "did you mean" of the project."""

from collections.abc import Collection

THRESHOLD = 70.0
"""Least similarity (0 to 100, normalised Indel) of a name that is worth suggesting."""


def nearest(name: str, candidates: Collection[str], *, threshold: float = THRESHOLD) -> str | None:
    """The candidate most like `name`, or None if none is like it; ties go to the first by name."""
    from rapidfuzz import fuzz, process  # only a mistake pays for loading it

    best = process.extractOne(
        name, sorted(candidates), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=threshold
    )
    return best[0] if best else None


def did_you_mean(name: str, candidates: Collection[str], mark: str = "`") -> str:
    """`; did you mean X?` with the nearest candidate, or nothing."""
    found = nearest(name, candidates)
    return f"; did you mean {mark}{found}{mark}?" if found else ""
