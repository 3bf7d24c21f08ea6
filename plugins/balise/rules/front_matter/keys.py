"""The keys of the dialect's front matter, by type of page."""

from balise.document import Document, page_name

REQUIRED = ("title",)

COMMON = frozenset({"title", "excerpt", "description", "updated", "keywords", "hidden"})
PLACED = COMMON | {"slug", "order", "section", "aliases", "template", "visit_url"}
KEYS: dict[str, frozenset[str]] = {
    "home": COMMON | {"metatitle", "slug", "order"},
    "universe": PLACED | {"sections", "img", "color", "metatitle"},
    "product": PLACED | {"sections", "img", "color", "metatitle", "legacy_guide_number"},
    "guide": PLACED | {"legacy_guide_number", "title_bis"},
    "404": COMMON | {"slug", "metatitle"},
}

TEXT = frozenset(
    {"title", "slug", "excerpt", "section", "sections", "description", "metatitle", "img", "color"}
)
"""Keys whose value is text; YAML reads `2019-06-01` or `yes` as something else."""


def keys_of(document: Document) -> frozenset[str] | None:
    """The keys that a page may have, or None if it is no page of a collection."""
    name = page_name(document.path)
    return KEYS[name.type] if name else None
