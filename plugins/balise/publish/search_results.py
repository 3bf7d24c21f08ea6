"""The page of a locale that lists what a search finds: an address for results, where the box in the bar has none."""

from balise.publish.locale_site import LocaleSite
from balise.publish.site import Site

FOLDER = "search/"
"""Where the page is, from the home of the locale, unless the collection has a page there."""


def results_url(site: Site, locale: LocaleSite) -> str:
    """The URL of the page of results from the site's root; empty where a page of the collection is in its place."""
    url = locale.prefix + FOLDER
    return "" if url in site.pages else url
