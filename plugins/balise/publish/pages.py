"""Every page of the collection as a whole HTML page: its content, its context, the theme around."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from babel import UnknownLocaleError
from babel.dates import format_date
from msgspec.structs import replace

from balise.collection import Page
from balise.collection.page import hidden, shown
from balise.publish.canonical import CanonicalAddresses, language_tag
from balise.publish.click_to_load import click_to_load
from balise.publish.descriptions import description_of
from balise.publish.entrance import locale_cards, preferred_locale
from balise.publish.feed import NAME as FEED
from balise.publish.feed import has_feed
from balise.publish.indexing import INDEX_FOLDER
from balise.publish.languages import GUIDES, LOCALES
from balise.publish.locale_site import LocaleSite, title_of
from balise.publish.markdown_copies import markdown_url
from balise.publish.page_context import (
    Date,
    PageContext,
    PageLink,
    SocialPicture,
    SocialTags,
)
from balise.publish.page_history import PageHistory
from balise.publish.panel import FindingsPanel
from balise.publish.picture_copies import Copies, with_copies
from balise.publish.problem_report import ReportedPage, report_url
from balise.publish.project import Project
from balise.publish.search_results import results_url
from balise.publish.site import Site
from balise.publish.social import open_graph_locale, picture_of, social_tags
from balise.publish.social_cards import SocialCards
from balise.publish.structured_data import PageFacts, structured_data
from balise.publish.theme_renderer import PageKind, PageView, ThemeRenderer
from balise.publish.untranslated import MissingGuide, missing, missing_guides, page_above
from balise.render import EMPTY, RenderedPage

NAVIGATIONS = 200
"""Navigations that are kept: pages are made in an order in which neighbours share theirs."""


class Pages:
    """Makes the HTML of the pages of a site of a project.

    `texts` are as of `CanonicalAddresses`. `copies` are those of pictures, by the URLs of these from the root;
    none until they are made. `cards` are the social cards that pages name, None where there are none.
    """

    def __init__(
        self,
        site: Site,
        project: Project,
        renderer: ThemeRenderer,
        history: PageHistory,
        texts: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self.site = site
        self.project = project
        self.renderer = renderer
        self.history = history
        self.canonical = CanonicalAddresses(site.collection, site.locales, site.site_url, texts)
        self.copies: Mapping[str, Copies] = {}
        self.cards: SocialCards | None = None
        self._feeds: dict[str, bool] = {}
        self._navigation: dict[tuple[str, str, str], str] = {}

    def page(self, path: str, panel: FindingsPanel | None = None) -> str:
        """The page at `path`. Raises OSError if it is gone."""
        page = self.site.collection.pages[path]
        name = self.site.collection.names[path]
        if name.type == "404":
            return self.not_found(name.locale, self.site.content(path), page)
        return self._page(
            self.site.locale(name.locale),
            page,
            self.site.collection.urls[path],
            self.site.content(path),
            PageKind.GUIDE if name.type == "guide" else PageKind.LISTING,
            panel,
        )

    def home(self, locale: str) -> str:
        """The home of a locale that has no page for it."""
        found = self.site.locale(locale)
        return self._page(found, None, found.prefix, EMPTY, PageKind.LISTING, None)

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
                social=SocialTags(self._entrance_card()),
            ),
            words=found.words,
            meta={"title": escape(self.project.site_name), "language": found.language},
            canonical_url=self._absolute(url),
        )
        return self.renderer.page(view)

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
            self._entrance_card()

    def card(self, locale: LocaleSite, page: Page | None) -> SocialPicture | None:
        """The social card of a page of a locale, None for its home; None if there is none."""
        if self.cards is None or (page and self.site.collection.names[page.path].type == "404"):
            return None
        return self.cards.of_page(locale, page)

    def _entrance_card(self) -> SocialPicture | None:
        language = self.site.locale(preferred_locale(self.site)).language
        return self.cards.picture(self.project.site_name, (), language) if self.cards else None

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
                self._context(found, None, base),
                translations=found.homes(base),
                sections=found.products(base),
                guides=f"{base}{found.prefix}{GUIDES}",
            ),
            words=found.words,
            content=content.html,
            meta={"language": found.language, "locale": locale},
            search_bundle=self._search(found, base),
            search_results=self._results(found, base),
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
                self._context(found, None, base),
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
            search_bundle=self._search(found, base),
            search_results=self._results(found, base),
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
                self._context(found, None, base),
                tabs=found.tabs(above, base),
                navigation=self._navigation_at(found, found.opened(above), base),
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
            search_bundle=self._search(found, base),
            search_results=self._results(found, base),
        )
        return self.renderer.page(view)

    def _page(
        self,
        locale: LocaleSite,
        page: Page | None,
        url: str,
        content: RenderedPage,
        kind: PageKind,
        panel: FindingsPanel | None,
    ) -> str:
        base = "../" * url.count("/") or "./"
        translations = locale.translations(page, base)
        context = replace(
            self._context(locale, page, base),
            translations=translations,
            sections=locale.sections(page, base) if kind is PageKind.LISTING else (),
            open_graph_locale=open_graph_locale(locale.locale),
            social=social_tags(
                translations,
                self.card(locale, page) or picture_of(self.site, page, content.pictures),
            ),
        )
        description = description_of(page, content, context.sections)
        title = locale.title(page) if page else context.home.title
        canonical = self.canonical.of(page) if page else self._absolute(url)
        if page:
            context = self._around_page(context, page, content)
        if page and canonical and not hidden(page):
            facts = PageFacts(
                url=canonical,
                title=title,
                description=description,
                language=language_tag(locale.locale),
                changed=context.changed,
                image=context.social.picture.url if context.social.picture else "",
                article=kind is PageKind.GUIDE,
                above=locale.breadcrumbs(page, self.site.site_url),
                questions=content.summary.questions,
            )
            context = replace(context, structured_data=structured_data(facts))
        if page and kind is PageKind.GUIDE:
            context = self._below_guide(context, page, title)
        view = PageView(
            kind=kind,
            title=escape(title, quote=False),
            url=url,
            base_url=base.rstrip("/"),
            source=self.site.urls.of_file(page.path) if page and not page.made else "",
            context=context,
            words=locale.words,
            content=with_copies(self._guarded(content.html, locale), url, self.copies),
            toc=content.toc,
            meta=_meta(page, locale, title, description),
            canonical_url=canonical,
            is_homepage=url == locale.prefix,
            search_bundle=self._search(locale, base),
            search_results=self._results(locale, base),
            panel=panel,
        )
        return self.renderer.page(view)

    def _around_page(self, context: PageContext, page: Page, content: RenderedPage) -> PageContext:
        """What is around a page that has a file."""
        locale = self.site.locale(context.locale)
        base = "../" * self.site.collection.urls[page.path].count("/") or "./"
        before, behind = locale.neighbours(page, base)
        context = replace(
            context,
            breadcrumbs=locale.breadcrumbs(page, base),
            alternates=self.canonical.alternates(page),
            related=locale.related(page, base),
            previous=before,
            next=behind,
            updated=None if content.summary.dated else self._updated(page, locale.language),
            changed=day.isoformat() if (day := self.history.day(page)) else "",
            edit_url=self._edit(page),
            excerpt=_words(shown(page, "excerpt")),
            markdown_url=base + quote(copy) if (copy := self.copy_of(page.path)) else "",
            machine_translated=locale.is_machine_translated(page),
        )
        source = self.history.source_of_stale(page.path)
        return replace(context, stale=True, source=self._link(source, base)) if source else context

    def _below_guide(self, context: PageContext, page: Page, title: str) -> PageContext:
        """What stands below the text of a guide: who wrote it, and where a problem is reported."""
        context = replace(context, contributors=self.history.authors_of(page))
        form = self.project.report_form
        if not form:
            return context
        url = self.site.collection.urls[page.path]
        path = self.site.urls.of_file(page.path)
        commit = self.history.commit(page)
        reported = ReportedPage(title, self._absolute(url) or f"/{quote(url)}", path, commit)
        return replace(
            context,
            report_url=report_url(form, reported),
            reported_url=quote(reported.url, safe=""),
        )

    def copy_of(self, path: str) -> str:
        """The URL from the root of the copy in Markdown of the page at `path`; empty if there is none."""
        is_404 = self.site.collection.names[path].type == "404"
        url = self.site.collection.urls[path]
        return markdown_url(url) if self.project.markdown and not is_404 else ""

    def _guarded(self, html: str, locale: LocaleSite) -> str:
        """What a page says, with nothing of other sites that nobody has asked for, if that is chosen."""
        if not self.project.click_to_load:
            return html
        return click_to_load(html, locale.words, urlsplit(self.site.site_url).hostname or "")

    def _link(self, path: str, base: str) -> PageLink | None:
        """The page at `path`, if it is published."""
        url = self.site.urls.get(path)
        page = self.site.collection.pages.get(path)
        return PageLink(title_of(page), base + quote(url)) if page and url is not None else None

    def _absolute(self, url: str) -> str:
        return self.site.site_url + quote(url) if self.site.site_url else ""

    def _context(self, locale: LocaleSite, page: Page | None, base: str) -> PageContext:
        """What is around every page."""
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
        navigation = self._navigation_at(locale, locale.opened(page), base)
        if page is None:
            return navigation
        url = base + quote(self.site.collection.urls[page.path])
        return self.renderer.mark_current(navigation, url)

    def _navigation_at(self, locale: LocaleSite, opened: Page | None, base: str) -> str:
        key = (locale.locale, opened.path if opened else "", base)
        if key not in self._navigation:
            if len(self._navigation) == NAVIGATIONS:
                self._navigation.clear()
            tree = locale.navigation(opened, base)
            self._navigation[key] = self.renderer.navigation(tree, locale.words)
        return self._navigation[key]

    def _search(self, locale: LocaleSite, base: str) -> str:
        return f"{base}{locale.prefix}{INDEX_FOLDER}" if self.project.search else ""

    def _results(self, locale: LocaleSite, base: str) -> str:
        url = results_url(self.site, locale) if self.project.search else ""
        return base + quote(url) if url else ""

    def _edit(self, page: Page) -> str:
        relative = self.site.collection.relative(page.path)
        base = "" if page.made else self.project.edit_base
        return base + quote(relative) if base else ""

    def past(self, page: Page) -> tuple[date | None, str, tuple[str, ...]]:
        """What a page shows of its history: its day, the commit of its last change, its authors."""
        commit = self.history.commit(page) if self.project.report_form else ""
        return self.history.day(page), commit, self.history.authors_of(page)

    def has_feed(self, locale: str) -> bool:
        """Whether a locale has a feed."""
        if locale not in self._feeds:
            self._feeds[locale] = has_feed(self.site, locale, self.history)
        return self._feeds[locale]

    def _updated(self, page: Page, language: str) -> Date | None:
        day = self.history.day(page)
        if day is None:
            return None
        try:
            shown = format_date(day, format="long", locale=language)
        except UnknownLocaleError:
            shown = day.isoformat()
        return Date(day.isoformat(), shown)


def _meta(page: Page | None, locale: LocaleSite, title: str, description: str) -> dict[str, Any]:
    """What templates read of a page's front matter; its texts are HTML."""
    meta: dict[str, Any] = {
        "title": escape(title),
        "language": locale.language,
        "locale": locale.locale,
        "description": escape(description),
    }
    if page is None:
        return meta
    meta["metatitle"] = escape(_words(shown(page, "metatitle")))
    if hidden(page):
        meta["robots"] = "noindex"
    return meta


def _words(text: str) -> str:
    return " ".join(text.split())
