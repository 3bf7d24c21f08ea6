"""What puts a page into a theme, as the site sees it: plain data in, HTML out."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Protocol

import msgspec

from balise.publish.page_context import NavigationEntry, PageContext
from balise.publish.panel import FindingsPanel
from balise.render import TocEntry


class PageKind(Enum):
    """What a page is for: to be read, to offer other pages, or to say that there is none."""

    GUIDE = "guide"
    LISTING = "listing"
    NOT_FOUND = "not-found"
    ENTRANCE = "entrance"
    UNTRANSLATED = "untranslated"
    SEARCH = "search"


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """A page with all that is shown on it.

    `title`, `content` and the values of `meta` are HTML; titles in `toc` are plain text, and so is
    what `context` has. `url` is the page's address from the site's root; `base_url` leads from the
    page to that root, without a `/` at its end. `source` is the file that it is made from, from the
    folder that the collection's is in, empty if there is none. `words` are those of the interface by their keys,
    `search_bundle` is where the search index is, `search_results` the page that lists what is found there; both
    are empty without one. `panel` has the findings that the page's writer sees.
    """

    kind: PageKind
    title: str
    url: str
    base_url: str
    source: str = ""
    context: PageContext
    words: Mapping[str, str]
    content: str = ""
    toc: Sequence[TocEntry] = ()
    meta: Mapping[str, Any] = {}
    canonical_url: str = ""
    is_homepage: bool = False
    search_bundle: str = ""
    search_results: str = ""
    panel: FindingsPanel | None = None


class ThemeRenderer(Protocol):
    """Puts pages into a theme. Holds no page; safe to use in copies of the process."""

    def page(self, view: PageView) -> str:
        """The whole HTML of a page. What can be searched of it stands in its one `article`."""

    def navigation(self, entries: Sequence[NavigationEntry], words: Mapping[str, str]) -> str:
        """The navigation, as HTML, of all pages that `entries` are for; none of them is marked."""

    def mark_current(self, navigation: str, url: str) -> str:
        """The same navigation with the entry that leads to `url` marked as the page shown."""

    def load(self) -> None:
        """Read now what all pages need, such as templates: copies of the process then have it."""

    def digest(self) -> bytes:
        """Stands for everything that is on pages beside what a `PageView` has."""
