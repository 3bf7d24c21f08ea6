"""Where a link leads: the types of the answer, and the answers that all dialects share."""

from typing import Literal

import msgspec

from balise.collection.anchors import AnchorMatch
from balise.collection.collection import Collection
from balise.collection.forms import Address, Form

Kind = Literal["page", "file", "external", "missing", "unknown"]
FoundBy = Literal["direct", "number", "redirect", "other-slug"]
Reason = Literal[
    "no-page", "no-file", "no-number", "no-folder", "no-product", "no-key", "outside", "malformed",
    "empty", "script", "local",
]  # fmt: skip

TOP = frozenset({"", "top"})
"""Fragments that every browser takes for the top of the page (HTML Living Standard, 7.4.6.4)."""


class Target(msgspec.Struct, frozen=True):
    """Where a link leads.

    `path` is of the page or file. `fragment`, decoded, is the id to jump to, as written where it
    means nothing; `anchor` is what it means there. `found_by` is how the page was found; `fallback_locale` is
    the locale that the link asks for, where that has no such page and another lends its own. `address` is the one of an
    `external` target, and of a `missing` one what was looked for: a URL from the site's root, a
    path, a number, a key. `unknown` is what only the rest of the collection could tell.
    """

    kind: Kind
    written: Address
    path: str = ""
    fragment: str = ""
    anchor: AnchorMatch | None = None
    found_by: FoundBy = "direct"
    fallback_locale: str = ""
    address: str = ""
    reason: Reason | None = None

    @property
    def form(self) -> Form:
        """How the link is written."""
        return self.written.form

    @property
    def dead_anchor(self) -> bool:
        """Whether the page is there, but not the place on it."""
        top = self.fragment.casefold() in TOP
        return self.kind == "page" and not top and self.anchor is None


def on_page(path: str, link: Address, collection: Collection) -> Target:
    """The place on the page at `path` that a link names."""
    if link.fragment.casefold() in TOP:
        return Target("page", link, path, link.fragment)
    anchor = collection.resolve_anchor(path, link.fragment)
    return Target("page", link, path, anchor.target if anchor else link.fragment, anchor)
