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


def social_tags(
    site: Site, page: Page | None, pictures: Sequence[str], translations: Sequence[Translation]
) -> SocialTags:
    """What is told of a page with these `pictures`, as written, which is there in `translations`."""
    others = (found.locale for found in translations if not found.current)
    return SocialTags(
        picture=_picture(site, page, pictures) if page and site.site_url else None,
        other_locales=tuple(sorted(map(open_graph_locale, others))),
    )


def open_graph_locale(locale: str) -> str:
    """The locale as Open Graph writes it: `fr_CA`; `en` for a zone that is no country."""
    return language_tag(locale).replace("-", "_")


def _picture(site: Site, page: Page, pictures: Sequence[str]) -> SocialPicture | None:
    """The picture that stands for a page, or else the first on it that is large enough."""
    found = (find_picture(src, page.path, site.collection) for src in pictures[:LOOKED_AT])
    paths = (own_picture(page, site.collection), *(p.there or p.path for p in found))
    for path in paths:
        if path in site.urls and path.lower().endswith(FORMATS):
            width, height = site.sizes(path)
            if min(width, height) >= SMALLEST:
                return SocialPicture(site.site_url + quote(site.urls[path]), width, height)
    return None
