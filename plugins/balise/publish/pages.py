"""Every page of the collection as a whole HTML page: its content, its context, the theme around."""

from collections.abc import Mapping
from datetime import date
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
from balise.publish.locale_site import LocaleSite
from balise.publish.made_up_pages import MadeUpPages
from balise.publish.markdown_copies import markdown_url
from balise.publish.page_context import (
    Date,
    PageContext,
)
from balise.publish.page_history import PageHistory
from balise.publish.panel import FindingsPanel
from balise.publish.picture_copies import Copies, with_copies
from balise.publish.problem_report import ReportedPage, report_url
from balise.publish.project import Project
from balise.publish.site import Site
from balise.publish.site_context import SiteContext
from balise.publish.social import open_graph_locale, picture_of, social_tags
from balise.publish.structured_data import PageFacts, structured_data
from balise.publish.theme_renderer import PageKind, PageView, ThemeRenderer
from balise.render import EMPTY, RenderedPage


class Pages:
    """Makes the HTML of the pages of a site of a project.

    `texts` are as of `CanonicalAddresses`. `copies` are those of pictures, by the URLs of these from the root;
    none until they are made. `around` is what the site has around each, `made_up` makes pages that nobody writes.
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
        self.around = SiteContext(site, project, renderer, history)
        self.made_up = MadeUpPages(self.around)

    def page(self, path: str, panel: FindingsPanel | None = None) -> str:
        """The page at `path`. Raises OSError if it is gone."""
        page = self.site.collection.pages[path]
        name = self.site.collection.names[path]
        if name.type == "404":
            return self.made_up.not_found(name.locale, self.site.content(path), page)
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
            self.around.of_page(locale, page, base),
            translations=translations,
            sections=locale.sections(page, base) if kind is PageKind.LISTING else (),
            open_graph_locale=open_graph_locale(locale.locale),
            social=social_tags(
                translations,
                self.around.card(locale, page) or picture_of(self.site, page, content.pictures),
            ),
        )
        description = description_of(page, content, context.sections)
        title = locale.title(page) if page else context.home.title
        canonical = self.canonical.of(page) if page else self.around.absolute(url)
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
            search_bundle=self.around.search_bundle(locale, base),
            search_results=self.around.search_results(locale, base),
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
        return (
            replace(context, stale=True, source=self.around.link(source, base))
            if source
            else context
        )

    def _below_guide(self, context: PageContext, page: Page, title: str) -> PageContext:
        """What stands below the text of a guide: who wrote it, and where a problem is reported."""
        context = replace(context, contributors=self.history.authors_of(page))
        form = self.project.report_form
        if not form:
            return context
        url = self.site.collection.urls[page.path]
        path = self.site.urls.of_file(page.path)
        commit = self.history.commit(page)
        reported = ReportedPage(title, self.around.absolute(url) or f"/{quote(url)}", path, commit)
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

    def _edit(self, page: Page) -> str:
        relative = self.site.collection.relative(page.path)
        base = "" if page.made else self.project.edit_base
        return base + quote(relative) if base else ""

    def past(self, page: Page) -> tuple[date | None, str, tuple[str, ...]]:
        """What a page shows of its history: its day, the commit of its last change, its authors."""
        commit = self.history.commit(page) if self.project.report_form else ""
        return self.history.day(page), commit, self.history.authors_of(page)

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
