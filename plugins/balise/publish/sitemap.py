"""Sitemaps: one for each locale, with the translations of each page, and an index of them.

The form is that of sitemaps.org 0.9, and of Google's `xhtml:link` for translations.
"""

from collections.abc import Iterable
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import msgspec

from balise.publish.page_context import Alternate

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAME = "sitemap.xml"


class SitemapPage(msgspec.Struct, frozen=True):
    """A page: its absolute URL, the day of its last change (ISO 8601, or empty), its translations."""

    url: str
    changed: str = ""
    alternates: tuple[Alternate, ...] = ()


def sitemap(pages: Iterable[SitemapPage]) -> str:
    """The sitemap of one locale."""
    entries = "".join(_entry(page) for page in pages)
    return (
        f'{HEAD}<urlset xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def sitemap_index(urls: Iterable[str]) -> str:
    """The index of all sitemaps, by their absolute URLs."""
    entries = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n{entries}</sitemapindex>\n'


def _entry(page: SitemapPage) -> str:
    changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
    alternates = "".join(_alternate(alternate) for alternate in page.alternates)
    return f"<url><loc>{escape(page.url)}</loc>{changed}{alternates}</url>\n"


@cache  # each page is one of those of all its translations
def _alternate(alternate: Alternate) -> str:
    attributes = {"rel": "alternate", "hreflang": alternate.hreflang, "href": alternate.url}
    return f"<xhtml:link {' '.join(f'{k}={quoteattr(v)}' for k, v in attributes.items())}/>"
