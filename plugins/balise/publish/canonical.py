"""The address that search engines are to know a guide by, and those of its translations.

Regional variants of one language with the same text below their front matter are one page to a search
engine: they name one of them in `canonical`, and it alone is in sitemaps and stands for their languages.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import quote

import msgspec

from balise.base.digests import digest
from balise.collection import Collection, Page, resolve
from balise.collection.page import hidden
from balise.collection.targets import Target
from balise.publish.page_context import Alternate


def language_tag(locale: str) -> str:
    """The locale as a language tag of BCP 47: `fr-CA`; `en` for a zone that is no country."""
    language, _, zone = locale.partition("-")
    return f"{language}-{zone.upper()}" if len(zone) == 2 else language


class Translated(msgspec.Struct, frozen=True):
    """A page in all locales: path of a variant -> the page that it names, for those that name another.

    `digest` stands for all of it.
    """

    copies: Mapping[str, str]
    alternates: tuple[Alternate, ...]
    digest: bytes


class CanonicalAddresses:
    """The addresses of the pages of some `locales`; `site_url` has a `/` at its end, or is empty.

    `texts` stand for the text of each page below its front matter, by path; empty for none.
    """

    def __init__(
        self,
        collection: Collection,
        locales: AbstractSet[str],
        site_url: str,
        texts: Mapping[str, bytes],
    ) -> None:
        self.collection = collection
        self.locales = locales
        self.site_url = site_url
        self.texts = texts
        self._groups: dict[tuple[str, str], Translated] = {}

    def of(self, page: Page) -> str:
        """The absolute address that a page names as its own; empty if it is not known."""
        if named := self._named(page):
            if named.kind == "external":
                return named.address
            return self._absolute(named.path)
        return self._absolute(self._group(page).copies.get(page.path, page.path))

    def is_copy(self, page: Page) -> bool:
        """Whether search engines are to know another address in place of this page."""
        return bool(self._named(page)) or page.path in self._group(page).copies

    def alternates(self, page: Page) -> tuple[Alternate, ...]:
        """The absolute URLs of its translations, and of the one for all other languages."""
        if not self.site_url or hidden(page) or self.is_copy(page):
            return ()
        return self._group(page).alternates

    def digest(self, page: Page) -> bytes:
        """Stands for the addresses of a page and its translations."""
        return self._group(page).digest

    def _absolute(self, path: str) -> str:
        return self.site_url + quote(self.collection.urls[path]) if self.site_url else ""

    def _named(self, page: Page) -> Target | None:
        """What a page itself says that it is a copy of, if that is published and another one."""
        if not page.canonical:
            return None
        target = resolve(page.canonical, page.path, self.collection)
        name = self.collection.names.get(target.path) if target.kind == "page" else None
        elsewhere = name and name.locale in self.locales and target.path != page.path
        return target if elsewhere or target.kind == "external" else None

    def _group(self, page: Page) -> Translated:
        """A page in all locales."""
        collection = self.collection
        key = collection.folder(page.path), collection.names[page.path].type
        if key not in self._groups:
            self._groups[key] = self._translated(*key)
        return self._groups[key]

    def _translated(self, folder: str, kind: str) -> Translated:
        pages = {
            locale: path
            for (found, locale), path in self.collection.folders[folder].items()
            if found == kind and locale in self.locales
        }
        shown = [pages[locale] for locale in sorted(pages, key=self._rank)]
        shown = [path for path in shown if self._is_own(self.collection.pages[path])]
        copies = self._copies(shown) if kind == "guide" else {}
        alternates = self._alternates(shown, copies)
        return Translated(copies, alternates, digest(copies, alternates))

    def _is_own(self, page: Page) -> bool:
        return not (hidden(page) or self._named(page))

    def _copies(self, paths: Sequence[str]) -> dict[str, str]:
        """The first page with a text, for those with the same one in the same language."""
        first: dict[tuple[str, bytes], str] = {}
        copies: dict[str, str] = {}
        for path in paths:
            if text := self.texts.get(path):
                original = first.setdefault((self.collection.names[path].language, text), path)
                if original != path:
                    copies[path] = original
        return copies

    def _alternates(self, paths: Sequence[str], copies: Mapping[str, str]) -> tuple[Alternate, ...]:
        if len(paths) - len(copies) < 2 or not self.site_url:
            return ()
        names = self.collection.names
        urls = {path: self._absolute(path) for path in paths if path not in copies}
        found = {"x-default": urls[paths[0]]}
        for path in paths:
            found.setdefault(language_tag(names[path].locale), urls[copies.get(path, path)])
        return tuple(Alternate(tag, url) for tag, url in sorted(found.items()))

    def _rank(self, locale: str) -> tuple[int, bool, str]:
        """The locales that others fall back on first, then each language where it comes from."""
        scheme = self.collection.scheme
        preferred = (*scheme.fallbacks, scheme.original)
        language, _, zone = locale.partition("-")
        place = preferred.index(locale) if locale in preferred else len(preferred)
        return place, language != zone, locale
