"""Fixes that give a link another address."""

import re

from balise.base.findings import Fix
from balise.base.source import Edit
from balise.collection import Collection, Target, address_like, suggest_pages
from balise.document import Link
from balise.rules.helpers.address_display import display_address

SPECIAL = re.compile(r"[\\\[\]`*_<>|]")
"""What would be markup in the text of a link."""

ABSOLUTE = ("https://", "http://", "mailto:")


def rewrite_link(link: Link, address: str, *, safe: bool, title: str | None = None) -> Fix | None:
    """A fix that replaces the link's address, if that stands in the link itself.

    `<...>` holds absolute addresses alone: with any other it becomes a link that reads `title`.
    """
    if link.address is None:
        return None
    edit = Edit(link.address, address, link.href)
    if link.kind == "autolink" and not address.startswith(ABSOLUTE):
        if not title:
            return None
        edit = Edit(link.span, written_link(title, address), link.href)
    return Fix(f"write `{display_address(address)}`", safe=safe, edits=(edit,))


def written_link(title: str, address: str) -> str:
    """A link in Markdown that reads `title`."""
    return f"[{SPECIAL.sub(_escaped, title)}]({address})"


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"


def suggest_target(
    link: Link, target: Target, page: str, collection: Collection
) -> tuple[str, Fix | None]:
    """`; did you mean ...?` with the page that the link on `page` may have meant, and a fix if it is certain."""
    found = suggest_pages(target, link.text, page, collection)
    if not found:
        return "", None
    fragment = target.written.fragment
    path = found[0].path
    if fragment and collection.anchors(path).exact(fragment) is None:
        fragment = ""
    address = address_like(target.form, page, path, fragment, collection)
    title = collection.pages[path].value("title")
    named = f"`{display_address(address)}`" + (f" (“{title}”)" if title else "")
    fix = rewrite_link(link, address, safe=False) if found[0].certain else None
    return f"; did you mean {named}?", fix
