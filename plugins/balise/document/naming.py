"""What a file's name says: `guide.fr-fr.md` is the guide of its folder, in French for France."""

import re

import msgspec

PAGE_TYPES = frozenset({"home", "universe", "product", "guide", "404"})
NAME = re.compile(r"(?:^|/)([a-z0-9]+)\.([a-z]{2})-([a-z]{2,4})\.md$")


class PageName(msgspec.Struct, frozen=True):
    """Type (`guide`, `product` ...) and locale of a page: `language` `fr` and `zone` `ca`."""

    type: str
    language: str
    zone: str

    @property
    def locale(self) -> str:
        """`fr-ca`"""
        return f"{self.language}-{self.zone}"


def page_name(path: str) -> PageName | None:
    """What the name of `path` says, or None if it is no page of a collection."""
    match = NAME.search(path)
    if match is None or match[1] not in PAGE_TYPES:
        return None
    return PageName(match[1], match[2], match[3])
