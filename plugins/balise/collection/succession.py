"""What the next collection shares with the one before it, where one page has another text."""

from collections.abc import Mapping
from typing import Any

from balise.document import Document

BY_PATHS = (
    "addresses", "folders_by_name", "folders_by_slug", "homes", "keyed_addresses", "locales",
    "products", "redirects", "services", "urls",
)  # fmt: skip
"""What follows from paths and front matter, and holds no page of which a text is asked for."""
OF_PAGES = ("by_last_slug", "by_slugs", "by_title", "by_url", "folders", "numbers")
"""What leads to pages by what their paths and front matter say."""
OF_FILES = ("files_by_folded_path", "files_by_folder", "pictures_by_stem")
"""What is known of files that are no pages."""
BY_KEY = {
    "aliases": frozenset({"redirects"}),
    "legacy_guide_number": frozenset({"numbers", "redirects"}),
    "slug": frozenset({
        "by_last_slug", "by_slugs", "by_url", "folders_by_slug", "products", "redirects", "slugs", "urls",
    }),
    "title": frozenset({"by_title"}),
}  # fmt: skip
"""Key of the front matter -> what is different where its value is, on the same pages."""


def values_of(document: Document) -> Mapping[str, tuple[object, ...]]:
    """What a page says of itself in its front matter: the first value of each key, or its items."""
    front = document.front_matter
    found: dict[str, tuple[object, ...]] = {}
    for entry in front.entries if front else ():
        found.setdefault(entry.key, (entry.value, entry.items))
    return found


def exchanged(index: Any, changed: Mapping[str, Document]) -> Any:
    """An index of pages with some of them exchanged."""
    if isinstance(index, Document):
        return changed.get(index.path, index)
    if isinstance(index, Mapping):
        return {key: exchanged(value, changed) for key, value in index.items()}
    return [exchanged(value, changed) for value in index]
