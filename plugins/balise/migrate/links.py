"""The links of a page, written as the new layout has them; each leads where it led."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from balise.base.source import Edit, Span
from balise.collection import TOP, Collection, Target, find_picture, resolve
from balise.collection.rewrite import SAFE, source_path
from balise.document import Document, Image, Link
from balise.migrate.model import Loss
from balise.migrate.pages import Successors

KEY = "/links/"
ROOT = "/pages/"
OWN_PLACE = ("anchor", "empty")
"""Forms of links that say nothing of where their page is."""
DEAD = "a link leads elsewhere or nowhere"


class LinkingPage(NamedTuple):
    """A page of the collection `old` that is at `new_path` in the collection `new`, and its text."""

    path: str
    new_path: str
    text: str
    old: Collection
    new: Collection
    successors: Successors


class Rewritten(msgspec.Struct):
    """The edits of a page; how often a form of link became another one; links that are lost."""

    edits: list[Edit] = []
    forms: list[tuple[str, str]] = []
    losses: list[Loss] = []


def rewrite_links(page: LinkingPage, document: Document) -> Rewritten:
    """What to write in place of the addresses on a page."""
    made = Rewritten()
    for link in document.links:
        target = resolve(link.href, page.path, page.old)
        _rewrite(page, link, target, made)
    if page.new_path != page.path:
        for image in document.images:
            made.edits += _moved_picture(page, image)
    made.edits = list(dict.fromkeys(made.edits))
    return made


def keys_named(document: Document, old: Collection) -> Iterator[str]:
    """The keys of addresses on a page that need a file in `links`."""
    for link in document.links:
        target = resolve(link.href, document.path, old)
        written = target.written
        if written.form == "key" and target.kind != "missing":
            yield written.rest
        elif _is_bare_key(target):
            yield written.name


def _rewrite(page: LinkingPage, link: Link, target: Target, made: Rewritten) -> None:
    to_page = target.kind == "page" and target.form not in OWN_PLACE
    found: str | None = link.href
    if to_page:
        wanted = _Wanted(page, target)
        written = link.address is not None
        candidates = _to_page(page, link, target, wanted) if written else [link.href]
        found = next((address for address in candidates if wanted.is_met(address)), None)
    elif target.kind == "external" and target.form == "variable":
        found = KEY + target.written.name if _is_bare_key(target) else target.address
    elif target.kind == "file" and target.form == "relative" and page.new_path != page.path:
        found = _from_root(page, target.path, target.fragment)
    if found is None:
        made.losses.append(Loss(DEAD, page.path, link.href))
    elif found != link.href and link.address is not None:
        made.edits.append(_edit(page.text, link, link.address, found, to_page))
        made.forms.append((target.form, _form(found)))


class _Wanted:
    """Where a link has to lead in the new collection."""

    def __init__(self, page: LinkingPage, target: Target) -> None:
        self.page = page
        self.fragment = target.written.fragment or _of_redirect(target)
        named = "" if self.fragment.casefold() in TOP else self.fragment
        successors = page.successors
        self.path = (successors.of_text if named else successors.of_list)(target.path)
        self.place = (target.fragment, target.dead_anchor)
        self.is_lent = bool(target.fallback_locale)

    def is_met(self, href: str) -> bool:
        """Whether an address leads there, to the same place.

        What another locale had lent may be there in the one that the link asks for.
        """
        new = self.page.new
        found = resolve(href, self.page.new_path, new)
        if found.kind != "page" or (found.fragment, found.dead_anchor) != self.place:
            return False
        same = self.is_lent and new.folder(found.path) == new.folder(self.path)
        return found.path == self.path or (same and not found.fallback_locale)


def _of_redirect(target: Target) -> str:
    """The fragment that a redirect, or the address behind a key, adds to a link without one."""
    return target.fragment if target.found_by == "redirect" or target.form == "key" else ""


def _to_page(page: LinkingPage, link: Link, target: Target, wanted: _Wanted) -> Iterator[str]:
    """What may be written for a link to a page, the best first."""
    new, path = page.new, wanted.path
    name = new.names[path]
    raw = link.href.partition("#")[2]
    mark = f"#{raw or quote(wanted.fragment, safe=SAFE)}" if wanted.fragment or raw else ""
    if target.form in ("key", "folder"):
        yield link.href
    if link.kind != "autolink":
        if name.type == "guide":
            yield f"{ROOT}{quote(new.folder(path), safe=SAFE)}{mark}"
        elif name.type == "product":
            yield f"/{quote(new.folder(path), safe=SAFE)}{mark}"
        if target.form == "relative" and name.type in ("guide", "404"):
            if page.new_path == page.path:
                yield link.href
            yield source_path(page.new_path, path) + mark
    yield new.scheme.site + quote(new.urls[path], safe=SAFE) + mark


def _is_bare_key(target: Target) -> bool:
    written = target.written
    named = written.form == "variable" and not (written.rest.strip("/") or written.fragment)
    return named and target.kind == "external"


def _edit(text: str, link: Link, place: Span, address: str, to_page: bool) -> Edit:
    """Put an address in the place of that of a link; a fragment stays as it is written."""
    raw = text[place.start : place.end]
    at = raw.find("#")
    bare, _, fragment = address.partition("#")
    if to_page and at >= 0 and fragment and "&#" not in raw:
        return Edit(Span(place.start, place.start + at), bare, link.href)
    return Edit(place, address, link.href)


def _moved_picture(page: LinkingPage, image: Image) -> Iterator[Edit]:
    """The address of a picture from the root, where it counted from the folder of the page."""
    found = find_picture(image.src, page.path, page.old)
    if found.kind == "file" and image.address and not image.src.startswith("/"):
        yield Edit(image.address, _from_root(page, found.path, ""), image.src)


def _from_root(page: LinkingPage, path: str, fragment: str) -> str:
    mark = f"#{quote(fragment, safe=SAFE)}" if fragment else ""
    return f"{ROOT}{quote(page.old.relative(path), safe=SAFE)}{mark}"


def _form(address: str) -> str:
    """What kind of address was written, for people."""
    starts = {ROOT: "/pages/", "/products/": "/products/", KEY: KEY, "http": "absolute"}
    return next((name for start, name in starts.items() if address.startswith(start)), "relative")
