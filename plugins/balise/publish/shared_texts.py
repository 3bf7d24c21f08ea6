"""The files of a site that are made from many pages together: homes, search, lists for programs, feeds, sitemaps."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from balise.publish.entrance import entrance_url
from balise.publish.feed import NAME as FEED
from balise.publish.feed import guides_feed
from balise.publish.languages import GUIDES, LOCALES, guides_file, locales_file
from balise.publish.llms import NAME as LLMS
from balise.publish.llms import llms_txt
from balise.publish.pages import Pages
from balise.publish.search_results import results_url
from balise.publish.site_files import target_of
from balise.publish.sitemap import NAME as SITEMAP
from balise.publish.sitemap import SitemapPage, sitemap

Texts = Mapping[str, Callable[[], str]]
"""File, from the site's root -> what makes its text. A page of the collection may have one of the names."""


def site_texts(pages: Pages) -> Texts:
    """The files of the site as a whole, and the homes that no page is written for."""
    site = pages.site
    found: dict[str, Callable[[], str]] = {}
    if len(site.locales) > 1:
        found[LOCALES] = partial(locales_file, site)
    entrance = entrance_url(pages.project, site)
    if entrance is not None:
        found[target_of(entrance)] = partial(pages.made_up.entrance, entrance)
    for url, locale in site.homeless.items():
        found[target_of(url)] = partial(pages.home, locale)
    return found


def locale_texts(pages: Pages, name: str) -> Texts:
    """The files of a locale."""
    site = pages.site
    locale = site.locale(name)
    found: dict[str, Callable[[], str]] = {
        "404.html": partial(pages.made_up.not_found, name),
        LLMS: partial(llms_txt, site, name, copies=pages.project.markdown),
        GUIDES: partial(guides_file, site, locale),
    }
    if pages.around.has_feed(name):
        found[FEED] = partial(guides_feed, site, name, pages.history)
    if site.site_url:
        found[SITEMAP] = partial(_sitemap, pages, name)
    made = {f"{locale.prefix}{file}": make for file, make in found.items()}
    results = results_url(site, locale) if pages.project.search else ""
    return (
        made | {target_of(results): partial(pages.made_up.search_results, name)}
        if results
        else made
    )


def _sitemap(pages: Pages, locale: str) -> str:
    return sitemap(_in_sitemap(pages, locale))


def _in_sitemap(pages: Pages, locale: str) -> Iterator[SitemapPage]:
    site, canonical = pages.site, pages.canonical
    for page in site.listed[locale]:
        if canonical.is_copy(page):
            continue
        url = site.site_url + quote(site.collection.urls[page.path])
        day = pages.history.day(page)
        yield SitemapPage(url, day.isoformat() if day else "", canonical.alternates(page))
