"""The links and pictures of a built site that lead nowhere, found by reading its HTML alone."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from tests.helpers.elements import Element, elements

PUBLISHED = "https://docs.ovh.com/"
"""Where the guides were published: a link there that is left in the HTML leads out of the site."""


@dataclass(frozen=True)
class DeadLink:
    """A link (`text` is what a reader sees of it) or picture on a page of the site."""

    page: str
    address: str
    text: str


def dead_links(site: Path) -> list[DeadLink]:
    """Every link and picture of every page whose target is not in the folder `site`."""

    @cache
    def anchors(path: str) -> frozenset[str]:
        found = elements((site / path).read_text(encoding="utf-8"))
        names = {e.attributes.get("id") for e in found}
        names |= {e.attributes.get("name") for e in found if e.tag == "a"}
        return frozenset(name for name in names if name)

    dead: list[DeadLink] = []
    for file in sorted(site.rglob("*.html")):
        page = file.relative_to(site).as_posix()
        for element, address in _addresses(file):
            if not _leads_somewhere(address, page, site, anchors):
                dead.append(DeadLink(page, address or "", element.text))
    return dead


def _addresses(file: Path) -> Iterator[tuple[Element, str | None]]:
    for element in elements(file.read_text(encoding="utf-8")):
        if element.tag == "a" and not {"id", "name"} & set(element.attributes):
            yield element, element.attributes.get("href")
        elif element.tag == "a" and "href" in element.attributes:
            yield element, element.attributes["href"]
        elif element.tag == "img":
            yield element, element.attributes.get("src")


def _leads_somewhere(address: str | None, page: str, site: Path, anchors: object) -> bool:
    if not address or address.startswith(PUBLISHED):
        return False
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    shown_anywhere = page.rpartition("/")[2] == "404.html"
    base = "" if shown_anywhere and parts.path.startswith("/") else dirname(page)
    path = normpath(
        join(base, unquote(parts.path).lstrip("/") if not base else unquote(parts.path))
    )
    if not parts.path:
        path = page
    elif parts.path.endswith("/") or (site / path).is_dir():
        path = normpath(join(path, "index.html"))
    if path.startswith("..") or not (site / path).is_file():
        return False
    fragment = unquote(parts.fragment)
    if not path.endswith(".html") or fragment in ("", "top", "__top") or fragment.startswith("__"):
        return True
    return fragment in anchors(path)  # type: ignore[operator]


if __name__ == "__main__":
    for link in dead_links(Path(sys.argv[1])):
        print(f"{link.page}: {link.text!r} -> {link.address}")  # noqa: T201
