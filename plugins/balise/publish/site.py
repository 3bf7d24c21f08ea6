"""The collection as it is published: which pages and files, at which addresses."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import quote, urlsplit

import msgspec

from balise.collection import Collection, Page, locale_prefix
from balise.collection.page import hidden
from balise.document import ParsedPage
from balise.publish.drafts import Drafts, included_facts, included_page, included_text
from balise.publish.locale_site import LocaleSite
from balise.publish.pictures import PictureSizes
from balise.render import (
    EMPTY,
    PageText,
    PublishedFiles,
    RenderedPage,
    render_draft,
    render_markdown,
)
from balise.render.page import relative_address
from balise.syntax.unsafe_html import AllowedHtml
from balise.workspace.sources import read_source

OF_STRUCTURE = ("pages", "homeless", "listed")
"""What of a `Site` follows from the structure of its collection and its locales."""


class SiteUrls(Mapping[str, str]):
    """Path of a page or of another file of the collection -> its URL from the site's root.

    `taken` are the files among them that were asked for: those that a page shows or links to.
    """

    def __init__(self, collection: Collection, locales: frozenset[str]) -> None:
        self.collection = collection
        self.locales = locales
        self.folder = collection.root.rstrip("/").rpartition("/")[2] or "files"
        self.taken: set[str] = set()

    def __getitem__(self, path: str) -> str:
        name = self.collection.names.get(path)
        if name is not None:
            if name.locale not in self.locales:
                raise KeyError(path)
            return self.collection.urls[path]
        if path not in self.collection.files:
            raise KeyError(path)
        self.taken.add(path)
        return self.of_file(path)

    def of_file(self, path: str) -> str:
        """The URL of a file that is no page."""
        return f"{self.folder}/{self.collection.relative(path)}"

    def __iter__(self) -> Iterator[str]:
        pages = self.collection.names.items()
        yield from (p for p, n in pages if n.locale in self.locales)
        yield from self.collection.files

    def __len__(self) -> int:
        return sum(1 for _ in self)


class SiteSettings(msgspec.Struct, frozen=True):
    """The address of a site, with a `/` at its end or empty, and what raw HTML may do on it; None for all."""

    url: str
    html: AllowedHtml | None = None


class Site:
    """A snapshot of the collection: the pages of some locales, rendered when they are asked for.

    `site_url` is where the site is published, with a `/` at its end, or empty. `included` are the
    files that rendered pages include. `earlier` is a snapshot whose navigation and addresses still count:
    one that differs by nothing but the text below the front matter of pages.
    """

    def __init__(
        self,
        collection: Collection,
        locales: frozenset[str],
        settings: SiteSettings,
        sizes: PictureSizes,
        drafts: Drafts,
        earlier: "Site | None",
    ) -> None:
        self.collection = collection
        self.locales = locales
        self.site_url = settings.url
        self.html = settings.html
        self.sizes = sizes
        self.drafts = drafts
        self.urls = SiteUrls(collection, locales)
        self.included: set[str] = set()
        self._locales: dict[str, LocaleSite] = dict(earlier._locales) if earlier else {}
        if earlier and earlier.locales == locales:
            known = vars(earlier)
            vars(self).update({name: known[name] for name in OF_STRUCTURE if name in known})

    @property
    def root(self) -> str:
        """The path of the site on its server, with a `/` at both ends."""
        return urlsplit(self.site_url).path.rstrip("/") + "/"

    def locale(self, locale: str) -> LocaleSite:
        """One locale with its navigation."""
        if locale not in self._locales:
            self._locales[locale] = LocaleSite(self.collection, locale, self.locales, self.urls)
        return self._locales[locale]

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """URL -> path of the page there; the first by path where two pages share one."""
        names = self.collection.names
        return {
            url: path
            for url, path in self.collection.by_url.items()
            if names[path].locale in self.locales
        }

    @cached_property
    def homeless(self) -> Mapping[str, str]:
        """URL -> locale, of the homes that are missing and are made from the tree alone."""
        without = self.locales - self.collection.homes.keys()
        found: dict[str, str] = {}
        for _, name in sorted(self.collection.names.items()):
            if name.locale in without:
                prefix = locale_prefix(name, self.collection.scheme)
                if prefix not in self.pages:
                    found[prefix] = name.locale
        return found

    @cached_property
    def listed(self) -> Mapping[str, Sequence[Page]]:
        """Locale -> its pages for sitemap and search: no hidden ones, no page of missing pages."""
        found: dict[str, list[Page]] = {locale: [] for locale in self.locales}
        for path in self.pages.values():
            page = self.collection.pages[path]
            name = self.collection.names[path]
            if name.type != "404" and not hidden(page):
                found[name.locale].append(page)
        return found

    def content(
        self, path: str, address: Callable[[str, str], str] = relative_address
    ) -> RenderedPage:
        """What the page at `path` says, without anything around. Raises OSError if it is gone.

        A page that is made says nothing by itself. `address` is that of `PublishedFiles`.
        """
        if self.collection.pages[path].made:
            return EMPTY
        return render_draft(
            self.drafts(path, self.collection.root),
            path,
            self.collection,
            PublishedFiles(
                self.urls, self._included, self.sizes, self.html, self._included_text, address
            ),
        )

    def markdown(self, path: str) -> str:
        """What the page at `path` says, as plain Markdown. Raises OSError if it is gone."""
        collection = self.collection
        if collection.pages[path].made:
            return ""
        page = PageText(read_source(path, collection.root).text, collection.documents[path])
        files = PublishedFiles(self.urls, text=self._included_text, address=self.address)
        language = self.locale(collection.names[path].locale).language
        return render_markdown(page, collection, files, self._included_facts, language)

    def address(self, url: str, own: str) -> str:
        """The address of `url`, from the root, for readers of a copy of the page at `own`: absolute if it can be."""
        return self.site_url + quote(url) if self.site_url else relative_address(url, own)

    def _included_facts(self, path: str) -> PageText | None:
        """Such a file as it is written, and its facts."""
        self.included.add(path)
        return included_facts(path, self.collection.root)

    def _included(self, path: str) -> ParsedPage | None:
        """A page or another file to be included, if it is one of the collection's folder."""
        self.included.add(path)
        return included_page(path, self.collection.root)

    def _included_text(self, path: str) -> str | None:
        """The text of such a file, to be included as code."""
        self.included.add(path)
        return included_text(path, self.collection.root)
