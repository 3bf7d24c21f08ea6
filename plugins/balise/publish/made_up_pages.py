"""Pages that nobody writes: the entrance of all locales, 404s, results of a search, guides that a locale lacks."""

from collections.abc import Mapping
from functools import cached_property
from html import escape

from msgspec.structs import replace

from balise.collection import Page
from balise.collection.page import shown
from balise.publish.entrance import locale_cards, preferred_locale
from balise.publish.languages import GUIDES
from balise.publish.page_context import PageContext, PageLink, SocialTags
from balise.publish.search_results import results_url
from balise.publish.site_context import SiteContext
from balise.publish.social import open_graph_locale
from balise.publish.theme_renderer import PageKind, PageView
from balise.publish.untranslated import MissingGuide, missing, missing_guides, page_above
from balise.render import EMPTY, RenderedPage


class MadeUpPages:
    """Makes the HTML of such pages of a site."""

    def __init__(self, around: SiteContext) -> None:
        self.around = around
        self.site = around.site
        self.project = around.project
        self.renderer = around.renderer

    def entrance(self, url: str) -> str:
        """The page at `url` that leads to all locales."""
        found = self.site.locale(preferred_locale(self.site))
        base = "../" * url.count("/") or "./"
        manual = self.project.manual_title
        view = PageView(
            kind=PageKind.ENTRANCE,
            title=escape(self.project.site_name, quote=False),
            url=url,
            base_url=base.rstrip("/"),
            context=PageContext(
                found.locale,
                found.language,
                PageLink(self.project.site_name, base + url),
                PageLink(manual, base) if manual else None,
                entrance=locale_cards(self.site, base),
                social=SocialTags(self.around.entrance_card()),
            ),
            words=found.words,
            meta={"title": escape(self.project.site_name), "language": found.language},
            canonical_url=self.around.absolute(url),
        )
        return self.renderer.page(view)

    def not_found(
        self, locale: str, content: RenderedPage = EMPTY, page: Page | None = None
    ) -> str:
        """What a reader gets at an address of the locale where there is no page.

        It may be shown at any address, so all of its own count from the server's root.
        """
        found = self.site.locale(locale)
        base = self.site.root
        title = shown(page, "title") if page else ""
        view = PageView(
            kind=PageKind.NOT_FOUND,
            title=escape(title),
            url=f"{base}{found.prefix}404.html",
            base_url=base.rstrip("/"),
            source=self.site.urls.of_file(page.path) if page else "",
            context=replace(
                self.around.of_page(found, None, base),
                translations=found.homes(base),
                sections=found.products(base),
                guides=f"{base}{found.prefix}{GUIDES}",
            ),
            words=found.words,
            content=content.html,
            meta={"language": found.language, "locale": locale},
            search_bundle=self.around.search_bundle(found, base),
            search_results=self.around.search_results(found, base),
        )
        return self.renderer.page(view)

    def search_results(self, locale: str) -> str:
        """The page that lists what a search in the locale finds, and all products before it does."""
        found = self.site.locale(locale)
        url = results_url(self.site, found)
        base = "../" * url.count("/")
        view = PageView(
            kind=PageKind.SEARCH,
            title=escape(found.words["search_guides"], quote=False),
            url=url,
            base_url=base.rstrip("/"),
            context=replace(
                self.around.of_page(found, None, base),
                breadcrumbs=(found.home(base),),
                translations=found.homes(base),
                sections=found.products(base),
                open_graph_locale=open_graph_locale(locale),
            ),
            words=found.words,
            meta={
                "title": escape(found.words["search_guides"]),
                "language": found.language,
                "locale": locale,
                "robots": "noindex",
            },
            search_bundle=self.around.search_bundle(found, base),
            search_results=self.around.search_results(found, base),
        )
        return self.renderer.page(view)

    @cached_property
    def missing_guides(self) -> Mapping[str, MissingGuide]:
        """URL -> the guide that a locale lacks there; none unless that is chosen."""
        return missing_guides(self.site) if self.project.untranslated else {}

    def untranslated(self, url: str) -> str:
        """The page at the `url` of a missing guide."""
        guide = self.missing_guides[url]
        found = self.site.locale(guide.locale)
        base = "../" * url.count("/") or "./"
        above = page_above(self.site, guide)
        shown = missing(self.site, guide, base)
        view = PageView(
            kind=PageKind.UNTRANSLATED,
            title=escape(shown.title, quote=False),
            url=url,
            base_url=base.rstrip("/"),
            context=replace(
                self.around.of_page(found, None, base),
                tabs=found.tabs(above, base),
                navigation=self.around.navigation_at(found, found.opened(above), base),
                breadcrumbs=found.way_to(above, base),
                translations=(shown.source, *shown.others),
                missing=shown,
                open_graph_locale=open_graph_locale(guide.locale),
            ),
            words=found.words,
            meta={
                "title": escape(shown.title),
                "language": found.language,
                "locale": guide.locale,
                "robots": "noindex",
            },
            search_bundle=self.around.search_bundle(found, base),
            search_results=self.around.search_results(found, base),
        )
        return self.renderer.page(view)
