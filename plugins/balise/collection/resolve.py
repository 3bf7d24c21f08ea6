"""What a link means: a page and a place on it, a file, another site, or nothing, and why."""

import re
from urllib.parse import unquote, urljoin

from msgspec.structs import replace

from balise.collection.collection import Collection
from balise.collection.forms import Address, read_address
from balise.collection.github_links import resolve_plain
from balise.collection.keys import address_of_key
from balise.collection.page import shown
from balise.collection.targets import Kind, Reason, Target, on_page

SLASHES = re.compile(r"/{2,}")
"""Web servers take several slashes for one."""


def title_of(target: Target, collection: Collection) -> str:
    """What a link without text reads: the heading that it leads to, or the title of the page."""
    if target.anchor and target.anchor.heading:
        return target.anchor.heading.text
    page = collection.pages.get(target.path)
    return shown(page, "title") if page and not target.dead_anchor else ""


def resolve(href: str, page: str, collection: Collection, *, html: bool = False) -> Target:
    """What `href`, as the parser gives it, means on the page at `page`. No file is read for it.

    `html` says that it stands in raw HTML, which site generators leave as it is.
    """
    if collection.plain:
        target = resolve_plain(href, page, collection, html=html)
    else:
        target = _resolve(href, page, collection)
    if target.kind == "missing" and _is_generated(target, page, collection):
        return replace(target, kind="unknown")
    return target


def _is_generated(target: Target, page: str, collection: Collection) -> bool:
    """Whether the path that a link names is one of what other tools make."""
    path = collection.joined(target.written.rest, page) if target.written.rest else target.path
    return bool(path) and collection.generated.has_page(path)


def _resolve(href: str, page: str, collection: Collection) -> Target:
    link = read_address(href, collection.scheme)
    match link.form:
        case "empty":
            return Target("missing", link, reason="empty")
        case "anchor":
            return on_page(page, link, collection)
        case "malformed" if _is_there(href, page, collection):
            return _by_path(href, Address("relative", href), page, collection)
        case "malformed" | "script" | "local":
            return Target("missing", link, address=link.mended, reason=link.form)
        case "external" | "other-scheme":
            return Target("external", link, address=href)
        case "relative" | "rooted":
            return _by_path(href, link, page, collection)
        case "published":
            return _by_url(link.rest, link, page, collection)
        case "variable" | "key":
            return _by_key(href, link, page, collection)
        case "number" | "number-address":
            return _by_number(href, link, page, collection)
        case "article":
            path = collection.articles.get(link.rest)
            return (
                on_page(path, link, collection) if path else Target("external", link, address=href)
            )
        case "folder" | "product":
            return _by_folder(href, link, page, collection)


def _is_there(href: str, page: str, collection: Collection) -> bool:
    """Whether what looks like a slip is the path of a page or file all the same."""
    path = collection.joined(href, page)
    return path in collection.pages or path in collection.files


def _missing(link: Address, address: str, reason: Reason, collection: Collection) -> Target:
    kind: Kind = "missing" if collection.whole else "unknown"
    return Target(kind, link, address=address, reason=reason)


def _locale(page: str, collection: Collection) -> str:
    name = collection.names.get(page)
    return name.locale if name else (*collection.scheme.fallbacks, collection.scheme.original)[0]


def _by_path(href: str, link: Address, page: str, collection: Collection) -> Target:
    """A path to a file, or an address relative to the page's own."""
    path = collection.joined(link.rest, page)
    if path in collection.pages:
        return on_page(path, link, collection)
    if path in collection.files and not (path.endswith(".md") and collection.whole):
        return Target("file", link, path, link.fragment)
    own = collection.urls.get(page)
    if own is not None and "{" not in href and "%7B" not in href.upper():
        base = collection.scheme.site
        absolute = read_address(urljoin(base + own, href), collection.scheme)
        if absolute.form == "published":
            found = _by_url(absolute.rest, link, page, collection)
            if found.kind not in ("missing", "unknown"):
                return found
    if not collection.contains(path):
        return _missing(link, path, "outside", collection)
    if own is not None and not _names_file(link.rest):
        return _missing(link, link.rest, "no-page", collection)
    return Target("missing", link, address=path, reason="no-file")


def _names_file(path: str) -> bool:
    name = path.rstrip("/").rpartition("/")[2]
    return not path.endswith("/") and "." in name.strip(".")


def _by_url(url: str, link: Address, page: str, collection: Collection) -> Target:
    url = SLASHES.sub("/", url.partition("?")[0])
    for form in (url, f"{url}/"):
        if path := collection.by_url.get(form):
            return on_page(path, link, collection)
    for form in (url, f"{url}/"):
        if redirect := collection.redirect_ends.get(form):
            if redirect.external:
                return Target("external", link, address=redirect.target, found_by="redirect")
            fragment = link.fragment or redirect.fragment
            path = collection.by_url[redirect.target]
            return replace(
                on_page(path, replace(link, fragment=fragment), collection),
                written=link,
                found_by="redirect",
            )
    if found := _other_slug(url if url.endswith("/") else f"{url}/", collection):
        path, fallback = found
        return replace(
            on_page(path, link, collection), found_by="other-slug", fallback_locale=fallback
        )
    return _missing(link, url, "no-page", collection)


def _other_slug(url: str, collection: Collection) -> tuple[str, str] | None:
    """The page that has this address but for the locale in front: a slug that was not translated.

    In the locale that the address asks for if it is there, else in the best one that is (the fallback).
    """
    locale = collection.locale_of(url)
    if locale is None:
        return None
    prefix = next(p for p, found in collection.locales.items() if found == locale)
    paths = collection.by_slugs.get(url.removeprefix(prefix), ())
    folders = {collection.folder(path) for path in paths}
    if len(folders) != 1 or not url.removeprefix(prefix):
        return None
    path = collection.in_locale(folders.pop(), locale, collection.names[paths[0]].type)
    return (path, _fallback(path, locale, collection)) if path else None


def _fallback(path: str, locale: str, collection: Collection) -> str:
    """The locale asked for, if the page at `path` is in another one."""
    return "" if collection.names[path].locale == locale else locale


def _by_key(href: str, link: Address, page: str, collection: Collection) -> Target:
    key = link.name or link.rest
    locale = _locale(page, collection)
    address = address_of_key(key, locale, collection.keyed_addresses)
    if address is None:
        return _missing(link, key, "no-key", collection)
    if link.name:
        address = address.rstrip("/") + "/" + link.rest.lstrip("/") if link.rest else address
    if link.fragment:
        address += f"#{link.fragment}"
    there = read_address(address, collection.scheme)
    if there.form in ("empty", "malformed", "script", "local"):
        return _missing(link, key, "no-key", collection)
    if there.form == "published":
        return replace(_by_url(there.rest, there, page, collection), written=link)
    return Target("external", link, address=address)


def _by_number(href: str, link: Address, page: str, collection: Collection) -> Target:
    locale = _locale(page, collection)
    paths = collection.numbers.get(link.rest, ())
    if not paths and link.form == "number-address":
        return Target("external", link, address=href)
    if not paths:
        return _missing(link, link.rest, "no-number", collection)
    names = collection.names
    path = next((p for p in paths if names[p].locale == locale), None)
    if path is None:
        path = collection.in_locale(collection.folder(paths[0]), locale, names[paths[0]].type)
    path = path or paths[0]
    fallback = _fallback(path, locale, collection)
    return replace(on_page(path, link, collection), found_by="number", fallback_locale=fallback)


def _by_folder(href: str, link: Address, page: str, collection: Collection) -> Target:
    folder = link.rest
    if link.form == "product":
        folder = collection.products.get(link.rest, "")
    locale = _locale(page, collection)
    path = collection.in_locale(folder, locale, "product" if link.form == "product" else "")
    if path is not None and folder:
        fallback = _fallback(path, locale, collection)
        return replace(on_page(path, link, collection), fallback_locale=fallback)
    reason: Reason = "no-folder" if link.form == "folder" else "no-product"
    file = collection.joined(unquote(href.partition("#")[0].partition("?")[0]), page)
    if file in collection.files and file not in collection.pages:
        return Target("file", link, file, link.fragment)
    return _missing(link, link.rest, reason, collection)
