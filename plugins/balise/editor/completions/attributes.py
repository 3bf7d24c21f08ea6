"""Classes and keys of attribute lists."""

from collections.abc import Iterator

from balise.base.source import Edit
from balise.editor.matching import LIMIT, best_matches
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View
from balise.rules.helpers.attribute_names import KNOWN_CLASSES, KNOWN_KEYS

MEANINGS = {
    "action": "a label of an interface",
    "external": "a link to another site",
    "thumbnail": "a picture with a border, which opens large",
}
"""The classes that are written most, which come first."""


def classes(view: View, typed: Typed) -> Iterator[Completion]:
    """The classes that mean something."""
    names = [*MEANINGS, *sorted(KNOWN_CLASSES - MEANINGS.keys())]
    for name in (names[i] for i in best_matches(typed.text, names, LIMIT)):
        yield Completion(
            label=f".{name}",
            kind="attribute",
            edit=Edit(typed.span, f".{name}"),
            detail=MEANINGS.get(name, ""),
            filter_text=typed.text,
        )


def keys(view: View, typed: Typed) -> Iterator[Completion]:
    """The keys that mean something."""
    names = sorted(KNOWN_KEYS)
    for name in (names[i] for i in best_matches(typed.text, names, LIMIT)):
        edit = Edit(typed.span, f'{name}="$1"')
        yield Completion(name, "attribute", edit, filter_text=typed.text, snippet=True)
