"""Addresses by key: `/links/<key>` and `{key}`."""

from collections.abc import Iterator

from balise.base.source import Edit
from balise.collection.keys import address_of_key, preset
from balise.editor.matching import LIMIT, best_matches, folded
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View

LINKS = "/links/"


def keys(view: View, typed: Typed) -> Iterator[Completion]:
    """The keys that the collection has, each with where it leads in the page's locale."""
    own = view.collection.structure.keyed_addresses
    in_braces = typed.text.startswith("{")
    known = sorted({*own, *preset()} if in_braces else own)
    searched = typed.text.removeprefix("{") if in_braces else typed.text.removeprefix(LINKS)
    for key in (known[i] for i in best_matches(searched, [folded(k) for k in known], LIMIT)):
        yield Completion(
            label=key,
            kind="value",
            edit=Edit(typed.span, f"{{{key}}}" if in_braces else f"{LINKS}{key}"),
            detail=address_of_key(key, view.locale, own) or "no address in this locale",
            filter_text=typed.text,
        )
