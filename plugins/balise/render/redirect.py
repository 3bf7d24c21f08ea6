"""Redirects as files: a page for each old address, beside the tables for web servers."""

import json
from collections.abc import Container, Mapping
from html import escape
from urllib.parse import quote

from balise.collection import Collection, Destination
from balise.collection.page import shown
from balise.collection.site_names import MAX_NAME_BYTES
from balise.document import page_name
from balise.render.page import relative_address
from balise.render.redirect_tables import redirect_tables
from balise.render.words import interface_words

RESERVED = "%/:=&?~#+!,;'@()*[]"
"""What stays in an address of another site, which is encoded already (RFC 3986, section 2.2); but
`$`, which begins a variable in every table."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{href}">
<meta http-equiv="refresh" content="0; url={href}">
<script>location.replace({script} + (location.hash || {fragment}))</script>
</head>
<body>
<p>{moved} <a href="{href}{hash}">{title}</a></p>
</body>
</html>
"""


def redirect_files(
    collection: Collection, base: str, pages: Container[str] | None = None
) -> Mapping[str, str]:
    """Path of every file, from the site's root, -> its text.

    `base` is the path of the site on its server, with a `/` at both ends; `pages` are the URLs of
    the pages that are published, all of the collection without it. Nothing is made where there is
    no redirect; one from an address that no file can have is in the tables alone.
    """
    there = collection.by_url if pages is None else pages
    redirects = {
        source: end
        for source, end in sorted(collection.redirect_ends.items())
        if _counts(end, there)
    }
    if not redirects:
        return {}
    files = {
        _file(source): _page(source, end, collection)
        for source, end in redirects.items()
        if _can_be_file(source)
    }
    new = {source: _address(end, base) for source, end in redirects.items()}
    return {**files, **redirect_tables(new, collection.by_url, base)}


def redirect_page(collection: Collection, url: str, pages: Container[str]) -> str | None:
    """The one of these files that a server gives for `url`, decoded; None if there is none."""
    for source in (url, f"{url}index.html") if url.endswith("/") else (url,):
        end = collection.redirect_ends.get(source)
        if end is not None and _counts(end, pages) and _can_be_file(source):
            return _page(source, end, collection)
    return None


def _counts(end: Destination, pages: Container[str]) -> bool:
    return end.external or end.target in pages


def _can_be_file(source: str) -> bool:
    return all(len(name.encode()) <= MAX_NAME_BYTES for name in source.split("/"))


def _file(source: str) -> str:
    return f"{source}index.html" if source.endswith("/") else source


def _address(end: Destination, base: str) -> str:
    fragment = f"#{quote(end.fragment)}" if end.fragment else ""
    if end.external:
        return quote(end.target, safe=RESERVED)
    return base + quote(end.target) + fragment


def _page(source: str, end: Destination, collection: Collection) -> str:
    path = collection.by_url.get(end.target)
    target = collection.pages[path] if path else None
    name = page_name(path) if path else None
    language = name.language if name else "en"
    href = end.target if end.external else relative_address(end.target, source)
    fragment = f"#{quote(end.fragment)}" if end.fragment else ""
    return PAGE.format(
        language=language,
        title=escape((shown(target, "title") if target else "") or end.target),
        href=escape(href),
        hash=escape(fragment),
        script=_in_script(href),
        fragment=_in_script(fragment),
        moved=escape(interface_words(language)["moved"]),
    )


def _in_script(text: str) -> str:
    """`text` as a string of JavaScript that cannot end the script around it."""
    return json.dumps(text).replace("<", "\\u003c")
