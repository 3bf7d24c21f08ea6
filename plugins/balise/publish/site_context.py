"""What a site has around each of its pages: the way to others, the search, and what stands for a page elsewhere."""

from collections.abc import Set as AbstractSet
from urllib.parse import quote

from balise.collection import Page
from balise.publish.entrance import preferred_locale
from balise.publish.feed import NAME as FEED
from balise.publish.feed import has_feed
from balise.publish.indexing import INDEX_FOLDER
from balise.publish.languages import LOCALES
from balise.publish.locale_site import LocaleSite, title_of
from balise.publish.page_context import PageContext, PageLink, SocialPicture
from balise.publish.page_history import PageHistory
from balise.publish.project import Project
from balise.publish.search_results import results_url
from balise.publish.site import Site
from balise.publish.social_cards import SocialCards
from balise.publish.theme_renderer import ThemeRenderer

NAVIGATIONS = 200
"""Navigations that are kept: pages are made in an order in which neighbours share theirs."""


class SiteContext:
    """The surroundings of pages. `cards` are the social cards that they name, None where there are none."""

    def __init__(
        self, site: Site, project: Project, renderer: ThemeRenderer, history: PageHistory
    ) -> None:
        self.site = site
        self.project = project
        self.renderer = renderer
        self.history = history
        self.cards: SocialCards | None = None
        self._feeds: dict[str, bool] = {}
        self._navigation: dict[tuple[str, str, str], str] = {}

    def of_page(self, locale: LocaleSite, page: Page | None, base: str) -> PageContext:
        """What is around every page of a locale, or its home."""
        manual = self.project.manual_title
        return PageContext(
            locale.locale,
            locale.language,
            locale.home(base),
            PageLink(manual, base) if manual else None,
            locale.tabs(page, base),
            self._navigated(locale, page, base),
            locales=f"{base}{LOCALES}" if len(self.site.locales) > 1 else "",
            feed_url=f"{base}{quote(locale.prefix)}{FEED}" if self.has_feed(locale.locale) else "",
        )

    def _navigated(self, locale: LocaleSite, page: Page | None, base: str) -> str:
        """The navigation, made once for all pages that it is the same for."""
        navigation = self.navigation_at(locale, locale.opened(page), base)
        if page is None:
            return navigation
        url = base + quote(self.site.collection.urls[page.path])
        return self.renderer.mark_current(navigation, url)

    def navigation_at(self, locale: LocaleSite, opened: Page | None, base: str) -> str:
        """The navigation of a locale with one of its pages opened."""
        key = (locale.locale, opened.path if opened else "", base)
        if key not in self._navigation:
            if len(self._navigation) == NAVIGATIONS:
                self._navigation.clear()
            tree = locale.navigation(opened, base)
            self._navigation[key] = self.renderer.navigation(tree, locale.words)
        return self._navigation[key]

    def search_bundle(self, locale: LocaleSite, base: str) -> str:
        """The address of the search index of a locale; empty where there is none."""
        return f"{base}{locale.prefix}{INDEX_FOLDER}" if self.project.search else ""

    def search_results(self, locale: LocaleSite, base: str) -> str:
        """The address of the page that lists what a search finds; empty where there is none."""
        url = results_url(self.site, locale) if self.project.search else ""
        return base + quote(url) if url else ""

    def has_feed(self, locale: str) -> bool:
        """Whether a locale has a feed."""
        if locale not in self._feeds:
            self._feeds[locale] = has_feed(self.site, locale, self.history)
        return self._feeds[locale]

    # What stands for a page elsewhere

    def absolute(self, url: str) -> str:
        """The whole address of a URL; empty where it is not known where the site is."""
        return self.site.site_url + quote(url) if self.site.site_url else ""

    def link(self, path: str, base: str) -> PageLink | None:
        """The page at `path`, if it is published."""
        url = self.site.urls.get(path)
        page = self.site.collection.pages.get(path)
        return PageLink(title_of(page), base + quote(url)) if page and url is not None else None

    def name_cards(self, part: AbstractSet[str] | None = None) -> None:
        """Have all pages name their cards, or only those at some paths."""
        names = self.site.collection.names
        for path in self.site.pages.values():
            if part is None or path in part:
                self.card(self.site.locale(names[path].locale), self.site.collection.pages[path])
        if part is not None:
            return
        for locale in self.site.homeless.values():
            self.card(self.site.locale(locale), None)
        if self.project.entrance:
            self.entrance_card()

    def card(self, locale: LocaleSite, page: Page | None) -> SocialPicture | None:
        """The social card of a page of a locale, None for its home; None if there is none."""
        if self.cards is None or (page and self.site.collection.names[page.path].type == "404"):
            return None
        return self.cards.of_page(locale, page)

    def entrance_card(self) -> SocialPicture | None:
        """The social card of the page that leads to all locales."""
        language = self.site.locale(preferred_locale(self.site)).language
        return self.cards.picture(self.project.site_name, (), language) if self.cards else None
