"""The sessions of an editor: which collection each of its documents is in."""

from collections.abc import Iterator
from pathlib import Path

from balise.base.paths import absolute_path
from balise.base.source import SourceFile
from balise.check.severity import CATALOG
from balise.config import Configuration, load_configuration
from balise.editor.session import Session
from balise.workspace.discovery import canonical_path, discover


class Sessions:
    """Opened when a document needs one: of a whole collection, or of a page that is in none."""

    def __init__(self) -> None:
        self._by_place: dict[str, Session] = {}
        self._places: dict[str, str] = {}

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._by_place.values()))

    def of(self, path: str) -> Session | None:
        """The session that a file is in."""
        return self._by_place.get(self._places.get(path, ""))

    def open(self, source: SourceFile) -> Session | None:
        """The session of a document; None for one that is no page and no data file.

        Raises UserError where the configuration, or what it is about, cannot be read.
        """
        path = source.path
        configuration = load_configuration(Path(path).parent, CATALOG)
        place = self._place(path, configuration)
        session = self._by_place.get(place)
        if session is None and (place != path or path.endswith(".md")):
            given = [source] if place == path else []
            session = self._by_place[place] = Session(configuration, place, given)
        if session is None:
            return None
        session.lay(source)
        self._places[path] = place
        return session

    def close(self, path: str) -> None:
        """A document is closed: its file counts again."""
        session, place = self.of(path), self._places.pop(path, "")
        if session is None:
            return
        if place == path:
            del self._by_place[place]
        else:
            session.lift(path)

    def _place(self, path: str, configuration: Configuration) -> str:
        """The root of the collection that a path is in, or the path itself."""
        guides = Path(absolute_path(configuration.guides))
        if Path(path).is_relative_to(guides) and guides.is_dir():
            return guides.as_posix()
        if not path.endswith(".md"):
            return path
        scope = discover([Path(path)], configuration, must_exist=False)
        root = scope.pages[0].root
        return root if root in scope.whole else path


def document_path(path: str, configuration: Configuration) -> str:
    """The path of a document as its collection has it, whichever way symbolic links lead there."""
    return canonical_path(Path(path), Path(absolute_path(configuration.guides))).as_posix()
