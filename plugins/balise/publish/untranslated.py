"""Guides that a locale lacks, by choice: a page at the address that each would have there, which leads to the others."""

from collections.abc import Iterable, Mapping
from unicodedata import normalize
from urllib.parse import quote

import msgspec

from balise.collection import Page
from balise.collection.page import hidden
from balise.collection.site_names import misfit_of
from balise.document import PageName
from balise.publish.locale_site import excerpt_of, locale_name
from balise.publish.page_context import Missing, Translation
from balise.publish.site import Site
from balise.render.words import interface_words


class MissingGuide(msgspec.Struct, frozen=True):
    """A guide that `locale` lacks, and the path of the page that readers are shown of it."""

    locale: str
    source: str


def missing_guides(site: Site) -> Mapping[str, MissingGuide]:
    """URL, from the site's root, at which no page is -> the guide that would be there."""
    collection = site.collection
    taken = {_comparable(url) for url in (*site.pages, *site.homeless)}
    found: dict[str, MissingGuide] = {}
    for folder in sorted(collection.folders):
        there = _guides(site, folder)
        if not there:
            continue
        own = {locale for kind, locale in collection.folders[folder] if kind == "guide"}
        for locale in sorted(site.locales - own):
            source = there[_nearest(site, there, locale)]
            language, _, zone = locale.partition("-")
            name = PageName("guide", language, zone)
            url = collection.addresses.of_missing(folder, name, collection.names[source])
            if _comparable(url) not in taken and not misfit_of(url):
                taken.add(_comparable(url))
                found[url] = MissingGuide(locale, source)
    return found


def missing(site: Site, guide: MissingGuide, base: str) -> Missing:
    """What readers are shown of a guide; `base` leads to the root and ends in `/`."""
    collection = site.collection
    page, own = collection.pages[guide.source], collection.names[guide.source]
    language = site.locale(own.locale)
    words, name = interface_words(own.language), locale_name(own.locale)
    translations = language.translations(page, base)
    return Missing(
        language=own.language,
        title=language.title(page),
        excerpt=excerpt_of(page),
        note=site.locale(guide.locale)
        .words["missing_guide"]
        .replace("#", locale_name(guide.locale)),
        source=Translation(own.locale, name, base + quote(collection.urls[guide.source])),
        go_on=words["continue_in"].replace("#", name),
        others=tuple(found for found in translations if found.locale != own.locale),
    )


def page_above(site: Site, guide: MissingGuide) -> Page | None:
    """The page of the locale that would be next above the guide: its product, if that is there.

    It is above one of the translations.
    """
    collection = site.collection
    for path in (guide.source, *collection.siblings(guide.source)):
        tree = site.locale(collection.names[path].locale).tree
        for page in reversed(tree.above(collection.pages[path])):
            there = collection.folders[collection.folder(page.path)]
            own = there.get((collection.names[page.path].type, guide.locale))
            if own and not hidden(collection.pages[own]):
                return collection.pages[own]
    return None


def _guides(site: Site, folder: str) -> dict[str, str]:
    """Locale -> the guide of a folder, of those that readers may be led to."""
    collection = site.collection
    return {
        locale: path
        for (kind, locale), path in collection.folders[folder].items()
        if kind == "guide" and site.pages.get(collection.urls[path]) == path
        if not hidden(collection.pages[path])
    }


def _nearest(site: Site, locales: Iterable[str], wanted: str) -> str:
    """The locale that readers of `wanted` are led to: links fall back on the same."""
    collection = site.collection
    original = collection.scheme.original
    return min(
        locales, key=lambda other: (*collection.distance(other, wanted), other != original, other)
    )


def _comparable(url: str) -> str:
    """The same for addresses that some systems cannot tell apart."""
    return normalize("NFC", url).casefold()
