"""The keys of the dialect's front matter, by type of page."""

from collections.abc import Collection
from typing import Annotated

from balise.base.suggestions import nearest
from balise.config import RuleCatalog, TextKind
from balise.document import Document, page_name


def _wrong_key(value: str, known: RuleCatalog | None) -> str:
    if value.strip() == value and value and not value.endswith(":"):
        return ""
    return f": `{value}` is not the name of a key, such as `title`"


Key = Annotated[str, TextKind("a key", "keys", _wrong_key).meta()]
"""A key of the front matter in the options of a rule."""

TRANSLATED = frozenset({"default_lang_commit", "l10n"})
"""Keys that say which text of the source a page is a translation of."""
COMMON = TRANSLATED | {"title", "excerpt", "description", "updated", "keywords", "hidden"}
PLACED = COMMON | {"slug", "order", "section", "aliases", "template", "visit_url"}
READ_ELSEWHERE = frozenset({"contribute", "fullwidth", "summary", "deprecated", "folder"})
"""Keys that the renderer of today's guides reads, and that mean nothing here."""
KEYS: dict[str, frozenset[str]] = {
    "home": COMMON | {"metatitle", "slug", "order"},
    "universe": PLACED | {"sections", "img", "color", "metatitle"},
    "product": PLACED | {"sections", "img", "color", "metatitle", "legacy_guide_number"},
    "guide": PLACED | {"legacy_guide_number", "title_bis", "routes"} | READ_ELSEWHERE,
    "404": COMMON | {"slug", "metatitle"},
}

TEXT_KEYS = frozenset(
    {"title", "slug", "excerpt", "section", "sections", "description", "metatitle", "img", "color"}
)
"""Keys whose value is text; YAML reads `2019-06-01` or `yes` as something else."""


LIKENESS = 80.0
"""Least similarity (0 to 100) of a key that was mistyped; `metatitle` is no mistyped `title`."""


def misspelled_key(key: str, known: Collection[str]) -> str | None:
    """The key that `key` is a misspelling of, if it is one."""
    return None if key in known else nearest(key, sorted(known), threshold=LIKENESS)


def allowed_keys(document: Document) -> frozenset[str] | None:
    """The keys that a page may have, or None if it is no page of a collection."""
    name = page_name(document.path)
    return KEYS[name.type] if name else None
