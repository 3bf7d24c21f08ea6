"""A product as one HTML file, to be read without a network: its guides, their pictures, their contents."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote, unquote

from balise.collection import Page
from balise.collection.page import shown
from balise.collection.tree import Node
from balise.publish.locale_site import LocaleSite
from balise.publish.site import Site

ID_LISTS = frozenset({"id", "name", "for", "aria-labelledby", "aria-controls", "aria-describedby"})
"""Attributes whose values are ids, parted by blanks."""
DROPPED = frozenset({"loading"})

TOP = "top"
"""The id of the product itself, at the beginning of the file."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header id="{top}">
<h1>{title}</h1>
{text}</header>
<nav aria-label="{contents}">
<h2>{contents}</h2>
{listed}</nav>
<main>
{guides}</main>
</body>
</html>
"""


def offline_copy(site: Site, path: str) -> str:
    """The product or universe at `path` with all guides below it. Raises OSError if one is gone."""
    urls, page = site.collection.urls, site.collection.pages[path]
    locale = site.locale(site.collection.names[path].locale)
    node = locale.tree.nodes.get(path) or Node(page)
    below = dict.fromkeys(found.page.path for found in _below(locale, node))
    texts = {path: site.content(path, _from_root).html for path in (path, *below)}
    places = {urls[path]: f"page-{number}" for number, path in enumerate(below, 1) if texts[path]}
    places[urls[path]] = TOP
    title, excerpt = locale.title(page), _excerpt(page)
    return PAGE.format(
        language=locale.language,
        title=escape(title),
        style=(files("balise.publish") / "offline.css").read_text(encoding="utf-8"),
        top=TOP,
        text=excerpt + _rewritten(site, texts[path], TOP, places),
        contents=escape(locale.words["contents"]),
        listed=_list(site, locale, node, places),
        guides="".join(
            f'<article id="{place}">\n{_head(locale, site.collection.pages[path], texts[path])}'
            f"{_rewritten(site, texts[path], place, places)}</article>\n"
            for path in below
            if (place := places.get(urls[path]))
        ),
    )


def _from_root(url: str, own: str) -> str:
    return f"/{quote(url)}"


def _below(locale: LocaleSite, node: Node) -> Iterator[Node]:
    """All that is below a page, in the order of lists."""
    for _, children in locale.grouped(node):
        for child in children:
            yield child
            yield from _below(locale, child)


def _list(site: Site, locale: LocaleSite, node: Node, places: Mapping[str, str]) -> str:
    """The contents below a page, section by section; a page that only lists others leads nowhere."""
    parts: list[str] = []
    for section, children in locale.grouped(node):
        parts.append(f"<p>{escape(section)}</p>\n" if section else "")
        parts.append("<ul>\n")
        for child in children:
            place, title = places.get(site.collection.urls[child.page.path]), escape(child.title)
            link = f'<a href="#{place}">{title}</a>' if place else title
            parts.append(f"<li>{link}{_list(site, locale, child, places)}</li>\n")
        parts.append("</ul>\n")
    return "".join(parts)


def _head(locale: LocaleSite, page: Page, html: str) -> str:
    title = "" if "<h1" in html else f"<h1>{escape(locale.title(page))}</h1>\n"
    return title + _excerpt(page)


def _rewritten(site: Site, html: str, place: str, places: Mapping[str, str]) -> str:
    rewriter = _Rewriter(site, place, places)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.parts)


def _excerpt(page: Page) -> str:
    excerpt = shown(page, "excerpt")
    return f'<p class="excerpt">{escape(excerpt)}</p>\n' if excerpt else ""


class _Rewriter(HTMLParser):
    """The HTML of a page among others in one file: its ids are its own, and its pictures part of it."""

    def __init__(self, site: Site, place: str, places: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.site = site
        self.place = place
        self.places = places
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A tag with its ids, addresses and pictures as they are in the file."""
        kept = [(key, self._value(key, value)) for key, value in attrs if key not in DROPPED]
        if tag == "a" and ("class", "lightbox") in attrs:
            kept = [("class", "lightbox")]
        if tag == "details" and ("open", None) not in kept:
            kept.append(("open", None))
        written = (f" {k}" if v is None else f' {k}="{escape(v)}"' for k, v in kept)
        self.parts.append(f"<{tag}{''.join(written)}>")

    def _value(self, key: str, value: str | None) -> str | None:
        if not value:
            return value
        if key in ID_LISTS:
            return " ".join(f"{self.place}-{name}" for name in value.split())
        if key == "href":
            return self._href(value)
        return self._picture(value) if key == "src" else value

    def _href(self, href: str) -> str:
        address, _, fragment = href.partition("#")
        if address and not address.startswith("/"):
            return href
        place = self.places.get(unquote(address[1:])) if address else self.place
        if place is None:
            site = self.site.site_url or self.site.collection.scheme.site
            return f"{site}{href[1:]}"
        return f"#{place}-{fragment}" if fragment else f"#{place}"

    def _picture(self, src: str) -> str:
        folder, _, below = unquote(src).lstrip("/").partition("/")
        path = f"{self.site.collection.root}/{below}"
        if folder != self.site.urls.folder or path not in self.site.collection.files:
            return src
        try:
            data = b64encode(Path(path).read_bytes()).decode("ascii")
        except OSError:
            return src
        return f"data:{guess_type(path)[0] or 'application/octet-stream'};base64,{data}"

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """As `handle_starttag`: what is void needs no slash."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of an element, as it is."""
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text, as it is."""
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        """A character by its name, as it is."""
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number, as it is."""
        self.parts.append(f"&#{name};")
