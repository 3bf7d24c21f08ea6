"""Where a page is published: `https://docs.ovh.com/<locale>/<products>/<slug>/`."""

from collections.abc import Mapping, Sequence
from posixpath import dirname

from balise.document import Document, PageName, page_name

FALLBACK_LOCALE = "fr-fr"
"""The locale that lends its slug where a product has no page in a locale."""


def locale_prefix(name: PageName) -> str:
    """`fr/` for `fr-fr`, `gb/en/` for `en-gb`: the zone, then the language where it differs."""
    zone, language = name.zone, name.language
    return f"{zone}/" if zone == language else f"{zone}/{language}/"


def published_url(path: str, folders: Mapping[str, Sequence[Document]]) -> str | None:
    """The address of the page at `path` from the site's root, or None if it is never published.

    `path` and the keys of `folders` (folder -> its pages) are from the collection's root.
    """
    name = page_name(path)
    if name is None:
        return None
    prefix = locale_prefix(name)
    if name.type == "home":
        return prefix
    if name.type == "404":
        return f"{prefix}404.html"
    folder = dirname(path)
    own = _slug(folders.get(folder, ()), name.type, name.locale)
    if own is None:
        return f"{prefix}{folder}/"
    above: list[str] = []
    parent = dirname(folder)
    while parent.strip("/"):
        if slug := _product_slug(folders.get(parent, ()), name.locale):
            above.insert(0, slug)
        parent = dirname(parent)
    return prefix + "".join(f"{slug}/" for slug in (*above, own))


def _slug(pages: Sequence[Document], type_: str, locale: str) -> str | None:
    for page in pages:
        name = page_name(page.path)
        if name and name.type == type_ and name.locale == locale:
            slug = page.value("slug")
            return slug.strip("/") if slug else None
    return None


def _product_slug(pages: Sequence[Document], locale: str) -> str | None:
    locales = sorted({n.locale for p in pages if (n := page_name(p.path)) and n.type == "product"})
    for candidate in (locale, FALLBACK_LOCALE, *locales):
        if slug := _slug(pages, "product", candidate):
            return slug
    return None
