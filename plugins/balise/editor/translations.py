"""Translations: the same guide, and the same place in it, in other locales."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from balise.base.source import Span
from balise.check.pipeline import context_of
from balise.claims import Outline
from balise.claims.outline import titled_headings
from balise.document import Document, Prose
from balise.editor.model import Place, Translation
from balise.editor.places import TOP
from balise.editor.view import View
from balise.health.model import RULES, State
from balise.rules import ALL_RULES, PageRule

MISSING, STALE = State.MISSING.words, State.STALE.words
ORIGINAL, CURRENT, TRANSLATED = "original", "up to date", "translated"
"""How a page is about which no rule says anything; where no history is read, none is up to date."""


def translations(view: View) -> list[Translation]:
    """The page in each other locale of the collection, the original first, and how it is there."""
    structure = view.collection.structure
    own = structure.names.get(view.path)
    if own is None:
        return []
    there = {structure.names[path].locale: path for path in view.siblings}
    locales = {name.locale for name in structure.names.values()} - {own.locale}
    original = structure.scheme.original
    return [
        Translation(locale, there.get(locale, ""), _state(there.get(locale, ""), view))
        for locale in sorted(locales, key=lambda locale: (locale != original, locale))
    ]


def _state(path: str, view: View) -> str:
    """How a translation is, by the rules that compare it with the others."""
    if not path:
        return MISSING
    structure = view.collection.structure
    context = context_of(view.workspace, path)
    rules = {rule.name: rule for rule in ALL_RULES if issubclass(rule, PageRule)}
    for state, name in RULES.items():
        if any(rules[name]().check_page(context)):
            return state.words
    if structure.names[path].locale == structure.scheme.original:
        return ORIGINAL
    return CURRENT if view.workspace.options.translations else TRANSLATED


def same_place(view: View, offset: int, locale: str) -> Place | None:
    """Where the page in a locale says what stands at an offset; None without one.

    That is the same value of the front matter or the paragraph at the same place of its section, or
    else the heading of the section.
    """
    collection = view.collection
    siblings = {collection.structure.names[path].locale: path for path in view.siblings}
    path = siblings.get(locale)
    if path is None:
        return None
    ours, theirs = view.document, collection.documents[path]
    if value := _same_value(ours, theirs, offset):
        return Place(path, value)
    section = sum(heading.span.start <= offset for heading in titled_headings(ours))
    other = _counterpart(section, view.claims.outline, view.workspace.claims[path].outline)
    own = _prose(ours, section)
    there = _prose(theirs, other) if len(_prose(theirs, other)) == len(own) else []
    for prose, counterpart in zip(own, there, strict=False):
        if prose.span.start <= offset <= prose.span.end:
            return Place(path, counterpart.span)
    return Place(path, titled_headings(theirs)[other - 1].span if other else TOP)


def _same_value(ours: Document, theirs: Document, offset: int) -> Span | None:
    """The value of the key of the front matter whose line an offset is on."""
    for entry in ours.front_matter.entries if ours.front_matter else ():
        if entry.key_span.start <= offset <= entry.value_span.end and theirs.front_matter:
            other = theirs.front_matter.get(entry.key)
            return other.value_span if other else None
    return None


def _counterpart(section: int, ours: Outline, theirs: Outline) -> int:
    """The section of another page at the place of ours; 0 is what stands above the first heading.

    Where the pages have other headings, by the sections that have the same pictures, tables and code.
    """
    if ours.levels == theirs.levels:
        return section
    a, b = (list(zip((0, *o.levels), o.shape, strict=True)) for o in (ours, theirs))
    pairs = {0: 0}
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        pairs |= {block.a + step: block.b + step for step in range(block.size)}
    nearest = max(known for known in pairs if known <= section)
    return min(pairs[nearest] + section - nearest, len(theirs.levels))


def _prose(document: Document, section: int) -> Sequence[Prose]:
    """The paragraphs of a section."""
    starts = [0, *(h.span.start for h in titled_headings(document)), document.length + 1]
    return [p for p in document.prose if starts[section] <= p.span.start < starts[section + 1]]
