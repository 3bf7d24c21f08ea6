"""How addresses and pages are named in findings."""

from posixpath import dirname, relpath
from urllib.parse import unquote

MAX_SHOWN = 120
"""Characters of an address that are shown."""


def display_address(address: str) -> str:
    """An address as its author wrote it, cut where it is endless."""
    text = unquote(address) if address.isascii() else address
    text = text if text.isprintable() else address
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def relative_source(path: str, page: str) -> str:
    """The path of a file as a link on the page at `page` would write it."""
    return relpath(f"/{path}", f"/{dirname(page)}")
