"""The search indexes of a site, a bundle of files for each locale and one for the manual."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path

import msgspec
from msgspec.structs import replace

from balise.base.digests import digest
from balise.collection import Page
from balise.publish.file_records import Record
from balise.publish.locale_site import LocaleSite, title_of
from balise.publish.search import SearchPage, write_index
from balise.publish.site import Site
from balise.publish.staging import files_below
from balise.publish.typing_index import headings_alone, write_typing_index

INDEX_FOLDER = "pagefind/"
MANUAL_LANGUAGE = "en"


class Bundle(msgspec.Struct, frozen=True):
    """An index: its folder from the site's root, with a `/` at its end, and what it is made from.

    `key` stands for the `pages`, `size` of them, which are asked for only if the index has to be made.
    """

    folder: str
    language: str
    size: int
    key: bytes
    pages: Callable[[], Iterable[SearchPage]]
    synonyms: tuple[tuple[str, ...], ...] = ()

    def make(self, site: Path, alone: AbstractContextManager[object] | None = None) -> list[str]:
        """Make the files of the index, `alone` as of `write_index`; their paths from the site. Raises UserError."""
        output = site / self.folder
        listed: list[SearchPage] = []
        write_index(self._noted(listed), self.language, output, alone)
        write_typing_index(listed, self.language, self.synonyms, output)
        return sorted(self.folder + path for path in files_below(output))

    def _noted(self, listed: list[SearchPage]) -> Iterator[SearchPage]:
        """The pages, one by one; of each as much as the other index needs goes to `listed`."""
        for page in self.pages():
            listed.append(replace(page, html=headings_alone(page.html)))
            yield page


def bundle_of(
    site: Site, locale: str, texts: Mapping[str, bytes], place_of: Callable[[str], str]
) -> Bundle:
    """The index of a locale. `texts` stand for its pages by URL, `place_of` tells the file of each."""
    found = site.locale(locale)
    urls = [site.collection.urls[page.path] for page in site.listed[locale]]
    synonyms = site.collection.structure.synonyms.of(locale)
    pages = [
        search_page(found, page, url) for url, page in zip(urls, site.listed[locale], strict=True)
    ]
    known = [(page, texts[url]) for url, page in zip(urls, pages, strict=True)]
    known.sort(key=lambda known: known[0].url)
    # A process that makes an index would get a copy of all memory in which it looks at something.
    packed = msgspec.msgpack.encode(([os.fsencode(place_of(url)) for url in urls], pages))
    return Bundle(
        f"{found.prefix}{INDEX_FOLDER}",
        found.language,
        len(pages),
        digest(found.language, known, synonyms),
        lambda: _with_texts(packed),
        synonyms,
    )


def _with_texts(packed: bytes) -> Iterator[SearchPage]:
    places, pages = msgspec.msgpack.decode(packed, type=tuple[list[bytes], list[SearchPage]])
    for place, page in zip(places, pages, strict=True):
        with open(place, encoding="utf-8") as file:  # noqa: PTH123 - thousands of pages
            html = file.read()
        yield replace(page, html=article(html))


class BuiltPage(msgspec.Struct, frozen=True):
    """A page of the manual, the rest of the site, which is built already.

    `url` counts from the site's root; title and content are HTML, and so is the name of the `section` at the
    top of the navigation that it begins, if it begins one.
    """

    url: str
    title: str
    html: str
    section: str = ""


def manual_bundle(pages: Sequence[BuiltPage]) -> Bundle:
    """The index of the manual."""
    found = [
        SearchPage(page.url, unescape(page.title), page.html, section=unescape(page.section))
        for page in pages
    ]
    return Bundle(INDEX_FOLDER, MANUAL_LANGUAGE, len(found), digest(found), lambda: found)


def search_page(locale: LocaleSite, page: Page, url: str, html: str = "") -> SearchPage:
    """A page of the collection as it is found; `html` is its content."""
    return SearchPage(
        url.removeprefix(locale.prefix),
        locale.title(page),
        html,
        tuple(title_of(above) for above in locale.tree.above(page)),
        page.value("keywords") or "",
        locale.is_product(page),
    )


def article(html: str) -> str:
    """The text of a page, without what is around it on every page."""
    start = html.find(">", html.find("<article")) + 1
    return html[start : html.rfind("</article>")]


def bundles_in(records: Mapping[str, Record]) -> Mapping[str, dict[str, Record]]:
    """The files of each index among those of a site, by its folder."""
    found: dict[str, dict[str, Record]] = {}
    for target in records:
        folder, mark, _ = f"/{target}".partition(f"/{INDEX_FOLDER}")
        if mark:
            found.setdefault(f"{folder}{mark}".lstrip("/"), {})[target] = records[target]
    return found
