"""Definition: where the thing at a place leads."""

from balise.claims import HostClaim
from balise.document import Anchor, Heading, Image, Include, Link
from balise.editor.cursor import Datum, Port, Thing, Value, thing_at
from balise.editor.data_files import data_targets
from balise.editor.model import Place
from balise.editor.places import TOP, heading_place
from balise.editor.statements import true_places
from balise.editor.targets import (
    include_path,
    link_places,
    picture_path_of,
    section_places,
    value_places,
)
from balise.editor.view import View


def definition(view: View, offset: int) -> list[Place]:
    """The page or heading of a link, the file of a picture or an include, the line of a key or of a fact."""
    thing = thing_at(view, offset)
    return _places(thing, view) if thing else []


def _places(thing: Thing, view: View) -> list[Place]:
    match thing:
        case Link():
            return link_places(thing, view)
        case Image():
            return _file(picture_path_of(thing, view))
        case Include():
            return _file(include_path(thing, view))
        case Value():
            return value_places(thing, view)
        case Datum():
            target = data_targets(view).get(thing.span)
            return section_places(target, view.collection) if target else []
        case Heading():
            return [heading_place(view.document, view.document.headings.index(thing))]
        case Anchor():
            return [Place(view.path, thing.span)]
        case Port() | HostClaim():
            return true_places(thing, view)
    return []


def _file(path: str) -> list[Place]:
    return [Place(path, TOP)] if path else []
