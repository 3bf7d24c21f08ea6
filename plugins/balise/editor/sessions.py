"""The sessions of an editor: which collection each of its documents is in."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.base.paths import absolute_path, is_within
from balise.base.source import SourceFile
from balise.check.baseline import BASELINE_FILE, read_baseline
from balise.check.kept_traces import MARKED
from balise.check.severity import CATALOG
from balise.config import Configuration, load_configuration
from balise.editor.session import Session
from balise.workspace.discovery import PageFile, Scope, canonical_path, discover
from balise.workspace.reading import PARALLEL_FROM
from balise.workspace.store import Store

MARKDOWN = ".md"


class Home(msgspec.Struct, frozen=True):
    """Where a document belongs: the `root` of a collection, or its own path if it is in none.

    `path` is that of the document as its collection has it. A text that is in no file has no `scope`.
    """

    configuration: Configuration
    root: str
    path: str
    filed: bool = True

    @property
    def scope(self) -> Scope:
        """The pages that are judged together. Raises UserError."""
        if not self.filed:
            return Scope([PageFile(self.path, ".")])
        return discover([Path(self.root)], self.configuration, must_exist=False)

    def is_cold(self) -> bool:
        """Whether nothing is kept of a large collection: to read it takes long."""
        if self.root == self.path or Store(self.configuration.root).refusal:
            return False
        store = Store(self.configuration.root)
        known = store.blob(MARKED)
        store.close()
        return known is None and len(self.scope.pages) >= PARALLEL_FROM


class Sessions:
    """Opened when a document needs one: of a whole collection, or of a page that is in none."""

    def __init__(self) -> None:
        self._by_root: dict[str, Session] = {}
        self._homes: dict[str, Home] = {}
        self._configurations: dict[str, Configuration] = {}

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._by_root.values()))

    def of(self, path: str) -> Session | None:
        """The session that an open document is in."""
        home = self._homes.get(path)
        return self._by_root.get(home.root) if home else None

    def home(self, path: str, *, filed: bool = True) -> Home | None:
        """Where a document belongs; None of one that is neither a page nor in a collection.

        Raises UserError where its configuration cannot be read and never could.
        """
        configuration = self._configuration(Path(path).parent)
        guides = Path(absolute_path(configuration.guides))
        if not filed:
            return Home(configuration, path, path, filed=False)
        found = canonical_path(Path(path), guides)
        if guides.is_dir() and found.is_relative_to(guides):
            return Home(configuration, guides.as_posix(), found.as_posix())
        if found.suffix != MARKDOWN:
            return self._beside(found.as_posix())
        page = discover([found], configuration, must_exist=False)
        root = page.pages[0].root
        return Home(configuration, root if root in page.whole else found.as_posix(), str(found))

    def collection_of(self, folder: str) -> Home | None:
        """The collection that is configured for a folder; None if there is none. Raises UserError."""
        configuration = self._configuration(Path(folder))
        guides = absolute_path(configuration.guides)
        there = configuration.file is not None and Path(guides).is_dir()
        return Home(configuration, guides, "") if there else None

    def _beside(self, path: str) -> Home | None:
        """The home of a data file that lies beside the folder of its collection."""
        for root, session in self._by_root.items():
            beside = session.workspace.scope.folder_beside(root)
            if beside and is_within(path, beside):
                return Home(session.configuration, root, path)
        return None

    def _configuration(self, folder: Path) -> Configuration:
        """What counts for a folder; where that is broken, what counted for it the last time."""
        try:
            found = load_configuration(folder, CATALOG)
        except UserError:
            if str(folder) not in self._configurations:
                raise
            return self._configurations[str(folder)]
        self._configurations[str(folder)] = found
        return found

    def get(self, home: Home) -> Session | None:
        """The session of a home, if it is open."""
        return self._by_root.get(home.root)

    def open(self, home: Home, source: SourceFile | None = None) -> Session:
        """Open the session of a home, with the text of its document. Raises UserError."""
        given = [source] if source is not None and home.root == home.path else []
        session = Session(home.configuration, home.root, home.scope, given)
        self._by_root[home.root] = session
        return session

    def enter(self, home: Home) -> Session:
        """The session of a document from now on, which is open."""
        self._homes[home.path] = home
        return self._by_root[home.root]

    def leave(self, path: str) -> Session | None:
        """A document is closed; the session in which its file counts again."""
        home = self._homes.pop(path, None)
        if home is not None and home.root == home.path:
            self._by_root.pop(home.root, None)
            return None
        return self._by_root.get(home.root) if home else None

    def forget_outdated(self) -> None:
        """Forget the sessions whose configuration or baseline is another one. Raises UserError."""
        broken: list[str] = []
        for root, session in tuple(self._by_root.items()):
            try:
                found = load_configuration(session.configuration.root, CATALOG)
                known = read_baseline(found.root / BASELINE_FILE)
            except UserError as error:
                broken += error.lines
                continue
            if found != session.configuration or known != session.live.baseline:
                session.save()
                del self._by_root[root]
        if broken:
            raise UserError(*broken)
