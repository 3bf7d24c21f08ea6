"""Telling an editor what is wrong: with what has changed, and with what that does to all else.

A change waits until nobody has typed for a moment, and cancels what is under way. All in one thread.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from balise.base.source import Span
from balise.check.baseline import BASELINE_FILE
from balise.config import FILE_NAMES
from balise.editor.desk import Desk
from balise.editor.diagnostics import Diagnostic, diagnostics, of_configuration, too_large
from balise.editor.documents import OpenDocument
from balise.editor.model import CodeAction
from balise.editor.session import Session
from balise.editor.slices import in_slices

FIX_ALL = "source.fixAll.balise"

Publish = Callable[[str, Sequence[Diagnostic]], None]
"""Tells an editor what is wrong with the file at a path."""


class Telling:
    """What is told about the documents of a desk, and about files that are worse than they were.

    `publish` is handed what is wrong with a file whenever that is different.
    """

    def __init__(self, desk: Desk, publish: Publish) -> None:
        self.desk = desk
        self._publish = publish
        self._changed: set[str] = set()
        self._touched: set[str] = set()
        self._shown: set[str] = set()
        self._published: dict[str, tuple[int | None, list[Diagnostic]]] = {}
        self._work: asyncio.Task[None] | None = None
        self._observer: Any = None
        desk.opened = lambda: self.want(*desk.documents)

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

    def close(self, path: str) -> None:
        """A document has been closed."""
        self._changed.discard(path)
        if path not in self._shown:
            self._show(path, ())
            del self._published[path]
        self.want()

    def want(self, *paths: str) -> None:
        """Check again, soon, and these documents first: the newest change wins."""
        self._changed |= set(paths)
        if self._work is not None:
            self._work.cancel()
        self._work = asyncio.ensure_future(self._check())

    async def _check(self) -> None:
        await asyncio.sleep(self.desk.settings.debounce / 1000)
        self._take_touched()
        changed = [self.desk.documents[path] for path in self._changed]
        laid = self.desk.lay(*changed)
        for session, documents in laid.items():
            if session.known is not None:
                await self._tell(session, {document.path for document in documents})
        taken = {document.path for documents in laid.values() for document in documents}
        for document in changed:
            if document.path not in taken and not self.desk.is_opening(document.path):
                self._show(document.path, self._of_itself(document))
        self._changed.clear()
        for session in self.desk.sessions:
            await in_slices(session.steps())
            await self._tell_others(session)
        for session in self.desk.sessions:
            await in_slices(session.link_steps())

    def _take_touched(self) -> None:
        changed, self._touched = self._touched, set()
        if any(path.rpartition("/")[2] in (*FILE_NAMES, BASELINE_FILE) for path in changed):
            self.desk.reload()
            for path in self._shown - self.desk.documents.keys():
                self._show(path, ())
            self._shown.clear()
            self._changed |= self.desk.documents.keys()
        for session in self.desk.sessions if changed else ():
            session.update(changed)

    async def _tell_others(self, session: Session) -> None:
        """Tell what a check of all has found: of open documents, and where it is not as at first."""
        here = {path for path in self.desk.homes if self.desk.sessions.of(path) is session}
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
            self.desk.warn_once(
                *(f"the rule {c.rule} failed on {c.path}: {c.error}" for c in report.crashes)
            )
            for path in paths:
                self._show(path, diagnostics(report, path))

    def _show(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Publish what is wrong with a file, unless that has been done."""
        document = self.desk.documents.get(path)
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
            unsafe = self.desk.settings.unsafe_fixes
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
        document = self.desk.documents.get(path)
        return self._of_itself(document) if document else ()

    async def _settled(self, path: str) -> Session | None:
        """The session of a document with its text of the moment, once all is known; None without one."""
        document, home = self.desk.documents.get(path), self.desk.homes.get(path)
        session = next(iter(self.desk.lay(document)), None) if document else None
        if home is not None and document and (opening := self.desk.opening.get(home.root)):
            await asyncio.shield(opening)
            session = next(iter(self.desk.lay(document)), None)
        if session is not None and session.known is None:
            await in_slices(session.steps())
        return session

    def _of_itself(self, document: OpenDocument) -> Sequence[Diagnostic]:
        """What is wrong with a document that is in no collection."""
        if document.path.rpartition("/")[2] in FILE_NAMES:
            return of_configuration(document.source)
        return [too_large(document.source)] if self.desk.is_too_large(document) else ()

    def stop(self) -> None:
        """Tell nothing more."""
        if self._work is not None:
            self._work.cancel()
        if self._observer is not None:
            self._observer.stop()


def _wants(kind: str, only: Collection[str]) -> bool:
    """Whether a kind is one of those that are wanted, or in one of these."""
    return any(f"{kind}.".startswith(f"{wanted}.") for wanted in only)
