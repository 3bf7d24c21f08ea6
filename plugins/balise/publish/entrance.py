"""The entrance of a site with several locales, by choice: a card for each, and no language before the others."""

from collections.abc import Sequence
from urllib.parse import quote

from balise.publish.languages import listed_locales
from balise.publish.page_context import LocaleCard
from balise.publish.project import Project
from balise.publish.site import Site
from balise.render.words import interface_words

BESIDE_MANUAL = "languages/"
"""Where the entrance is if the manual has a page at the root of the site."""


def entrance_url(project: Project, site: Site) -> str | None:
    """The URL of the entrance from the site's root; None where there is none."""
    if not project.entrance or len(site.locales) < 2:
        return None
    return BESIDE_MANUAL if project.manual_title else ""


def preferred_locale(site: Site) -> str:
    """The locale whose words the entrance has around its cards."""
    scheme = site.collection.scheme
    found = [locale for locale in (*scheme.fallbacks, scheme.original) if locale in site.locales]
    return found[0] if found else min(site.locales)


def locale_cards(site: Site, base: str) -> Sequence[LocaleCard]:
    """A card for each locale, by their names; `base` leads to the root and ends in `/`."""
    return [
        LocaleCard(
            found.locale,
            found.name,
            base + quote(found.url),
            *_words(site, found.locale, found.name),
        )
        for found in listed_locales(site)
    ]


def _words(site: Site, locale: str, name: str) -> tuple[str, str]:
    """How many guides there are, and the words to go on, both in the language of the locale."""
    words = interface_words(locale.partition("-")[0])
    names = site.collection.names
    count = sum(names[page.path].type == "guide" for page in site.listed[locale])
    guides = f"{words['guides']}{words['colon']} {count}" if count else ""
    return guides, words["continue_in"].replace("#", name)
