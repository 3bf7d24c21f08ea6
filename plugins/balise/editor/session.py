"""A collection in memory, with the unsaved texts of an editor laid over its files."""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from pathlib import Path

from balise.base.digests import digest_of
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile
from balise.check.live import LiveCheck
from balise.check.pipeline import CheckSettings
from balise.check.report import Report
from balise.config import Configuration
from balise.editor.view import View
from balise.refactor.backlinks import Backlinks
from balise.workspace.discovery import discover, is_page_path
from balise.workspace.reading import ReadOptions
from balise.workspace.sources import source_of
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded


class Session:
    """The pages and data files at `place`, a folder or a file, by a configuration.

    `given` are texts of pages that an editor has already. Used by one thread. Raises UserError.
    """

    def __init__(
        self, configuration: Configuration, place: str, given: Iterable[SourceFile] = ()
    ) -> None:
        self.configuration = configuration
        self.place = place
        self.unsaved = {source.path: source for source in given}
        self.backlinks: Backlinks | None = None
        self.known: Mapping[str, Sequence[Finding]] | None = None
        settings = CheckSettings.of(configuration)
        with no_garbage_collection():
            scope = discover([Path(place)], configuration, must_exist=False)
            store = Store(configuration.root) if place in scope.whole else None
            translations = settings.translations(configuration.config)
            workspace = Workspace.open(
                scope,
                configuration.config.urls,
                None if store is None or store.refusal else store,
                ReadOptions(1, translations=translations),
                [source for path, source in self.unsaved.items() if path == place],
            )
            self.root = scope.pages[0].root if scope.pages else place
            self.live = LiveCheck(configuration, settings, workspace, self.source)

    @property
    def workspace(self) -> Workspace:
        """The collection as it is at the moment."""
        return self.live.workspace

    def source(self, path: str) -> SourceFile | None:
        """The text of a page or data file, as the editor or its file has it."""
        return self.unsaved.get(path) or source_of(path)

    def has(self, path: str) -> bool:
        """Whether a path is that of a page or data file of the collection."""
        return path in self.workspace.records or self.workspace.root_of_data(path) is not None

    def view(self, path: str) -> View | None:
        """A page or data file as it stands at the moment; None where it is none of these."""
        source = self.source(path) if self.has(path) else None
        return None if source is None else View(self.workspace, source, self.backlinks)

    # What an editor does

    def lay(self, source: SourceFile) -> None:
        """Lay a text over its file, or over nothing where there is none yet."""
        before = self.unsaved.get(source.path)
        self.unsaved[source.path] = source
        if before is not None and before.text == source.text:
            return
        if before is None and self._is_as_read(source):
            return
        with no_garbage_collection():
            if self.has(source.path):
                self.live.workspace = self.workspace.with_texts([source])
            elif is_page_path(source.path, self.configuration):
                self.live.workspace = self.workspace.with_page(self.root, source)

    def _is_as_read(self, source: SourceFile) -> bool:
        """Whether a text is that of its file, which has been read."""
        data = encoded(source.text, has_bom=source.has_bom)
        return digest_of(data) == self.workspace.digest(source.path)

    def lift(self, path: str) -> None:
        """Let the file of a text count again."""
        if self.unsaved.pop(path, None) is not None:
            with no_garbage_collection():
                self.live.workspace = self.workspace.without_text(self.root, path)

    # What is wrong

    def report(self, paths: Collection[str]) -> Report:
        """What is wrong with some pages and data files."""
        with no_garbage_collection():
            return self.live.report(paths)

    def steps(self) -> Generator[None, None, set[str]]:
        """Check everything, in steps; the paths of which something else is found than before."""
        found = yield from self.live.steps()
        known = self.known
        self.known = found
        self.live.forget()
        if known is None:
            return set()
        return {path for path in {*found, *known} if found.get(path) != known.get(path)}

    def close(self) -> None:
        """Keep what was read and found for the next time."""
        self.live.save()
