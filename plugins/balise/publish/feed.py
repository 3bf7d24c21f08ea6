"""The feed of a locale: its guides that changed last, in the form of Atom (RFC 4287)."""

from collections.abc import Iterable, Sequence
from datetime import date
from heapq import nlargest
from xml.sax.saxutils import escape, quoteattr

import msgspec

from balise.publish.sitemap import HEAD

NAME = "feed.xml"
LONGEST = 50
"""How many guides a feed has."""
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters that XML 1.0 cannot have."""


class ChangedGuide(msgspec.Struct, frozen=True):
    """A guide with its absolute URL, and the day of its last change."""

    title: str
    url: str
    day: date
    summary: str = ""


class FeedHead(msgspec.Struct, frozen=True):
    """What a feed says of itself: absolute URLs of itself and of the home of its locale, a tag of BCP 47."""

    title: str
    author: str
    url: str
    home: str
    language: str


def newest(guides: Iterable[ChangedGuide]) -> list[ChangedGuide]:
    """Those that changed last, the newest first; of one day by address."""
    return nlargest(LONGEST, sorted(guides, key=lambda g: g.url), key=lambda guide: guide.day)


def feed(head: FeedHead, guides: Sequence[ChangedGuide]) -> str:
    """The feed of these guides, of which there must be one."""
    entries = "".join(map(_entry, guides))
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(head.language)}>\n'
        f"<title>{_text(head.title)}</title>\n<id>{_text(head.url)}</id>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(head.url)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(head.home)}/>\n'
        f"<updated>{_time(guides[0].day)}</updated>\n"
        f"<author><name>{_text(head.author)}</name></author>\n{entries}</feed>\n"
    )


def _entry(guide: ChangedGuide) -> str:
    summary = f"<summary>{_text(guide.summary)}</summary>" if guide.summary else ""
    return (
        f"<entry><title>{_text(guide.title)}</title><id>{_text(guide.url)}</id>"
        f"<link href={quoteattr(guide.url)}/><updated>{_time(guide.day)}</updated>{summary}</entry>\n"
    )


def _text(text: str) -> str:
    return escape(text.translate(NOT_XML))


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
