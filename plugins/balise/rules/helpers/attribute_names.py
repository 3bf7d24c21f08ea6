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
THEME_CLASSES = frozenset(
    {
        *("align-left", "align-center", "align-right"),
        *("text-left", "text-center", "text-right", "text-justify"),
        *("float-left", "float-center", "float-right"),
        "back",
    }
)
"""Classes of the theme that guides were written for: nothing is wrong with them, nor do they anything."""
KNOWN_KEYS = PRINTED | {"align", "alt", "class", "id", "target", "hl_lines"}
