"""Keys of the front matter, and values of those whose values are known."""

from collections.abc import Iterator, Sequence
from posixpath import basename, dirname

from balise.base.source import Edit
from balise.collection import PICTURES
from balise.collection.layouts.tree import product_above, sections_listed
from balise.document.slugs import slugify
from balise.document.yaml_text import yaml_like
from balise.editor.matching import LIMIT, best_matches, folded
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View
from balise.rules.helpers.front_matter_keys import allowed_keys

FIRST = ("title", "excerpt", "slug", "section", "order", "updated")
"""The keys that are written most, which come first."""
MEANINGS = {
    "aliases": "addresses that the page had once",
    "color": "the colour of a product in lists",
    "description": "what search engines show",
    "excerpt": "what the page is about, in a sentence",
    "hidden": "published, but in no list",
    "img": "the picture of the page in lists",
    "keywords": "words that search finds the page by",
    "legacy_guide_number": "the number in an older system",
    "order": "the place among its neighbours, a number",
    "section": "the section of the product that it is in",
    "sections": "the sections of the product, in their order",
    "slug": "the last part of the address",
    "title": "what the page is called",
    "updated": "the day of the last change, as 2026-01-31",
}
FLAGS = frozenset({"hidden", "deprecated", "fullwidth"})
AS_IT_IS = FLAGS | {"sections"}
"""Keys whose values are no text, or an item of a list in one."""


def keys(view: View, typed: Typed) -> Iterator[Completion]:
    """The keys that the page may have and has not."""
    front_matter = view.document.front_matter
    there = {e.key for e in front_matter.entries} if front_matter else set()
    known = (allowed_keys(view.document) or frozenset()) - (there - {typed.text})
    names = [*(k for k in FIRST if k in known), *sorted(known.difference(FIRST))]
    for name in (names[index] for index in best_matches(typed.text, names, LIMIT)):
        yield Completion(
            label=name,
            kind="key",
            edit=Edit(typed.span, f"{name}: "),
            detail=MEANINGS.get(name, ""),
            filter_text=typed.text,
        )


def values(view: View, typed: Typed) -> Iterator[Completion]:
    """The values that a key can have, as far as they are known."""
    known = _values(view, typed.about)
    names = [folded(value) for value in known]
    for value in (known[index] for index in best_matches(typed.text, names, LIMIT)):
        written = value if typed.about in AS_IT_IS else yaml_like(typed.label, value)
        yield Completion(value, "value", Edit(typed.span, written), filter_text=typed.text)


def _values(view: View, key: str) -> Sequence[str]:
    structure = view.collection.structure
    if key == "section":
        product = product_above(view.path, structure)
        named = structure.sections_named.get(product, {}) if product else {}
        listed = sections_listed(structure.pages[product]) if product else ()
        return list(dict.fromkeys((*listed, *named)))
    if key == "sections":
        return list(structure.sections_named.get(view.path, {}))
    if key == "slug":
        return [slugify(view.document.value("title") or "")]
    if key == "img":
        files = (f for f in structure.inputs.files if dirname(f).startswith(dirname(view.path)))
        return [basename(file) for file in files if file.lower().endswith(PICTURES)]
    return ["true", "false"] if key in FLAGS else []
