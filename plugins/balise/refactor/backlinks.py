"""Where each page, picture and anchor is named: the links of a collection, the other way round."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from balise.base.source import Span
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

UseKind = Literal["link", "picture", "include"]


class Use(msgspec.Struct, frozen=True, array_like=True):
    """A place that names a page or file of the collection.

    `span` is of the whole construct; `target` is the path that it leads to, `fragment` the id on
    that page, as of a `Target`, empty for none.
    """

    path: str
    span: Span
    kind: UseKind
    target: str
    fragment: str = ""


class Backlinks:
    """The uses of all pages and files, by what they name."""

    @classmethod
    def load(cls, store: Store | None) -> "Backlinks":
        """Those that are kept in a store; `renew` makes them those of a workspace."""
        raise NotImplementedError

    def renew(self, workspace: Workspace) -> None:
        """Take the links of all pages whose text, or whatever their links went by, is different."""
        raise NotImplementedError

    def save(self, workspace: Workspace) -> None:
        """Keep them in the store of a workspace."""
        raise NotImplementedError

    def of(self, path: str) -> Sequence[Use]:
        """The uses of a page or file, in the order of the pages and the places on them."""
        raise NotImplementedError

    def on(self, path: str) -> Iterator[Use]:
        """The uses that stand on a page."""
        raise NotImplementedError
