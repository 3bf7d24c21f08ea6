"""`mkdocs serve`: guides are rendered when they are asked for, and changes are on the screen at once.

The manual stays MkDocs' own affair: it is built at the start, and again when it has changed.
"""

import errno
import mimetypes
import os
import queue
import threading
import traceback
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from posixpath import normpath
from typing import Any, TypeVar
from urllib.parse import quote

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer, _timestamp
from mkdocs.plugins import get_plugin_logger
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from balise.errors import UserError
from balise.publish.live import Live
from balise.publish.project import Project
from balise.publish.shell import Shell

log = get_plugin_logger("balise")

CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Events that say that something is different: to have read a file is none."""

QUIET = 0.03
"""Seconds without an event after which a change is taken to be complete."""
PATIENCE = 0.3
"""Seconds after which it is shown in any case."""

T = TypeVar("T")


class LiveServer(LiveReloadServer):
    """Serves the manual from its folder, and the collection from memory.

    All that touches the collection runs in one thread of its own, in the order in which it came.
    """

    def __init__(
        self,
        server: LiveReloadServer,
        project: Callable[[], Project],
        shell: Callable[[], Shell],
    ) -> None:
        host, port = server.server_address[:2]
        super().__init__(self._rebuild, str(host), port, server.root, server.mount_path)
        self.build_manual = server.builder
        self.error_handler = server.error_handler
        self.project = project
        self.shell = shell
        self.changes: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.thread = ThreadPoolExecutor(1, "balise")
        self.live: Live | None = None
        self.opening = self.thread.submit(self._open)
        self.observer = _observer(project().configuration.guides)
        for path in server._watched_paths:
            self.watch(path)
        self._watch_guides(project().configuration.guides)
        for path in project().sources:
            self.watch(str(path))

    # Watching

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Build the manual anew when something below `path` changes."""
        path = str(Path(path).absolute())
        if path in self._watched_paths or not os.path.exists(path):  # noqa: PTH110
            return
        self._watched_paths[path] = 1
        handler = _Handler(self._want_manual)
        self.observer.schedule(handler, path, recursive=recursive, event_filter=CHANGES)

    def _want_manual(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def _watch_guides(self, guides: Path) -> None:
        if guides.is_dir():
            handler = _Handler(self._note)
            self.observer.schedule(handler, str(guides), recursive=True, event_filter=CHANGES)
            threading.Thread(target=self._take_changes, daemon=True).start()

    def _note(self, event: FileSystemEvent) -> None:
        if event.is_directory and not isinstance(event, DirMovedEvent | DirDeletedEvent):
            # What was in a folder before it was watched: a copied one comes with its pages.
            self.changes.put(f"{os.fsdecode(event.src_path)}/")
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self.changes.put(os.fsdecode(path) + ("/" if event.is_directory else ""))

    def _take_changes(self) -> None:
        """Gather what changes together, and show it."""
        while (first := self.changes.get()) is not None:
            changed, waited = {first}, 0.0
            while waited < PATIENCE:
                try:
                    more = self.changes.get(timeout=QUIET)
                except queue.Empty:
                    break
                waited += QUIET / 10
                if more is None:
                    return
                changed.add(more)
            self._do(lambda live, changed=changed: self._update(live, changed))

    def _update(self, live: Live, changed: AbstractSet[str]) -> None:
        files = {Path(os.path.relpath(path)).as_posix() for path in changed if path[-1] != "/"}
        if any(path.endswith("/") for path in changed):
            files |= live.rescan()
        pages = live.update(files)
        self._reload_browsers()
        for path in pages:
            tell(live, path)

    def _reload_browsers(self) -> None:
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = max(_timestamp(), self._visible_epoch + 1)
            self._epoch_cond.notify_all()

    # The thread of the collection

    def _open(self) -> None:
        try:
            self.live = Live(self.project(), self.shell)
        except UserError as error:
            for line in error.lines:
                log.error(line)

    def _do(self, work: Callable[[Live], T]) -> T | None:
        """What `work` makes of the collection; None where it failed, which is told."""

        def run() -> T | None:
            if self.live is None:
                return None
            try:
                return work(self.live)
            except Exception:  # a broken guide must not stop the server
                log.error(traceback.format_exc())
                return None

        found: Future[T | None] = self.thread.submit(run)
        return found.result()

    def _rebuild(self) -> None:
        """Build the manual, and take over the settings that may have changed."""
        self.build_manual()
        if self.live is None or self.project().configuration != self.live.project.configuration:
            self.thread.submit(self._open).result()
        else:
            self._do(Live.themed)

    # Serving

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until the writer has enough. Raises Abort where the address is taken."""
        try:
            super().serve(open_in_browser=open_in_browser)
        except OSError as error:
            host, port = self.server_address[:2]
            if error.errno == errno.EADDRINUSE:
                raise Abort(
                    f"{host}:{port} is taken: stop the other server, or choose another port "
                    f"with `--dev-addr {host}:{port + 1}`"
                ) from error
            if error.errno in (errno.EACCES, errno.EADDRNOTAVAIL):
                raise Abort(f"{host}:{port} cannot be used: {error.strerror}") from error
            raise

    def shutdown(self, wait: bool = False) -> None:
        """Stop."""
        self.changes.put(None)
        self.thread.shutdown(wait=False, cancel_futures=True)
        if not self.observer.is_alive():
            self.observer = _Stopped()
        super().shutdown(wait)

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not (path + "/").startswith(self.mount_path):
            return super()._serve_request(environ, start_response)
        url = path[len(self.mount_path) :]
        url = normpath(f"/{url}").lstrip("/") + ("/" if url.endswith("/") else "")
        url = url.removesuffix("index.html") if url.endswith("/index.html") else url
        self.opening.result()
        if found := self._do(lambda live: _page_of(live, url)):
            return _answer(start_response, "200 OK", self._with_reload(found), "text/html")
        if file := self._do(lambda live: live.file(url)):
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            return _answer(start_response, "200 OK", Path(file).read_bytes(), kind)
        if not url.endswith("/") and self._do(lambda live: f"{url}/" in live.site.pages):
            start_response("302 Found", [("Location", quote(path) + "/")])
            return []
        there = os.path.join(self.root, url, "index.html" if url.endswith("/") or not url else "")  # noqa: PTH118
        if not os.path.exists(there.rstrip("/")) and (  # noqa: PTH110
            missing := self._do(lambda live: live.not_found(url))
        ):
            return _answer(
                start_response, "404 Not Found", self._with_reload(missing), "text/html"
            )
        return super()._serve_request(environ, start_response)

    def _with_reload(self, html: str) -> bytes:
        content: bytes = self._inject_js_into_html(html.encode(), self._visible_epoch)
        return content


def tell(live: Live, path: str) -> None:
    """Print what is wrong with a page that has just been saved."""
    findings = live.findings(path)
    document = live.collection.documents[path]
    for finding in findings:
        place = document.position(finding.span.start)
        counts = finding.severity.rank >= live.project.settings.fail_on.rank
        say = log.warning if counts else log.info
        say(f"{path}:{place.line}:{place.column}: {finding.message} ({finding.rule})")
    if not findings:
        log.info(f"{path}: nothing wrong")


class _Handler(FileSystemEventHandler):
    """Hands on every event."""

    def __init__(self, note: Callable[[FileSystemEvent], None]) -> None:
        self.note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.note(event)


def _page_of(live: Live, url: str) -> str | None:
    return live.html(url)


def _answer(start_response: Any, status: str, content: bytes, kind: str) -> Iterable[bytes]:
    text = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    start_response(status, [("Content-Type", text), ("Content-Length", str(len(content)))])
    return [content]


class _Stopped:
    """In place of an observer that was never started."""

    def stop(self) -> None:
        pass


def _observer(folder: Path) -> Any:
    """Watches by the means of the system; by looking twice a second where these do not suffice."""
    probe = Observer()
    try:
        if folder.is_dir():
            probe.schedule(FileSystemEventHandler(), str(folder), recursive=True)
        probe.start()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        log.info(f"changes are looked for twice a second, since they cannot be watched: {reason}")
        return PollingObserver(timeout=0.5)
    finally:
        if probe.is_alive():
            probe.stop()
    return Observer()
