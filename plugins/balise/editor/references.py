"""References: every place that names what is at a place of a page."""

from collections.abc import Iterator

from balise.claims import HostClaim
from balise.claims.model import Quantity
from balise.collection import AnchorMatch, Collection
from balise.collection.layouts.tree import product_above, section_of
from balise.document import Anchor, Heading, Image, Include, Link
from balise.editor.cursor import Datum, Key, Port, Thing, Value, thing_at
from balise.editor.data_files import data_targets
from balise.editor.model import Place
from balise.editor.statements import stated_here
from balise.editor.targets import (
    SECTION,
    include_path,
    key_of,
    picture_path_of,
    target_of,
)
from balise.editor.view import View
from balise.refactor.backlinks import Use
from balise.refactor.key import names_key, pages_naming
from balise.rules.helpers.front_matter_spans import value_span


def references(view: View, offset: int) -> list[Place]:
    """The links to a page or heading, the uses of a picture or key, the guides of a section."""
    thing = thing_at(view, offset)
    return list(_places(thing, view)) if thing else []


def uses_of_page(view: View, path: str) -> list[Use]:
    """The places that lead to a page, those on it aside."""
    return [use for use in _uses(view, path) if use.path != path]


def uses_of_heading(view: View, path: str, heading: Heading) -> list[Use]:
    """The places that lead to a heading of a page, by whichever of its ids."""
    anchors = view.collection.anchors(path)
    return [
        use
        for use in _uses(view, path)
        if use.fragment and _leads_to(anchors.exact(use.fragment), heading)
    ]


def uses_of_anchor(view: View, name: str) -> list[Use]:
    """The places that lead to an anchor of the page that is made by hand."""
    return [use for use in _uses(view, view.path) if use.fragment == name]


def _uses(view: View, path: str) -> Iterator[Use]:
    if view.backlinks is not None:
        yield from view.backlinks.of(path)


def _leads_to(match: AnchorMatch | None, heading: Heading) -> bool:
    return match is not None and match.heading == heading


def _places(thing: Thing, view: View) -> Iterator[Place]:
    uses: list[Use] = []
    match thing:
        case Link():
            target = target_of(thing, view)
            if key := key_of(target):
                yield from _of_key(key, view.collection)
            elif target.anchor and target.anchor.heading:
                uses = uses_of_heading(view, target.path, target.anchor.heading)
            elif target.kind in ("page", "file"):
                uses = uses_of_page(view, target.path)
        case Datum() if to := data_targets(view).get(thing.span):
            uses = uses_of_page(view, to.path)
        case Heading():
            uses = uses_of_heading(view, view.path, thing)
        case Anchor():
            uses = uses_of_anchor(view, thing.name)
        case Image():
            uses = list(_uses(view, picture_path_of(thing, view)))
        case Include():
            uses = list(_uses(view, include_path(thing, view)))
        case Key(entry=entry) | Value(entry=entry) if entry.key == SECTION:
            yield from _in_section(entry.value, view)
        case Key() | Value():
            uses = uses_of_page(view, view.path)
        case Port() | HostClaim() | Quantity():
            yield from (Place(view.path, span) for span in stated_here(thing, view.claims))
    yield from (Place(use.path, use.span) for use in uses)


def _of_key(key: str, collection: Collection) -> Iterator[Place]:
    """The links that name an address by its key."""
    for path in pages_naming(key, collection):
        for link in collection.documents[path].links:
            if names_key(link.href, key, collection):
                yield Place(path, link.span)


def _in_section(section: str, view: View) -> Iterator[Place]:
    """The guides of a section of the product that the page is below."""
    collection = view.collection
    structure = collection.structure
    product = product_above(view.path, structure)
    for path, page in structure.pages.items():
        named = section_of(page) == " ".join(section.split())
        if named and product and product_above(path, structure) == product:
            yield Place(path, value_span(collection.documents[path], SECTION))
