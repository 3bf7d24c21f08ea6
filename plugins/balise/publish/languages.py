"""The locales of a site as data that a browser asks for: `locales.json`, and `404.json` of each locale."""

from collections.abc import Sequence

import msgspec

from balise.publish.locale_site import LocaleSite, locale_name
from balise.publish.site import Site
from balise.render.words import interface_words

LOCALES = "locales.json"
"""The locales of a site, from its root: where a page has no translation, readers are told in their language."""
GUIDES = "404.json"
"""The titles of the pages of a locale, from its home: those nearest to an address that leads nowhere."""


class ListedLocale(msgspec.Struct, frozen=True):
    """A locale with its name in its own language, the URL of its home from the site's root, and how
    that language says that a page is not translated."""

    locale: str
    name: str
    url: str
    missing: str


def listed_locales(site: Site) -> Sequence[ListedLocale]:
    """The locales of a site, by their names."""
    found = [
        ListedLocale(
            locale,
            locale_name(locale),
            site.locale(locale).prefix,
            interface_words(locale.partition("-")[0])["not_translated"],
        )
        for locale in site.locales
    ]
    return sorted(found, key=lambda locale: (locale.name, locale.locale))


def locales_file(site: Site) -> str:
    """The text of `locales.json`: a list of `ListedLocale`."""
    return _text(listed_locales(site))


def guides_file(site: Site, locale: LocaleSite) -> str:
    """The text of `404.json`: a list of URLs, from the home of the locale, and titles."""
    urls = site.collection.urls
    pages = site.listed[locale.locale]
    return _text([(urls[p.path].removeprefix(locale.prefix), locale.title(p)) for p in pages])


def _text(data: object) -> str:
    return msgspec.json.encode(data).decode() + "\n"
