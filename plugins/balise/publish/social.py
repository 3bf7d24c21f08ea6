"""What is shown of a page where somebody posts a link to it: the picture, and the locales that it is in."""

from collections.abc import Sequence
from urllib.parse import quote

from balise.collection import Page, find_picture, own_picture
from balise.publish.canonical import language_tag
from balise.publish.page_context import SocialPicture, SocialTags, Translation
from balise.publish.site import Site

FORMATS = (".gif", ".jpeg", ".jpg", ".png", ".webp")
"""What social networks can show."""
SMALLEST = 200
"""Pixels of a picture's sides; networks show no smaller ones."""
LOOKED_AT = 8
"""How many pictures of a page are looked at, to find one that is large enough."""


def social_tags(translations: Sequence[Translation], picture: SocialPicture | None) -> SocialTags:
    """What is told of a page which is there in `translations`, with a `picture` that stands for it."""
    others = (found.locale for found in translations if not found.current)
    return SocialTags(picture, tuple(sorted(map(open_graph_locale, others))))


def open_graph_locale(locale: str) -> str:
    """The locale as Open Graph writes it: `fr_CA`; `en` for a zone that is no country."""
    return language_tag(locale).replace("-", "_")


def picture_of(site: Site, page: Page | None, pictures: Sequence[str]) -> SocialPicture | None:
    """The picture that a page has for itself, or else the first of its `pictures`, as written, that is large enough."""
    if page is None or not site.site_url:
        return None
    found = (find_picture(src, page.path, site.collection) for src in pictures[:LOOKED_AT])
    paths = (own_picture(page, site.collection), *(p.there or p.path for p in found))
    for path in paths:
        if path in site.urls and path.lower().endswith(FORMATS):
            width, height = site.sizes(path)
            if min(width, height) >= SMALLEST:
                return SocialPicture(site.site_url + quote(site.urls[path]), width, height)
    return None
