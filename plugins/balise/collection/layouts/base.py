"""What a layout is: the one place that knows how a collection is put together from its files."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar, Literal, Protocol

import msgspec

from balise.collection.page import Page
from balise.document import Document, PageName

DataKind = Literal["yaml", "redirects"]
"""How a data file is read; see `document/data.py`."""


class Pages(Protocol):
    """What a layout sees of a collection: its pages, by path, and its data files, by name."""

    @property
    def pages(self) -> Mapping[str, Page]:
        """All pages, published or not."""

    @property
    def names(self) -> Mapping[str, PageName]:
        """What the paths say, of those that can be published."""

    @property
    def data(self) -> Mapping[str, Document]:
        """The data files that are there."""

    def folder(self, path: str) -> str:
        """The folder of a path, from the collection's root."""


class Place(msgspec.Struct, frozen=True):
    """Where a page is shown: below its `parent`, a path or empty for the home, in one of its sections.

    The first place of a page is its own: the way down to it.
    """

    path: str
    parent: str = ""
    section: str = ""


class Layout(ABC):
    """How a collection is laid out. It has no state, and reads no file."""

    name: ClassVar[str]

    @abstractmethod
    def is_root(self, names: AbstractSet[str]) -> bool:
        """Whether a folder with files of these `names` is the root of a collection in this layout."""

    @abstractmethod
    def places(self, collection: Pages, locale: str) -> Iterable[Place]:
        """Where the pages of a locale are shown, in order; of hidden ones, where they would be."""

    @abstractmethod
    def sections(self, page: Page) -> Sequence[str]:
        """The sections that a page gives an order to; others are behind them."""

    @abstractmethod
    def products(self, collection: Pages) -> Mapping[str, str]:
        """What stands behind `/products/` -> the folder of the product."""

    @abstractmethod
    def keyed_addresses(self, collection: Pages) -> Mapping[str, Mapping[str, str]]:
        """What stands behind `/links/` -> locale -> address; the locale `` is for all others."""
