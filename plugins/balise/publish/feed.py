"""The feed of a locale: its guides that changed last, in the form of Atom (RFC 4287)."""

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import nlargest
from operator import itemgetter
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import msgspec

from balise.collection import Page
from balise.publish.canonical import language_tag
from balise.publish.descriptions import description_of
from balise.publish.locale_site import title_of
from balise.publish.page_history import PageHistory
from balise.publish.site import Site
from balise.publish.sitemap import HEAD
from balise.render import EMPTY

NAME = "feed.xml"
LONGEST = 50
"""How many guides a feed has."""
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters that XML 1.0 cannot have."""


class ChangedGuide(msgspec.Struct, frozen=True):
    """A guide with its absolute URL, and the day of its last change."""

    title: str
    url: str
    day: date
    summary: str = ""


class FeedHead(msgspec.Struct, frozen=True):
    """What a feed says of itself: absolute URLs of itself and of the home of its locale, a tag of BCP 47."""

    title: str
    author: str
    url: str
    home: str
    language: str


def has_feed(site: Site, locale: str, history: PageHistory) -> bool:
    """Whether a locale has a feed: its address is known, and the day of one guide."""
    return bool(site.site_url) and next(_dated(site, locale, history), None) is not None


def guides_feed(site: Site, locale: str, history: PageHistory) -> str:
    """The feed of a locale that has one: the guides that changed last, the newest first, of one day by address."""
    found = site.locale(locale)
    urls = site.collection.urls
    by_address = sorted(_dated(site, locale, history), key=lambda dated: urls[dated[1].path])
    guides = [
        ChangedGuide(
            title_of(page),
            site.site_url + quote(urls[page.path]),
            day,
            description_of(page, EMPTY, ()),
        )
        for day, page in nlargest(LONGEST, by_address, key=itemgetter(0))
    ]
    home = found.home(site.site_url)
    head = FeedHead(
        f"{home.title} - {found.words['changed_guides']}",
        home.title,
        f"{site.site_url}{quote(found.prefix)}{NAME}",
        home.url,
        language_tag(locale),
    )
    return _feed(head, guides)


def _dated(site: Site, locale: str, history: PageHistory) -> Iterator[tuple[date, Page]]:
    """The guides of which the day of the last change is known, and that day."""
    names = site.collection.names
    for page in site.listed[locale]:
        if names[page.path].type == "guide" and (day := history.day(page)):
            yield day, page


def _feed(head: FeedHead, guides: Sequence[ChangedGuide]) -> str:
    entries = "".join(map(_entry, guides))
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(head.language)}>\n'
        f"<title>{_text(head.title)}</title>\n<id>{_text(head.url)}</id>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(head.url)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(head.home)}/>\n'
        f"<updated>{_time(guides[0].day)}</updated>\n"
        f"<author><name>{_text(head.author)}</name></author>\n{entries}</feed>\n"
    )


def _entry(guide: ChangedGuide) -> str:
    summary = f"<summary>{_text(guide.summary)}</summary>" if guide.summary else ""
    return (
        f"<entry><title>{_text(guide.title)}</title><id>{_text(guide.url)}</id>"
        f"<link href={quoteattr(guide.url)}/><updated>{_time(guide.day)}</updated>{summary}</entry>\n"
    )


def _text(text: str) -> str:
    return escape(text.translate(NOT_XML))


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
