"""A collection before and after files have moved, without any file being touched."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace as with_fields
from functools import cached_property

from msgspec.structs import replace

from balise.base.source import SourceFile
from balise.collection import Collection, Inputs, LazyMapping, Page, Structure
from balise.document import Document
from balise.refactor.file_moves import FileMoves
from balise.workspace.files import READERS
from balise.workspace.workspace import Workspace


class Outcome:
    """The collection at `root` `before` and `after` some moves, which lead from old paths to new ones."""

    def __init__(self, workspace: Workspace, files: FileMoves) -> None:
        self.workspace = workspace
        self.files = files
        self.root = files.root
        self.moves = files.moves
        self._where = {**files.moves, **files.made}
        self.before = workspace.collections[files.root]
        self._texts: dict[str, str] = {}
        self._sources: dict[str, SourceFile] = {}
        self._after: Collection | None = None

    @property
    def after(self) -> Collection:
        """The collection after the moves, with the texts that data files have been given."""
        if self._after is None:
            data = self._data()
            pages = self.before.layout.completed(self.root, self._pages, data)
            self._after = self._collection(self.before.structure, pages, data)
        return self._after

    def where(self, path: str) -> str:
        """The new path of a page or file."""
        return self._where.get(path, path)

    def was(self, path: str) -> str:
        """The old path of a page or file."""
        return self._origins.get(path, path)

    def source(self, path: str) -> SourceFile:
        """The text of a page or data file, by its old path."""
        if path not in self._sources:
            self._sources[path] = self.workspace.source(path)
        return self._sources[path]

    @property
    def own_pages(self) -> AbstractSet[str]:
        """The new paths of the pages that have files."""
        return self._pages.keys()

    def take(self, texts: Mapping[str, str]) -> None:
        """Give data files other texts, by their old paths; those that are not there yet by their new ones.

        Once it is known which pages there are after the moves, these texts must not change that.
        """
        self._texts |= texts
        if texts and self._after is not None:
            known = self._after.structure
            self._after = self._collection(known, known.inputs.pages, self._data())

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return {new: old for old, new in self._where.items()}

    @cached_property
    def _files(self) -> tuple[str, ...]:
        there = (f for f in self.before.structure.inputs.files if f not in self.files.removed)
        return tuple(sorted(map(self.where, there)))

    @cached_property
    def _pages(self) -> dict[str, Page]:
        records = self.workspace.records
        pages = (record.page for record in records.values() if record.root == self.root)
        moved = (replace(p, path=self.where(p.path)) if p.path in self.moves else p for p in pages)
        return {page.path: page for page in moved}

    def _collection(
        self, known: Structure, pages: Mapping[str, Page], data: dict[str, Document]
    ) -> Collection:
        """A collection after the moves, whose structure is as the `known` one where that can be."""
        inputs = self.before.structure.inputs
        after = Inputs(pages, self._files, data, inputs.references, inputs.origins)
        return Collection(known.like(after), LazyMapping(pages, self._document, None))

    def _data(self) -> dict[str, Document]:
        structure = self.before.structure
        found: dict[str, Document] = {}
        for name, document in structure.data.items():
            if document.path in self._texts or document.path in self.files.removed:
                continue
            if document.path in self.moves:
                path = self.where(document.path)
                found[structure.data_name(path)] = with_fields(document, path=path)
            else:
                found[name] = document
        for old, text in self._texts.items():
            path = self.where(old)
            name = structure.data_name(path)
            if kind := structure.layout.data_kind(name):
                found[name] = READERS[kind](SourceFile(path, text))
        return found

    def _document(self, path: str) -> Document:
        old = self.was(path)
        made = old not in self.workspace.records
        return Document(path, (0,), 0) if made else self.workspace.facts(old).document
