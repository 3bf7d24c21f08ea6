"""Every page of the collection as a whole HTML page: its content, its place, the theme around."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from babel import UnknownLocaleError
from babel.dates import format_date

from balise.collection.tree import hidden
from balise.document import Document
from balise.publish.locale_site import LocaleSite, title_of
from balise.publish.place import Date, Link, Place
from balise.publish.shell import (
    GUIDE,
    LISTING,
    NOT_FOUND,
    PageView,
    Shell,
    contents,
    marked,
)
from balise.publish.site import Site
from balise.render import RenderedPage

EMPTY = RenderedPage("")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What pages show that is not in the collection.

    `changed` are the days on which files changed last, `edit` the address where the source of a
    page can be edited, by its path from the collection's root. `manual` is the name of the rest
    of the site, empty where there is none; `search` says whether there is a search index.
    """

    changed: Mapping[str, date] = field(default_factory=dict)
    edit: Callable[[str], str] | None = None
    manual: str = ""
    search: bool = True


class Pages:
    """Makes the HTML of the pages of a site."""

    def __init__(self, site: Site, shell: Shell, around: Surroundings) -> None:
        self.site = site
        self.shell = shell
        self.around = around
        self._navigation: dict[tuple[str, str, str], str] = {}

    def page(self, path: str, panel: Any = None) -> str:
        """The page at `path`. Raises OSError if it is gone."""
        document = self.site.collection.documents[path]
        name = self.site.collection.names[path]
        if name.type == "404":
            return self.not_found(name.locale, self.site.content(path), document)
        return self._page(
            self.site.locale(name.locale),
            document,
            self.site.collection.urls[path],
            self.site.content(path),
            GUIDE if name.type == "guide" else LISTING,
            panel,
        )

    def home(self, locale: str) -> str:
        """The home of a locale that has no page for it."""
        found = self.site.locale(locale)
        return self._page(found, None, found.prefix, EMPTY, LISTING, None)

    def not_found(
        self, locale: str, content: RenderedPage = EMPTY, document: Document | None = None
    ) -> str:
        """What a reader gets at an address of the locale where there is no page.

        It may be shown at any address, so all of its own count from the server's root.
        """
        found = self.site.locale(locale)
        root = self.shell.root.rstrip("/")
        base = f"{root}/"
        place = Place(
            locale,
            found.language,
            found.home(base),
            self._manual(base),
            found.tabs(None, base),
            self._navigated(found, None, root),
        )
        title = document.value("title") if document else ""
        view = PageView(
            escape(title or ""),
            f"{base}{found.prefix}404.html",
            content.html,
            meta={"language": found.language, "locale": locale},
        )
        search = self._search(found, root)
        return self.shell.page(NOT_FOUND, view, place, found.words, root, search)

    def _page(
        self,
        locale: LocaleSite,
        document: Document | None,
        url: str,
        content: RenderedPage,
        template: str,
        panel: Any,
    ) -> str:
        root = "/".join([".."] * url.count("/")) or "."
        base = f"{root}/"
        place = Place(
            locale.locale,
            locale.language,
            locale.home(base),
            self._manual(base),
            locale.tabs(document, base),
            self._navigated(locale, document, root),
            translations=locale.translations(document, base),
        )
        if document is None:
            place = replace(place, sections=locale.sections(None, base))
        else:
            before, behind = locale.neighbours(document, base)
            place = replace(
                place,
                breadcrumbs=locale.breadcrumbs(document, base),
                alternates=locale.alternates(document),
                related=locale.related(document, base),
                sections=locale.sections(document, base) if template == LISTING else (),
                previous=before,
                next=behind,
                updated=self._updated(document, locale.language),
                edit_url=self._edit(document),
                excerpt=_words(document.value("excerpt")),
            )
        view = self._view(locale, document, url, content, place)
        search = self._search(locale, root)
        return self.shell.page(template, view, place, locale.words, root, search, panel)

    def _view(
        self,
        locale: LocaleSite,
        document: Document | None,
        url: str,
        content: RenderedPage,
        place: Place,
    ) -> PageView:
        title = title_of(document) if document else place.home.title
        return PageView(
            escape(title, quote=False),
            url,
            content.html,
            list(contents(content.toc)),
            _meta(document, locale, title),
            self.site.site_url + quote(url) if self.site.site_url else "",
            place.edit_url,
            url == locale.prefix,
        )

    def _navigated(self, locale: LocaleSite, document: Document | None, root: str) -> str:
        """The navigation, made once for all pages that it is the same for."""
        opened = locale.opened(document)
        key = (locale.locale, opened.path if opened else "", root)
        if key not in self._navigation:
            tree = locale.navigation(opened, f"{root}/")
            self._navigation[key] = self.shell.navigation(tree, locale.words)
        navigation = self._navigation[key]
        if document is None:
            return navigation
        return marked(navigation, f"{root}/{quote(self.site.collection.urls[document.path])}")

    def _manual(self, base: str) -> Link | None:
        return Link(self.around.manual, base) if self.around.manual else None

    def _search(self, locale: LocaleSite, root: str) -> str:
        return f"{root}/{locale.prefix}pagefind/" if self.around.search else ""

    def _edit(self, document: Document) -> str:
        relative = self.site.collection.relative(document.path)
        return self.around.edit(relative) if self.around.edit else ""

    def day(self, document: Document) -> date | None:
        """The day of a page's last change: the one that it gives itself, or that of a commit."""
        try:
            return date.fromisoformat((document.value("updated") or "").strip())
        except ValueError:
            return self.around.changed.get(self.site.collection.relative(document.path))

    def _updated(self, document: Document, language: str) -> Date | None:
        day = self.day(document)
        if day is None:
            return None
        try:
            shown = format_date(day, format="long", locale=language)
        except UnknownLocaleError:
            shown = day.isoformat()
        return Date(day.isoformat(), shown)


def _meta(document: Document | None, locale: LocaleSite, title: str) -> dict[str, Any]:
    """What templates read of a page's front matter; its texts are HTML."""
    meta: dict[str, Any] = {
        "title": escape(title),
        "language": locale.language,
        "locale": locale.locale,
    }
    if document is None:
        return meta
    values = {key: _words(document.value(key)) for key in ("description", "excerpt", "metatitle")}
    meta["description"] = escape(values["description"] or values["excerpt"])
    meta["metatitle"] = escape(values["metatitle"])
    if hidden(document):
        meta["robots"] = "noindex"
    return meta


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
