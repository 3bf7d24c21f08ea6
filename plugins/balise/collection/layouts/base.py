"""What a layout is: the one place that knows how a collection is put together from its files."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar, Literal, Protocol

import msgspec

from balise.collection.page import Page
from balise.document import Document, PageName

DataKind = Literal["yaml", "redirects", "index", "links", "api"]
"""How a data file is read; see `read_data` and its like in `document/`."""


class Pages(Protocol):
    """What a layout sees of a collection: its pages, by path, and its data files, by name."""

    @property
    def pages(self) -> Mapping[str, Page]:
        """All pages, published or not."""

    @property
    def names(self) -> Mapping[str, PageName]:
        """What the paths say, of those that can be published."""

    @property
    def folders(self) -> Mapping[str, Mapping[tuple[str, str], str]]:
        """Folder, from the collection's root, -> type and locale -> its page."""

    @property
    def data(self) -> Mapping[str, Document]:
        """The data files that are there."""

    def folder(self, path: str) -> str:
        """The folder of a path, from the collection's root."""


class Place(msgspec.Struct, frozen=True):
    """Where a page is shown: below its `parent`, a path or empty for the home, in one of its sections.

    Of several places of a page the first that is its `own` is the way down to it, else the first.
    """

    path: str
    parent: str = ""
    section: str = ""
    own: bool = False


class Layout(ABC):
    """How a collection is laid out. It has no state, and reads no file.

    `key_table` is where addresses stand by key. `beside` is the name of a folder beside the collection's own, all of whose files are data files;
    `in_folders` are the names of data files that each folder of a page may have; `markdown` those in
    the root that would be pages elsewhere. `shared` are the folders in the root whose pictures are for all pages.
    """

    name: ClassVar[str]
    key_table: ClassVar[str]
    beside: ClassVar[str] = ""
    in_folders: ClassVar[tuple[str, ...]] = ()
    markdown: ClassVar[frozenset[str]] = frozenset()
    shared: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def is_root(self, names: AbstractSet[str]) -> bool:
        """Whether a folder with files of these `names` is the root of a collection in this layout."""

    def is_mark(self, name: str) -> bool:
        """Whether a file of this name, in any folder, tells that there is a collection in this layout."""
        return name in self.in_folders

    @abstractmethod
    def data_kind(self, name: str) -> DataKind | None:
        """How a file is read as a data file, by its path from the collection's root; None if it is none."""

    def completed(
        self, root: str, pages: dict[str, Page], data: Mapping[str, Document]
    ) -> dict[str, Page]:
        """The pages of the collection at `root` with what the data files say of them, and those they make."""
        return pages

    @abstractmethod
    def places(self, collection: Pages, locale: str) -> Iterable[Place]:
        """Where the pages of a locale are shown, in order; of hidden ones, where they would be."""

    @abstractmethod
    def sections(self, page: Page) -> Sequence[str]:
        """The sections that a page gives an order to; others are behind them."""

    @abstractmethod
    def address_of(self, folder: str, type_: str) -> str:
        """How authors write a link to the page of a folder in their own locale; empty for its path."""

    @abstractmethod
    def products(self, collection: Pages) -> Mapping[str, str]:
        """What stands behind `/products/` -> the folder of the product."""

    @abstractmethod
    def keyed_addresses(self, collection: Pages) -> Mapping[str, Mapping[str, str]]:
        """What stands behind `/links/` -> locale -> address; the locale `` is for all others."""
