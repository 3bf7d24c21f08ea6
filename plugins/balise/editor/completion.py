"""Completion: what can be written where somebody types."""

from collections.abc import Callable, Iterator

from balise.editor.completions import (
    anchors,
    attributes,
    blocks,
    facts,
    front_matter,
    includes,
    keys,
    links,
    pictures,
    suppressions,
)
from balise.editor.model import Completion
from balise.editor.typed import Typed, TypedKind, typed_at
from balise.editor.view import View


def completions(view: View, offset: int) -> list[Completion]:
    """What can be written at an offset, the best first; the same question is asked after each character.

    All of it fits what is typed, by rules that no editor knows: so each `filter_text` is what is
    typed, and a list is incomplete.
    """
    typed = typed_at(view, offset)
    return list(OFFERED[typed.kind](view, typed)) if typed else []


def _addresses(view: View, typed: Typed) -> Iterator[Completion]:
    """Pages, or addresses by key where the beginning of one is typed."""
    if typed.text.startswith((keys.LINKS, "{")):
        yield from keys.keys(view, typed)
    if not typed.text.startswith(keys.LINKS):
        yield from links.links(view, typed)


OFFERED: dict[TypedKind, Callable[[View, Typed], Iterator[Completion]]] = {
    "address": _addresses,
    "anchor": anchors.anchors,
    "picture": pictures.pictures,
    "include": includes.includes,
    "language": blocks.languages,
    "block": blocks.blocks,
    "details": blocks.details,
    "class": attributes.classes,
    "attribute": attributes.keys,
    "directive": suppressions.directives,
    "rule": suppressions.rules,
    "key": front_matter.keys,
    "value": front_matter.values,
    "word": facts.facts,
}
