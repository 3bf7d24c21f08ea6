"""What a page shows from other sites, such as a video, is a link until the reader asks for it."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

from balise.syntax.html import StartTag, start_tags

MARK = 'class="click-to-load"'
"""What a page has in it that needs the script and the style."""
CLOSED = re.compile(r"\s*</iframe\s*>", re.IGNORECASE)
ENLARGED = re.compile(r'<a class="lightbox"[^<>]*>\Z')
LINK_ENDS = "</a>"


def click_to_load(html: str, words: Mapping[str, str], own_host: str) -> str:
    """The HTML of a page where no frame and no picture of another host than `own_host` is loaded by itself."""
    parts: list[str] = []
    cursor = 0
    for start, end, tag, host, inside in _foreign(html, own_host):
        attributes = dict(tag.attributes)
        parts += (
            html[cursor:start],
            _placeholder(html[start:end], attributes, host, words, inside),
        )
        cursor = end
    return "".join(parts) + html[cursor:]


def _foreign(html: str, own_host: str) -> Iterator[tuple[int, int, StartTag, str, bool]]:
    """Start, end, tag and host of what is shown from elsewhere, with the link that only enlarges it; whether it is
    inside another link."""
    if "<iframe" not in html and "<img" not in html and "<I" not in html:
        return
    link = -1
    for tag in start_tags(html):
        start, end = tag.place
        if tag.name == "a":
            link = start
        if tag.name not in ("iframe", "img"):
            continue
        host = _host(dict(tag.attributes).get("src", ""))
        if not host or host == own_host:
            continue
        if tag.name == "iframe" and (closed := CLOSED.match(html, end)):
            end = closed.end()
        inside = link >= 0 and html.find(LINK_ENDS, link, start) < 0
        if inside and ENLARGED.match(html, link, start) and html.startswith(LINK_ENDS, end):
            yield link, end + len(LINK_ENDS), tag, host, False
        else:
            yield start, end, tag, host, inside


def _host(src: str) -> str:
    try:
        return urlsplit(src.strip()).hostname or ""
    except ValueError:
        return ""


def _placeholder(
    html: str, attributes: Mapping[str, str], host: str, words: Mapping[str, str], inside: bool
) -> str:
    """A link to what is not loaded, with a note; `inside` of another link, what it is called alone."""
    name = attributes.get("title") or attributes.get("alt") or ""
    if inside:
        return escape(name or host)
    label = words["load_external"].replace("{host}", host)
    note = words["external_note"].replace("{host}", host)
    named = f"{name}{words['colon']} {label}" if name else label
    src = escape(attributes["src"])
    return (
        f'<span {MARK} data-html="{escape(html)}" data-pagefind-ignore>'
        f'<a href="{src}">{escape(named)}</a> <small>{escape(note)}</small></span>'
    )
