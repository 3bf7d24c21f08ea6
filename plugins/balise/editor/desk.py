"""What an editor has open, and the collections that it is in, kept current.

A change waits until nobody has typed for a moment; then what is wrong with its page is told, and then
what it does to all others, in slices. All in one thread: what is asked for meanwhile comes between.
"""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.source import SourceFile, Span
from balise.check.baseline import BASELINE_FILE
from balise.config import FILE_NAMES
from balise.editor.diagnostics import Diagnostic, diagnostics, of_configuration, too_large
from balise.editor.documents import OpenDocument
from balise.editor.model import CodeAction
from balise.editor.session import Session
from balise.editor.sessions import Home, Sessions
from balise.editor.settings import Settings
from balise.editor.view import View
from balise.refactor.model import Refactoring
from balise.workspace.sources import source_of

log = logging.getLogger(__name__)

K = TypeVar("K")
V = TypeVar("V")

SLICE = 0.02
"""Seconds after which what is asked for comes first."""
FIX_ALL = "source.fixAll.balise"
LARGEST = 1_000_000
"""Characters of a text that can be checked while somebody types."""

Publish = Callable[[str, Sequence[Diagnostic]], None]
"""Tells an editor what is wrong with the file at a path."""


class Desk:
    """The open documents, by path, and their sessions.

    `publish` is handed what is wrong with a file whenever that is different, `say` a line for
    people, `warn` one about something that they have to mend.
    """

    def __init__(
        self, publish: Publish, say: Callable[[str], None], warn: Callable[[str], None]
    ) -> None:
        self.settings = Settings()
        self.documents: dict[str, OpenDocument] = {}
        self._observer: Any = None
        self.sessions = Sessions()
        self._publish = publish
        self.say = say
        self.warn = warn
        self._homes: dict[str, Home] = {}
        self._changed: set[str] = set()
        self._closed: list[tuple[Session, str]] = []
        self._touched: set[str] = set()
        self._shown: set[str] = set()
        self._published: dict[str, tuple[int | None, list[Diagnostic]]] = {}
        self._said: set[str] = set()
        self._work: asyncio.Task[None] | None = None
        self._opening: dict[str, asyncio.Task[None]] = {}

    # Documents

    def prepare(self, folders: Iterable[str]) -> None:
        """Open the collections that are configured for some folders, before anybody asks."""
        for folder in folders:
            try:
                home = self.sessions.collection_of(folder)
                if home is not None:
                    self._session(home)
            except UserError as error:
                self._warn_once(*error.lines)
        self.want()

    def open(self, document: OpenDocument) -> str:
        """A document is open from now on; the path by which it is known."""
        try:
            home = self.sessions.home(document.path, filed=document.filed)
        except UserError as error:
            self._warn_once(*error.lines)
            home = None
        if home is not None:
            document.move(home.path)
            self._homes[document.path] = home
        self.documents[document.path] = document
        self.want(document.path)
        return document.path

    def close(self, path: str) -> None:
        """The file of a document counts again."""
        del self.documents[path]
        self._changed.discard(path)
        self._homes.pop(path, None)
        if session := self.sessions.leave(path):
            self._closed.append((session, path))
        if path not in self._shown:
            self._show(path, ())
            del self._published[path]
        self.want()

    def touch(self, paths: Collection[str]) -> None:
        """Files or folders were written, made or removed."""
        self._touched |= {f"{p}/" if os.path.isdir(p) else p for p in paths}  # noqa: PTH112 - thousands
        self.want()

    def watch(self, folders: Sequence[str]) -> None:
        """Look at files of some folders, for an editor that does not tell of them."""
        with contextlib.suppress(ImportError):  # it needs watchdog
            from balise.workspace.watching import ChangeWatcher, make_observer

            there = [Path(folder) for folder in folders if Path(folder).is_dir()]
            loop = asyncio.get_running_loop()
            self._observer = make_observer(*there)

            def tell(paths: AbstractSet[str]) -> None:
                loop.call_soon_threadsafe(self.touch, paths)

            watcher = ChangeWatcher(tell)
            watcher.watch(self._observer, *there)
            self._observer.start()

    def source(self, path: str) -> SourceFile | None:
        """The text of a file, or of the document that is laid over it."""
        document = self.documents.get(path)
        return document.source if document else source_of(path)

    def view(self, path: str, *, linked: bool = False) -> View | None:
        """A document as it stands at the moment; None of one that is in no collection that is known.

        Its backlinks are at hand and those of the moment if they are needed.
        """
        document = self.documents.get(path)
        session = next(iter(self._lay(document)), None) if document else None
        if session is not None and linked:
            session.renew_links()
        return session.view(path) if session else None

    def _lay(self, *documents: OpenDocument) -> Mapping[Session, Sequence[OpenDocument]]:
        """Take texts into their sessions, which are opened if they are not, as far as they have one.

        Texts that were closed are taken off first.
        """
        closed, self._closed = self._closed, []
        for session, paths in grouped(closed).items():
            session.lift(paths)
        found: list[tuple[Session, OpenDocument]] = []
        for document in documents:
            home = self._homes.get(document.path)
            if home is None or len(document.source.text) > LARGEST:
                continue
            try:
                if self._session(home, document.source):
                    found.append((self.sessions.enter(home), document))
            except UserError as error:
                self._warn_once(*error.lines)
                del self._homes[document.path]
        laid = grouped(found)
        for session, here in laid.items():
            session.lay([document.source for document in here])
        return laid

    def _session(self, home: Home, source: SourceFile | None = None) -> Session | None:
        """The session of a home, which is opened if it is not; None while that goes on.

        Raises UserError.
        """
        if home.root in self._opening:
            return None
        session = self.sessions.get(home)
        if session is not None:
            return session
        if home.is_cold():
            self._opening[home.root] = asyncio.ensure_future(self._open_cold(home))
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
        except asyncio.CancelledError:
            process.terminate()
            raise
        with no_garbage_collection():
            self.sessions.open(home)
        del self._opening[home.root]
        self.want(*self.documents)

    def _warn_once(self, *lines: str) -> None:
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
        self._lay(*self.documents.values())
        roots = {session.root: session for session in self.sessions}
        return next((s for r, s in roots.items() for p in paths if p.startswith(f"{r}/")), None)

    # What is wrong

    def want(self, *paths: str) -> None:
        """Check again, soon, and these documents first: the newest change wins."""
        self._changed |= set(paths)
        if self._work is not None:
            self._work.cancel()
        self._work = asyncio.ensure_future(self._check())

    async def _check(self) -> None:
        await asyncio.sleep(self.settings.debounce / 1000)
        self._take_touched()
        changed = [self.documents[path] for path in self._changed]
        laid = self._lay(*changed)
        for session, documents in laid.items():
            if session.known is not None:
                await self._tell(session, {document.path for document in documents})
        taken = {document.path for documents in laid.values() for document in documents}
        for document in changed:
            if document.path not in taken and not self._is_opening(document.path):
                self._show(document.path, self._of_itself(document))
        self._changed.clear()
        for session in self.sessions:
            await in_slices(session.steps())
            await self._tell_others(session)
        for session in self.sessions:
            await in_slices(session.link_steps())

    def _is_opening(self, path: str) -> bool:
        """Whether the collection of a document is being read."""
        home = self._homes.get(path)
        return home is not None and home.root in self._opening

    def _take_touched(self) -> None:
        changed, self._touched = self._touched, set()
        if any(path.rpartition("/")[2] in (*FILE_NAMES, BASELINE_FILE) for path in changed):
            self._reload()
        for session in self.sessions if changed else ():
            session.update(changed)

    def _reload(self) -> None:
        """Take configurations and baselines anew, as far as they can be read."""
        try:
            self.sessions.forget_outdated()
        except UserError as error:
            self._warn_once(*error.lines)
        for path in self._shown - self.documents.keys():
            self._show(path, ())
        self._shown.clear()
        for path, document in self.documents.items():
            with contextlib.suppress(UserError):  # it has been told
                if home := self.sessions.home(path, filed=document.filed):
                    self._homes[path] = home
        self._changed |= self.documents.keys()

    def _of_itself(self, document: OpenDocument) -> Sequence[Diagnostic]:
        """What is wrong with a document that is in no collection."""
        if document.path.rpartition("/")[2] in FILE_NAMES:
            return of_configuration(document.source)
        large = document.path in self._homes and len(document.source.text) > LARGEST
        return [too_large(document.source)] if large else ()

    async def _tell_others(self, session: Session) -> None:
        """Tell what a check of all has found: of open documents, and where it is not as at first."""
        here = {path for path in self._homes if self.sessions.of(path) is session}
        others = session.different - here
        worse = {path for path in others if not session.is_as_first(path)}
        for path in (others - worse) & self._shown:
            self._shown.discard(path)
            self._show(path, ())
        self._shown |= worse
        await self._tell(session, (session.different & here) | worse)
        session.different.clear()

    async def _tell(self, session: Session, paths: AbstractSet[str]) -> None:
        """Tell what is wrong with some files of a session."""
        if paths:
            report = await in_slices(session.report_steps(paths))
            self._warn_once(
                *(f"the rule {c.rule} failed on {c.path}: {c.error}" for c in report.crashes)
            )
            for path in paths:
                self._show(path, diagnostics(report, path))

    def _show(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Publish what is wrong with a file, unless that has been done."""
        document = self.documents.get(path)
        shown = (document.version if document else None, list(found))
        if self._published.get(path) != shown:
            self._published[path] = shown
            self._publish(path, found)

    async def code_actions(self, path: str, span: Span, only: Collection[str]) -> list[CodeAction]:
        """What can be done about what is wrong at a place; `only` of some kinds, where any are named."""
        from balise.editor.code_actions import code_actions, fix_all  # they print pages

        session = await self._settled(path)
        view = session.view(path) if session else None
        if view is None or session is None:
            return []
        found: list[CodeAction] = []
        if not only or _wants("quickfix", only):
            report = await in_slices(session.report_steps({path}))
            findings = report.findings
            unsafe = self.settings.unsafe_fixes
            found += code_actions(view, findings, span, unsafe=unsafe)
        is_offered = any(action.preferred for action in found) if not only else True
        if is_offered and (not only or _wants(FIX_ALL, only)):
            found += filter(None, [fix_all(view, session.live)])
        return found

    async def diagnostics(self, path: str) -> Sequence[Diagnostic]:
        """What is wrong with a document at the moment, as soon as its collection is known."""
        session = await self._settled(path)
        if session is not None:
            return diagnostics(await in_slices(session.report_steps({path})), path)
        document = self.documents.get(path)
        return self._of_itself(document) if document else ()

    async def _settled(self, path: str) -> Session | None:
        """The session of a document with its text of the moment, once all is known; None without one."""
        document, home = self.documents.get(path), self._homes.get(path)
        session = next(iter(self._lay(document)), None) if document else None
        if home is not None and document and (opening := self._opening.get(home.root)):
            await asyncio.shield(opening)
            session = next(iter(self._lay(document)), None)
        if session is not None and session.known is None:
            await in_slices(session.steps())
        return session

    def close_all(self) -> None:
        """Keep what was read for the next time, and end what is under way."""
        for task in (self._work, *self._opening.values()):
            if task is not None:
                task.cancel()
        if self._observer is not None:
            self._observer.stop()
        for session in self.sessions:
            session.save()


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The second of each pair by the first."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _wants(kind: str, only: Collection[str]) -> bool:
    """Whether a kind is one of those that are wanted, or in one of these."""
    return any(f"{kind}.".startswith(f"{wanted}.") for wanted in only)


async def in_slices(steps: Generator[None, None, Any]) -> Any:
    """What a generator returns; what is asked for comes between its steps."""
    until = monotonic() + SLICE
    while True:
        try:
            with no_garbage_collection():
                while monotonic() < until:
                    next(steps)
        except StopIteration as end:
            return end.value
        await asyncio.sleep(0)
        until = monotonic() + SLICE
