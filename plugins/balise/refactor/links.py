"""What is to be written in the places that name something, so that after a move each means what it meant."""

from collections.abc import Iterator
from html import unescape

from balise.base.source import Edit, Span
from balise.refactor.backlinks import Use
from balise.refactor.meanings import Meaning
from balise.refactor.model import Note
from balise.refactor.spelling import respelled

ABSOLUTE = ("http:", "https:")


def rewritten(meaning: Meaning, text: str) -> Iterator[Edit | Note]:
    """What to write for a use that would mean something else, on its page with this `text`.

    A note says where it takes another form than its author's, for the reverse does not know that.
    """
    use = meaning.use
    for address, rest, is_own_form in _ways(meaning):
        if not meaning.is_met(address + rest):
            continue
        if use.address is None:
            here = "has its address elsewhere on the page: write"
            yield Note(use.path, use.span, f"`{use.href}` {here} `{address}{rest}` there")
            return
        raw = text[use.address.start : use.address.end]
        yield _edit(use, use.address, raw, address, rest)
        if not is_own_form:
            now = f"`{use.href}` would mean another place, so it is `{address}{rest}` now"
            yield Note(use.path, use.span, now)
        return
    yield Note(use.path, use.span, f"`{use.href}` leads elsewhere from now on")


def _ways(meaning: Meaning) -> Iterator[tuple[str, str, bool]]:
    """Addresses, what follows them, and whether that is the author's form.

    First with the fragment as it is written, then with today's.
    """
    own = dict.fromkeys((*meaning.own_forms(), meaning.bare), True)
    found = {**dict.fromkeys(meaning.other_forms(), False), **own}
    ordered = sorted(found.items(), key=lambda way: not way[1])
    ways = [(address, is_own) for address, is_own in ordered if _can_stand(address, meaning)]
    yield from ((address, meaning.rest, is_own) for address, is_own in ways)
    if meaning.fragment:
        query = meaning.rest.partition("#")[0]
        yield from ((address, f"{query}#{meaning.fragment}", False) for address, _ in ways)


def _can_stand(address: str, meaning: Meaning) -> bool:
    """Whether an address is read as it is written in the place of another one."""
    absolute = address.startswith(ABSOLUTE) or meaning.use.form != "autolink"
    return absolute and unescape(address) == address and bool(address or not meaning.bare)


def _edit(use: Use, place: Span, raw: str, address: str, rest: str) -> Edit:
    """Put an address in the place of another one; what follows stays as it is written, if it can."""
    ends = [at for mark in "?#" if (at := raw.find(mark)) >= 0]
    bare = raw[: min(ends)] if ends else raw
    if "&#" in raw or not use.href.endswith(rest):
        return Edit(place, address + rest, raw)
    written = respelled(address, use.href[: len(use.href) - len(rest)], bare)
    return Edit(Span(place.start, place.start + len(bare)), written, bare)
