"""How links and pages are named in findings."""

import re
from posixpath import dirname, relpath
from urllib.parse import unquote

from balise.base.findings import Fix
from balise.base.source import Edit
from balise.collection import Collection, Target, address_like, suggest_pages
from balise.document import Document, Link

SPECIAL = re.compile(r"[\\\[\]`*_<>|]")
"""What would be markup in the text of a link."""

ABSOLUTE = ("https://", "http://", "mailto:")

LONGEST = 120
"""Characters of an address that are shown."""


def shown(address: str) -> str:
    """An address as its author wrote it, cut where it is endless."""
    text = unquote(address) if address.isascii() else address
    text = text if text.isprintable() else address
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def source_of(page: Document, document: Document) -> str:
    """The path of `page` as a link on `document` would write it."""
    return relpath(f"/{page.path}", f"/{dirname(document.path)}")


def rewritten(link: Link, address: str, *, safe: bool, title: str | None = None) -> Fix | None:
    """A fix that replaces the link's address, if that stands in the link itself.

    `<...>` holds absolute addresses alone: with any other it becomes a link that reads `title`.
    """
    if link.address is None:
        return None
    edit = Edit(link.address, address)
    if link.kind == "autolink" and not address.startswith(ABSOLUTE):
        if not title:
            return None
        edit = Edit(link.span, f"[{SPECIAL.sub(_escaped, title)}]({address})")
    return Fix(f"write `{shown(address)}`", safe=safe, edits=(edit,))


def _escaped(character: re.Match[str]) -> str:
    return f"\\{character[0]}"


def suggested(
    link: Link, target: Target, document: Document, collection: Collection
) -> tuple[str, Fix | None]:
    """`; did you mean ...?` with the page that may have been meant, and a fix where it is certain."""
    found = suggest_pages(target, link.text, document, collection)
    if not found:
        return "", None
    fragment = target.written.fragment
    page = found[0].page
    if fragment and collection.anchors(page).exact(fragment) is None:
        fragment = ""
    address = address_like(target.form, document, page, fragment, collection)
    title = page.value("title")
    named = f"`{shown(address)}`" + (f" (“{title}”)" if title else "")
    fix = rewritten(link, address, safe=False) if found[0].certain else None
    return f"; did you mean {named}?", fix
