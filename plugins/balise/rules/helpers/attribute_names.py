"""Attribute lists of a page, and the classes and keys that mean something in them."""

from collections.abc import Iterator

from balise.document import Attributes, Document
from balise.syntax.attributes import PRINTED

KNOWN_CLASSES = frozenset(
    {
        "action",
        "external",
        "external-link",
        "internal",
        "ref",
        "thumbnail",
        "note-ref",
        "fn-backref",
    }
)
KNOWN_KEYS = PRINTED | {"align", "alt", "class", "id", "target", "hl_lines"}


def attribute_lists(document: Document) -> Iterator[tuple[Attributes, ...]]:
    """For each heading, link, picture and code span, in that order, its attribute lists."""
    owners = (document.headings, document.links, document.images, document.code_spans)
    return (owner.attributes for kind in owners for owner in kind)
