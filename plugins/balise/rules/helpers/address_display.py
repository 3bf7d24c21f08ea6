"""How addresses and pages are named in findings."""

from posixpath import dirname, relpath
from urllib.parse import unquote

from balise.document import Document

LONGEST = 120
"""Characters of an address that are shown."""


def display_address(address: str) -> str:
    """An address as its author wrote it, cut where it is endless."""
    text = unquote(address) if address.isascii() else address
    text = text if text.isprintable() else address
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def relative_source(page: Document, document: Document) -> str:
    """The path of `page` as a link on `document` would write it."""
    return relpath(f"/{page.path}", f"/{dirname(document.path)}")
