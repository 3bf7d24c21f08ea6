"""What stands around a page, as templates see it. Every text is plain, every URL an `href`."""

from collections.abc import Sequence

import msgspec


class PageLink(msgspec.Struct, frozen=True):
    """A title and where it leads, from the page that shows it."""

    title: str
    url: str


class NavigationTab(msgspec.Struct, frozen=True):
    """A universe in the bar at the top; `active` if the page is in it."""

    title: str
    url: str
    active: bool = False


class NavigationEntry(msgspec.Struct):
    """A line of the navigation: a page, or a section that is none.

    `open` says whether what is below it is shown.
    """

    title: str
    url: str = ""
    open: bool = False
    children: "list[NavigationEntry]" = []

    @property
    def section(self) -> bool:
        """Whether this is the name of a group of guides."""
        return not self.url


class Card(msgspec.Struct, frozen=True):
    """A page as it is offered to readers: `icon` is the name of its folder, or a picture of its own.

    `color` is what the front matter says, `count` how many guides are below it.
    """

    title: str
    url: str
    excerpt: str = ""
    icon: str = ""
    color: str = ""
    count: int = 0


class Section(msgspec.Struct, frozen=True):
    """A group of pages with a title, empty where they have none: `cards` lead to pages with pages
    below them, `links` to guides."""

    title: str
    cards: tuple[Card, ...] = ()
    links: tuple[Card, ...] = ()


class Translation(msgspec.Struct, frozen=True):
    """The same guide in a locale; `name` is the locale's in its own language."""

    locale: str
    name: str
    url: str
    current: bool = False


class Alternate(msgspec.Struct, frozen=True):
    """An absolute URL for `<link rel="alternate" hreflang>` (RFC 8288, BCP 47)."""

    hreflang: str
    url: str


class Date(msgspec.Struct, frozen=True):
    """A day, as machines read it and as people do."""

    iso: str
    shown: str


class SocialPicture(msgspec.Struct, frozen=True):
    """A picture that stands for a page elsewhere: its absolute URL, its size in pixels, and what is to be read on it."""

    url: str
    width: int
    height: int
    alt: str = ""


class SocialTags(msgspec.Struct, frozen=True):
    """What is shown of a page where it is linked to, beside its title and description.

    Locales are as in Open Graph: `fr_CA`.
    """

    picture: SocialPicture | None = None
    other_locales: tuple[str, ...] = ()


class LocaleCard(msgspec.Struct, frozen=True):
    """A locale at the entrance: its name, how many guides it has if any, and the words to go on, in its language."""

    locale: str
    name: str
    url: str
    guides: str
    go_on: str


class Missing(msgspec.Struct, frozen=True):
    """A guide that a locale lacks: title and excerpt in the `language` of its `source`.

    `note` says in the language of the locale that it is missing, `go_on` in that of the source how to get
    there; `others` are its further translations.
    """

    language: str
    title: str
    excerpt: str
    note: str
    source: Translation
    go_on: str
    others: tuple[Translation, ...]


class PageContext(msgspec.Struct, frozen=True):
    """Everything that a template shows around the content of a page.

    `structured_data` is JSON for the inside of a `script`, empty if there is none. `open_graph_locale` is
    the locale as in `SocialTags`. `changed` is the day of the last change (ISO 8601), whether it is shown as
    `updated` or not. `report_url` is where a problem is reported, in which `reported_url` stands for the page.
    `markdown_url` is its copy in plain Markdown, if there is one. One that is `stale` is a translation of a
    page that has changed since; `source` is that page, None where it is not published. `locales` and `guides` are where the files of `languages.py` are: the first is empty
    if there is one locale, the second where nothing asks for it. `entrance` are the cards of that page, `missing` is
    what is shown in place of a guide that is not there.
    """

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
    markdown_url: str = ""
    machine_translated: bool = False
    stale: bool = False
    source: PageLink | None = None
    open_graph_locale: str = ""
    changed: str = ""
    social: SocialTags = SocialTags()
    structured_data: str = ""
    feed_url: str = ""
    report_url: str = ""
    reported_url: str = ""
    contributors: tuple[str, ...] = ()
    locales: str = ""
    guides: str = ""
    entrance: Sequence[LocaleCard] = ()
    missing: Missing | None = None
