"""What a feature sees: one page or data file of a collection, as it stands in the editor at the moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from balise.base.source import SourceFile
from balise.claims import Claims
from balise.collection import Collection
from balise.document import Document
from balise.refactor.backlinks import Backlinks
from balise.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class View:
    """A page or data file in a workspace, with the text that the editor has of it.

    `backlinks` are those of the whole collection; None as long as they are not known yet.
    """

    workspace: Workspace
    source: SourceFile
    backlinks: Backlinks | None = None

    @property
    def path(self) -> str:
        """The path of the page."""
        return self.source.path

    @property
    def collection(self) -> Collection:
        """The collection that the page is in."""
        workspace, path = self.workspace, self.path
        record = workspace.records.get(path)
        root = workspace.root_of_data(path) if record is None else record.root
        return workspace.collections[root or ""]

    @property
    def document(self) -> Document:
        """The facts of the page, or what is read of a data file."""
        if self.path in self.workspace.records:
            return self.workspace.facts(self.path).document
        structure = self.collection.structure
        return structure.data[structure.data_name(self.path)]

    @property
    def claims(self) -> Claims:
        """The claims of the page; a data file has none."""
        workspace, path = self.workspace, self.path
        return workspace.facts(path).claims if path in workspace.records else Claims()

    @property
    def siblings(self) -> Sequence[str]:
        """The same guide in other locales, the original first; none that is made and has no file."""
        collection, records = self.collection, self.workspace.records
        return [path for path in collection.siblings(self.path) if path in records]

    @property
    def locale(self) -> str:
        """The locale of the page; the original one where its name tells none."""
        name = self.collection.structure.names.get(self.path)
        return name.locale if name else self.collection.scheme.original
