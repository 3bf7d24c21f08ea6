"""The classes and keys that mean something in attribute lists."""

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
