"""Which addresses can be files of a published site, and which are those of the site's own files."""

import unicodedata
from collections.abc import Mapping

MAX_NAME_BYTES = 255
"""Bytes of a name that file systems take."""
INDEX = "index.html"
"""The file of a page, in the folder of its address."""
OWN_FOLDERS = ("assets/", "pagefind/")
"""Where a site keeps its styles, its scripts and its search, from its root."""
OWN_FILES = ("_redirects", "redirects.conf", "redirects.map", "robots.txt")
"""Files in the root of a site that are not pages."""
MADE_FILES = ("404.html", "sitemap.xml")
"""Files that a site has in its root and for each locale."""
PUBLIC_HIDDEN = ".well-known/"
"""The one hidden folder that readers are served (RFC 8615)."""


def misfit_of(url: str) -> str:
    """Why no page can be at an address from the site's root, for people; empty if one can."""
    parts = [part for part in url.split("/") if part]
    if any(not part.isprintable() for part in parts):
        return "there is a character in it that cannot be seen"
    if any(len(part.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES for part in parts):
        return f"a part of it has more than {MAX_NAME_BYTES} bytes, so no file can have that name"
    if any(part.casefold() == INDEX for part in parts):
        return f"`{INDEX}` is the name of a page's own file"
    if url.casefold().startswith(OWN_FOLDERS):
        return f"`/{parts[0]}/` is where the site has its own files"
    return ""


def is_own_file(url: str) -> bool:
    """Whether a site has a file of its own at an address, or web servers read it as their settings."""
    lowered = url.casefold().rstrip("/")
    hidden = "/." in f"/{lowered}"
    return (
        lowered in OWN_FILES
        or lowered.rpartition("/")[2] in MADE_FILES
        or f"{lowered}/".startswith(OWN_FOLDERS)
        or (hidden and not lowered.startswith(PUBLIC_HIDDEN))
    )


def twins_of(pages: Mapping[str, str]) -> Mapping[str, str]:
    """Page -> another one, whose address some systems take for the same; the first by path has none.

    `pages` are those by URL. File systems of macOS and Windows do not tell upper from lower case,
    and that of macOS not how an accent is made.
    """
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for url, path in sorted(pages.items(), key=lambda item: item[1].split("/")):
        other = first.setdefault(unicodedata.normalize("NFC", url).casefold(), path)
        if other != path:
            found[path] = other
    return found
