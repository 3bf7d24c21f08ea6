"""What is to be written in the places that name something, so that after a move each means what it meant."""

from collections.abc import Iterator

from balise.base.source import Edit, Span
from balise.refactor.backlinks import Use
from balise.refactor.meanings import Meaning
from balise.refactor.model import Note
from balise.refactor.spelling import respelled

ABSOLUTE = ("http:", "https:")


def rewritten(meaning: Meaning, text: str) -> Edit | Note:
    """What to write for a use that would mean something else, on its page with this `text`."""
    use = meaning.use
    raw = text[use.address.start : use.address.end] if use.address else ""
    for address, rest in _ways(meaning):
        fits = address.startswith(ABSOLUTE) or use.form != "autolink"
        if fits and meaning.is_met(address + rest):
            return (
                _edit(use, use.address, raw, address, rest)
                if use.address
                else _left(use, address + rest)
            )
    return Note(use.path, use.span, f"`{use.href}` leads elsewhere from now on")


def _ways(meaning: Meaning) -> Iterator[tuple[str, str]]:
    """Addresses and what follows them: with the fragment as it is written, then with today's."""
    candidates = [c for c in dict.fromkeys(meaning.candidates()) if c or not meaning.bare]
    yield from ((address, meaning.rest) for address in candidates)
    if meaning.fragment:
        query = meaning.rest.partition("#")[0]
        yield from ((address, f"{query}#{meaning.fragment}") for address in candidates)


def _edit(use: Use, place: Span, raw: str, address: str, rest: str) -> Edit:
    """Put an address in the place of another one; what follows stays as it is written, if it can."""
    ends = [at for mark in "?#" if (at := raw.find(mark)) >= 0]
    bare = raw[: min(ends)] if ends else raw
    if "&#" in raw or not use.href.endswith(rest):
        return Edit(place, address + rest, raw)
    written = respelled(address, use.href[: len(use.href) - len(rest)], bare)
    return Edit(Span(place.start, place.start + len(bare)), written, bare)


def _left(use: Use, address: str) -> Note:
    message = f"the address of this link stands elsewhere on the page: write `{address}` there"
    return Note(use.path, use.span, message)
