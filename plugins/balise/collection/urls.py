"""Where a page is published: `https://docs.ovh.com/<locale>/<products>/<slug>/`."""

from collections.abc import Mapping
from posixpath import dirname

from balise.collection.page import Page
from balise.config import Urls
from balise.document import PageName

AREAS = {"en-asia": "asia", "en-us": "en", "es-es": "es-es", "es-us": "es"}
"""The locales that the help centre calls neither by their language nor as they are."""

PagesOfFolder = Mapping[tuple[str, str], str]
"""The pages of one folder: (type, locale) -> path."""


def siblings_of(own: PageName, pages: PagesOfFolder, original: str) -> list[str]:
    """Of the pages of a folder those that are `own` in another locale, the `original` one first."""
    locales = sorted(locale for type_, locale in pages if type_ == own.type)
    ordered = sorted(locales, key=lambda locale: locale != original)
    return [pages[own.type, locale] for locale in ordered if locale != own.locale]


def locale_prefix(name: PageName, urls: Urls) -> str:
    """What the addresses of a locale begin with: `fr/` for `fr-fr`, `gb/en/` for `en-gb`."""
    template = urls.short_locale if name.zone == name.language else urls.locale
    return template.format(zone=name.zone, language=name.language)


def area_of(name: PageName) -> str:
    """What the addresses of a help centre call a locale: `de` for `de-de`, `en-gb` for `en-gb`."""
    if name.locale in AREAS:
        return AREAS[name.locale]
    return name.language if name.zone == name.language else name.locale


class Addresses:
    """Makes the published addresses of one collection's pages.

    `folders` maps a folder, from the collection's root, to the paths of its `pages`.
    """

    def __init__(
        self, folders: Mapping[str, PagesOfFolder], pages: Mapping[str, Page], urls: Urls
    ) -> None:
        self.folders = folders
        self.pages = pages
        self.urls = urls
        self._key = "full_slug" if "{full_slug}" in urls.page else "slug"
        self._above: dict[tuple[str, str], str] = {}
        self._prefixes: dict[str, str] = {}

    def prefix(self, name: PageName) -> str:
        """`locale_prefix`, remembered."""
        if name.locale not in self._prefixes:
            self._prefixes[name.locale] = locale_prefix(name, self.urls)
        return self._prefixes[name.locale]

    def of(self, folder: str, name: PageName) -> str:
        """The address, from the site's root, of the page of that name in `folder`."""
        prefix = self.prefix(name)
        if name.type == "home":
            return prefix
        if name.type == "404":
            return f"{prefix}404.html"
        return self.of_missing(folder, name, name)

    def of_missing(self, folder: str, name: PageName, source: PageName) -> str:
        """The address that the page of that name in `folder` has if its slug is that of `source` there."""
        prefix = self.prefix(name)
        slug = self._slug(self.folders.get(folder, {}).get((source.type, source.locale)))
        if not slug:
            return self.urls.page_without_slug.format(
                locale=prefix, folder=folder, products=self.products(dirname(folder), name.locale)
            )
        return self.with_slug(slug, folder, name)

    def with_slug(self, slug: str, folder: str, name: PageName) -> str:
        """The address that the page of that name in `folder` has if its slug is `slug`."""
        return self.urls.page.format(
            locale=self.prefix(name),
            products=self.products(dirname(folder), name.locale),
            slug=slug,
            full_slug=slug,
            folder=folder,
        )

    def products(self, folder: str, locale: str) -> str:
        """The slugs of the products and guides in `folder` and above it, each with a `/`."""
        above: list[str] = []
        while folder.strip("/") and (folder, locale) not in self._above:
            above.append(folder)
            folder = dirname(folder)
        slugs = self._above.get((folder, locale), "")
        for below in reversed(above):
            slug = self._slug_above(below, locale)
            slugs = self._above[below, locale] = slugs + (f"{slug}/" if slug else "")
        return slugs

    def _slug_above(self, folder: str, locale: str) -> str | None:
        """The slug that a folder gives to the addresses of pages below it.

        A product, or guide with guides below it, lends its slug to the locales that lack it.
        """
        pages = self.folders.get(folder, {})
        for kind in ("product", "guide"):
            locales = sorted(found for type_, found in pages if type_ == kind)
            for candidate in (locale, self.urls.original, *locales):
                if slug := self._slug(pages.get((kind, candidate))):
                    return slug
        return None

    def _slug(self, path: str | None) -> str | None:
        """The slug of a page, of the kind that addresses have; none of its parts leads upwards."""
        slug = self.pages[path].value(self._key) if path else None
        parts = [part for part in (slug or "").split("/") if part not in ("", ".", "..")]
        return "/".join(parts) or None
