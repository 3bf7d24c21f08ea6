"""What an editor has open, and the collections that it is in, each with the texts of the moment."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile
from balise.editor.documents import OpenDocument
from balise.editor.session import Session
from balise.editor.sessions import Home, Sessions
from balise.editor.settings import Settings
from balise.editor.view import View
from balise.refactor.model import Refactoring
from balise.workspace.sources import source_of

K = TypeVar("K")
V = TypeVar("V")

LARGEST = 1_000_000
"""Characters of a text that can be checked while somebody types."""


class Desk:
    """The open documents, by path, and their sessions.

    `say` is handed a line for people, `warn` one about something that they have to mend. `opened`
    is called when a collection is there that took long to be read.
    """

    def __init__(self, say: Callable[[str], None], warn: Callable[[str], None]) -> None:
        self.say = say
        self.warn = warn
        self.opened: Callable[[], None] = lambda: None
        self.settings = Settings()
        self.documents: dict[str, OpenDocument] = {}
        self.sessions = Sessions()
        self.opening: dict[str, asyncio.Task[None]] = {}
        self.homes: dict[str, Home] = {}
        self._closed: list[tuple[Session, str]] = []
        self._said: set[str] = set()

    # Documents

    def prepare(self, folders: Iterable[str]) -> None:
        """Open the collections that are configured for some folders, before anybody asks."""
        for folder in folders:
            try:
                home = self.sessions.collection_of(folder)
                if home is not None:
                    self._session(home)
            except UserError as error:
                self.warn_once(*error.lines)

    def open(self, document: OpenDocument) -> str:
        """A document is open from now on; the path by which it is known."""
        try:
            home = self.sessions.home(document.path, filed=document.filed)
        except UserError as error:
            self.warn_once(*error.lines)
            home = None
        if home is not None:
            document.move(home.path)
            self.homes[document.path] = home
        self.documents[document.path] = document
        return document.path

    def close(self, path: str) -> None:
        """The file of a document counts again."""
        del self.documents[path]
        self.homes.pop(path, None)
        if session := self.sessions.leave(path):
            self._closed.append((session, path))

    def source(self, path: str) -> SourceFile | None:
        """The text of a file, or of the document that is laid over it."""
        document = self.documents.get(path)
        return document.source if document else source_of(path)

    def view(self, path: str, *, linked: bool = False) -> View | None:
        """A document as it stands at the moment; None of one that is in no collection that is known.

        If its backlinks are needed they are those of the moment, as soon as they are known at all.
        """
        document = self.documents.get(path)
        session = next(iter(self.lay(document)), None) if document else None
        if session is not None and linked and session.backlinks is not None:
            session.renew_links()
        return session.view(path) if session else None

    def lay(self, *documents: OpenDocument) -> Mapping[Session, Sequence[OpenDocument]]:
        """Take texts into their sessions, which are opened if they are not, as far as they have one.

        Texts that were closed are taken off first.
        """
        closed, self._closed = self._closed, []
        for session, paths in grouped(closed).items():
            session.lift(paths)
        found: list[tuple[Session, OpenDocument]] = []
        for document in documents:
            home = self.homes.get(document.path)
            if home is None or len(document.source.text) > LARGEST:
                continue
            try:
                if self._session(home, document.source):
                    found.append((self.sessions.enter(home), document))
            except UserError as error:
                self.warn_once(*error.lines)
                del self.homes[document.path]
        laid = grouped(found)
        for session, here in laid.items():
            session.lay([document.source for document in here])
        return laid

    def _session(self, home: Home, source: SourceFile | None = None) -> Session | None:
        """The session of a home, which is opened if it is not; None while that goes on.

        Raises UserError.
        """
        if home.root in self.opening:
            return None
        session = self.sessions.get(home)
        if session is not None:
            return session
        if home.is_cold():
            self.opening[home.root] = asyncio.ensure_future(self._open_cold(home))
            return None
        return self.sessions.open(home, source)

    async def _open_cold(self, home: Home) -> None:
        """Have a collection read by a program of its own, on all cores, and open it then."""
        balise = (sys.executable, "-P", "-m", "balise")  # not what is in the working folder
        quiet = asyncio.subprocess.DEVNULL
        self.say(f"{home.root}: is read for the first time, which may take a minute")
        process = await asyncio.create_subprocess_exec(
            *(*balise, "check", "--quiet", "--exit-zero", home.root),
            cwd=home.configuration.root,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
        )
        try:
            await process.wait()
            with no_garbage_collection():
                self.sessions.open(home)
        except UserError as error:
            self.warn_once(*error.lines)
        except asyncio.CancelledError:
            process.terminate()
            raise
        del self.opening[home.root]
        self.opened()

    def warn_once(self, *lines: str) -> None:
        """Warn of what nobody has been warned of yet."""
        for line in lines:
            if line not in self._said:
                self._said.add(line)
                self.warn(line)

    def move_files(self, moves: Mapping[str, str]) -> Refactoring | None:
        """What follows from moving files and folders; None of those that are in no collection.

        Raises UserError.
        """
        from balise.refactor.move import move_files

        session = self._session_around(moves)
        if session is None:
            return None
        return move_files(session.workspace, moves, session.renew_links())

    def move(self, old: str, new: str) -> Refactoring | None:
        """As `move_files`, in all locales that have what is moved."""
        from balise.refactor.move import move

        session = self._session_around([old])
        if session is None:
            return None
        return move(session.workspace, old, new, (), session.renew_links())

    def _session_around(self, paths: Iterable[str]) -> Session | None:
        """The session with a collection that some files are in."""
        self.lay(*self.documents.values())
        roots = {session.root: session for session in self.sessions}
        return next((s for r, s in roots.items() for p in paths if p.startswith(f"{r}/")), None)

    def is_opening(self, path: str) -> bool:
        """Whether the collection of a document is being read."""
        home = self.homes.get(path)
        return home is not None and home.root in self.opening

    def is_too_large(self, document: OpenDocument) -> bool:
        """Whether a text cannot be checked while somebody types."""
        return document.path in self.homes and len(document.source.text) > LARGEST

    def reload(self) -> None:
        """Take configurations and baselines anew, as far as they can be read."""
        try:
            self.sessions.forget_outdated()
        except UserError as error:
            self.warn_once(*error.lines)
        for path, document in self.documents.items():
            with suppress(UserError):  # it has been told
                if home := self.sessions.home(path, filed=document.filed):
                    self.homes[path] = home

    def close_all(self) -> None:
        """Keep what was read for the next time, and end what is under way."""
        for task in self.opening.values():
            task.cancel()
        for session in self.sessions:
            session.save()


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The second of each pair by the first."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
