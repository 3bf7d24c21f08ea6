"""What stands around a page, as templates see it. Every text is plain, every URL an `href`."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class PageLink:
    """A title and where it leads, from the page that shows it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class NavigationTab:
    """A universe in the bar at the top; `active` if the page is in it."""

    title: str
    url: str
    active: bool = False


@dataclass(slots=True)
class NavigationEntry:
    """A line of the navigation: a page, or a section that is none.

    `open` says whether what is below it is shown.
    """

    title: str
    url: str = ""
    open: bool = False
    children: "list[NavigationEntry]" = field(default_factory=list)

    @property
    def section(self) -> bool:
        """Whether this is the name of a group of guides."""
        return not self.url


@dataclass(frozen=True, slots=True)
class Card:
    """A page as it is offered to readers: `icon` is the name of its folder, or a picture of its own.

    `color` is what the front matter says, `count` how many guides are below it.
    """

    title: str
    url: str
    excerpt: str = ""
    icon: str = ""
    color: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A group of pages with a title, empty where they have none: `cards` lead to pages with pages
    below them, `links` to guides."""

    title: str
    cards: tuple[Card, ...] = ()
    links: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The same guide in a locale; `name` is the locale's in its own language."""

    locale: str
    name: str
    url: str
    current: bool = False


class Alternate(NamedTuple):
    """An absolute URL for `<link rel="alternate" hreflang>` (RFC 8288, BCP 47)."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class Date:
    """A day, as machines read it and as people do."""

    iso: str
    shown: str


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything that a template shows around the content of a page."""

    locale: str
    language: str
    home: PageLink
    manual: PageLink | None = None
    tabs: tuple[NavigationTab, ...] = ()
    navigation: str = ""
    breadcrumbs: tuple[PageLink, ...] = ()
    translations: tuple[Translation, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    related: tuple[Card, ...] = ()
    sections: tuple[Section, ...] = ()
    previous: PageLink | None = None
    next: PageLink | None = None
    updated: Date | None = None
    edit_url: str = ""
    excerpt: str = ""
