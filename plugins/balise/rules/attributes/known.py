"""The classes and keys of attribute lists that mean something."""

from collections.abc import Iterator

from balise.document import Attributes, Document
from balise.syntax.attributes import PRINTED

CLASSES = frozenset(
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
KEYS = PRINTED | {"align", "alt", "class", "id", "target", "hl_lines"}


def lists_of_owners(document: Document) -> Iterator[tuple[Attributes, ...]]:
    """The lists behind each link, picture and code span, and at the end of each heading."""
    owners = (document.headings, document.links, document.images, document.code_spans)
    return (owner.attributes for kind in owners for owner in kind)
