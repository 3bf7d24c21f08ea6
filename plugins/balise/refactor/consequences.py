"""What a move changes besides addresses, and leaves to people: which products list a guide, which facts are about it."""

from collections.abc import Iterator

from balise.base.source import Span
from balise.collection import Collection
from balise.collection.layouts.tree import TreeLayout, product_above, section_of, sections_listed
from balise.collection.page import hidden
from balise.refactor.model import Note
from balise.refactor.outcome import Outcome

TOP = Span(0, 0)


def consequences(outcome: Outcome) -> Iterator[Note]:
    """A note for each page of a guide that is in no list, or in no section of it, or without facts, from now on."""
    before, after = outcome.before, outcome.after
    in_tree = before.layout.name == TreeLayout.name and not before.plain
    for old in outcome.before.names if in_tree else ():
        new = outcome.where(old)
        if before.names[old].type == "guide" and not hidden(before.pages[old]):
            yield from _lists(old, new, before, after)
    for service, facts in before.services.items():
        now = after.services[service]
        for old, new in outcome.moves.items():
            name = before.names.get(old)
            held = name is not None and facts.about(before.folder(old), name.locale)
            if held and not now.about(after.folder(new), after.names[new].locale):
                yield Note(old, TOP, f"the facts of `{service}` are not about this page any more")


def _lists(old: str, new: str, before: Collection, after: Collection) -> Iterator[Note]:
    was, now = product_above(old, before), product_above(new, after)
    if was is None:
        return
    if now is None:
        locale = before.names[old].locale
        yield Note(old, TOP, f"no product above has a page in {locale}, so none lists it any more")
        return
    section = section_of(before.pages[old])
    listed = [sections_listed(page) for page in (before.pages[was], after.pages[now])]
    if section in listed[0] and listed[1] and section not in listed[1]:
        yield Note(old, TOP, f"its section `{section}` is none of the product that it is below now")
