"""What a link means: a page and a place on it, a file, another site, or nothing that is known."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from balise.collection.collection import Collection
from balise.document import Document

SITE = "https://docs.ovh.com/"
"""Where the guides are published; an absolute link there is a link to a page of the collection."""

Kind = Literal["page", "file", "external", "unknown"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads. `path` is of a page or file; `fragment` is the id to jump to, decoded."""

    kind: Kind
    path: str = ""
    fragment: str = ""


def resolve(href: str, document: Document, collection: Collection) -> Target:
    """What `href`, as the parser gives it, means on the page `document`."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return Target("unknown")
    fragment = unquote(parts.fragment)
    if not (parts.scheme or parts.netloc) and parts.path in ("", ".", "./"):
        return _on_page(document, fragment, collection)
    page = _published(href, document, collection)
    path = collection.path_of(href, document)
    if page is None and path is not None:
        if path in collection.files:
            return Target("file", path, fragment)
        page = collection.documents.get(path)
    if page is not None:
        return _on_page(page, fragment, collection)
    return Target("external" if parts.scheme in ("http", "https") else "unknown")


def _published(href: str, document: Document, collection: Collection) -> Document | None:
    """The page whose published URL `href` is, absolute or relative to the URL of `document`."""
    own = collection.urls.get(document.path)
    absolute = urljoin(SITE + own, href) if own is not None else href
    absolute = absolute.replace("http://", "https://", 1)
    bare = absolute.partition("#")[0].partition("?")[0]
    if not bare.startswith(SITE):
        return None
    url = unquote(bare.removeprefix(SITE))
    return collection.by_url.get(url) or collection.by_url.get(f"{url}/")


def _on_page(page: Document, fragment: str, collection: Collection) -> Target:
    match = collection.resolve_anchor(page, fragment) if fragment else None
    return Target("page", page.path, match.target if match else fragment)
