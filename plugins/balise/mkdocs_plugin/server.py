"""`mkdocs serve`: guides are rendered when they are asked for, and changes are on the screen at once.

The manual stays MkDocs' own affair: it is built at the start, and again when it has changed.
"""

import errno
import gc
import logging
import mimetypes
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from posixpath import normpath
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer, _serve_url, _timestamp
from watchdog.events import FileSystemEvent

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.mkdocs_plugin.guard import guarded
from balise.publish.indexing import INDEX_FOLDER, Bundle
from balise.publish.live_site import LiveSite
from balise.publish.project import Project
from balise.publish.report_log import log_report, reason_of
from balise.publish.search import SearchPage
from balise.publish.theme_renderer import ThemeRenderer
from balise.publish.typing_index import NAME as TYPING_INDEX
from balise.workspace.watching import CHANGES, NO_OBSERVER, ChangeWatcher, Handler, make_observer

log = logging.getLogger(__name__)

MAX_LOGGED = 10
"""Saved pages whose findings are logged page by page; nobody saves more by hand."""

T = TypeVar("T")

INDEX_FILES = ("pagefind.js", TYPING_INDEX)
"""What a browser asks for first of a search index."""


class LiveServer(LiveReloadServer):
    """Takes the place of `server`: serves the manual from its folder, the collection from memory.

    It has read the collection when it is made, and watches what `server` watches, and more.

    All that touches the collection runs in one thread of its own, in the order in which it came.
    `project` and `renderer` give the settings and the theme as the last build of the manual left
    them, `manual` the search index of what it built.
    """

    def __init__(
        self,
        server: LiveReloadServer,
        project: Callable[[], Project],
        renderer: Callable[[], ThemeRenderer],
        manual: Callable[[], Bundle],
    ) -> None:
        host, port = server.server_address[:2]
        super().__init__(self._rebuild, str(host), port, server.root, server.mount_path)
        self.set_app(guarded(self.serve_request, str(host)))
        self.build_manual = server.builder
        self.error_handler = server.error_handler
        self.project = project
        self.renderer = renderer
        self.manual = manual
        self.live: LiveSite | None = None
        self.thread = ThreadPoolExecutor(1, "balise")
        self.searching = Lock()
        self.searched: set[str] = set()
        self.changes = ChangeWatcher(self._take, self._check)
        # Pages are read in copies of this process, which must have no other thread while they are made.
        self._open_site(project())
        guides = project().configuration.guides
        self.observer: Any = make_observer(guides)
        if guides.is_dir():
            self.changes.watch(self.observer, guides, *self._folders_beside())
        else:
            warn_of_no_guides(guides)
        if self.live:
            log.info(_greeting(self.live))
        for path in (*server._watched_paths, *project().sources):
            self.watch(str(path))

    # Watching

    def _folders_beside(self) -> Iterator[Path]:
        """The folders beside the guides that belong to them and are there."""
        if self.live:
            beside = Path(self.live.folder_beside)
            if self.live.folder_beside and beside.is_dir():
                yield beside

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Build the manual anew when a file changes: that at `path`, or one below it."""
        there = Path(path).absolute()
        if str(there) in self._watched_paths or not there.exists():
            return
        self._watched_paths[str(there)] = 1
        # Windows watches folders alone.
        folder, file = (there, None) if there.is_dir() else (there.parent, there)
        handler = Handler(partial(self._want_manual, file.name if file else ""))
        recursive = recursive and file is None
        self.observer.schedule(handler, str(folder), recursive=recursive, event_filter=CHANGES)

    def _want_manual(self, name: str, event: FileSystemEvent) -> None:
        changed = {Path(os.fsdecode(path)).name for path in (event.src_path, event.dest_path)}
        if not event.is_directory and (not name or name in changed):
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def _take(self, changed: AbstractSet[str]) -> None:
        """Show what has changed, and print what is wrong with the pages among it."""
        self._reopen()
        first, *others = self._do(lambda live: live.portions(changed)) or [changed]
        pages = self._do(partial(LiveSite.update, changed=first)) or []
        self._reload_browsers()
        for portion in others:
            pages += self._do(partial(LiveSite.update, changed=portion)) or []
        if others:
            self._reload_browsers()
        if len(pages) > MAX_LOGGED:
            self._do(partial(log_saved_pages, pages=pages))
            return
        for path in pages:
            self._do(partial(log_saved_page, path=path))

    def _reload_browsers(self) -> None:
        """Let every page that is open be asked for again."""
        self.searched.clear()
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = max(_timestamp(), self._visible_epoch + 1)
            self._epoch_cond.notify_all()

    def _check(self) -> bool:
        """Go on with the check of the whole collection; whether there is more to do."""
        return bool(self._do(lambda live: live.background and live.background.step()))

    # The thread of the collection

    def _open_site(self, project: Project) -> None:
        try:
            if self.live:
                self.live.close()
            gc.unfreeze()
            self.live = LiveSite.open(project, self.renderer)
            gc.collect()
            gc.freeze()  # looking through all pages for garbage takes as long as showing one
        except UserError as error:
            _log_error(error)
        except Exception:  # the manual can be read all the same
            log.error(traceback.format_exc())

    def _reopen(self) -> bool:
        """Open the collection anew if there is none for the settings of today; whether it was tried."""
        project = self.project()
        if self.live and self.live.reload_key == project.reload_key():
            return False
        with suppress(CancelledError, RuntimeError):  # the server is being stopped
            self.thread.submit(self._open_site, replace(project, processes=1)).result()
        return True

    def _do(self, work: Callable[[LiveSite], T]) -> T | None:
        """What `work` makes of the collection; None where it failed, which is logged."""

        def run() -> T | None:
            if self.live is None:
                return None
            try:
                return work(self.live)
            except (UserError, OSError) as error:
                _log_error(error)
            except Exception:  # a broken guide must not stop the server
                log.error(traceback.format_exc())
            return None

        try:
            return self.thread.submit(run).result()
        except (CancelledError, RuntimeError):  # the server is being stopped
            return None

    def _rebuild(self) -> None:
        """Build the manual, and take over the settings that may have changed."""
        self.build_manual()
        self.searched.clear()
        if not self._reopen():
            self._do(lambda live: live.reload(self.project()))

    # Serving

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until the writer has enough. Raises Abort where the address cannot be had."""
        try:
            super().serve(open_in_browser=open_in_browser)
        except OSError as error:
            host, port = self.server_address[:2]
            where = f"{host!s}:{port}"
            if error.errno == errno.EADDRINUSE:
                raise Abort(
                    f"{where} is taken: stop the other server, or choose another address "
                    "with `--dev-addr 127.0.0.1:8001`"
                ) from error
            if error.errno in (errno.EACCES, errno.EADDRNOTAVAIL):
                raise Abort(f"{where} cannot be used: {error.strerror}") from error
            raise

    def server_bind(self) -> None:
        """Take the address, and tell it as it is: port 0 is any that is free."""
        super().server_bind()
        host, port = self.server_address[:2]
        self.url = _serve_url(str(host), port, self.mount_path)

    def shutdown(self, wait: bool = False) -> None:
        """Stop."""
        self.changes.stop()
        self._do(LiveSite.close)
        self.thread.shutdown(wait=False, cancel_futures=True)
        if not self.observer.is_alive():
            self.observer = NO_OBSERVER
        super().shutdown(wait)

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not (path + "/").startswith(self.mount_path):
            return super()._serve_request(environ, start_response)
        url = _normalised(path[len(self.mount_path) :])
        if environ.get("HTTP_SEC_PURPOSE", "").startswith("prefetch"):
            # A writer would wait for pages that nobody reads, and see one as it was minutes ago.
            return _answer(start_response, "503 Service Unavailable", b"", "text/plain")
        # Asked for before the page: a change that comes between makes the browser ask once more.
        epoch = self._visible_epoch
        if found := self._do(lambda live: live.html(url)):
            return self._html(start_response, "200 OK", found, epoch)
        if text := self._do(lambda live: live.text(url)):
            return _answer(start_response, "200 OK", text[0].encode(), text[1])
        if file := self._do(lambda live: live.file(url)):
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            with suppress(OSError):  # it has just been removed
                return _answer(start_response, "200 OK", Path(file).read_bytes(), kind)
        if not url.endswith("/") and self._do(lambda live: f"{url}/" in live.site.pages):
            start_response("302 Found", [("Location", quote(path) + "/")])
            return []
        folder, _, name = f"/{url}".rpartition("/")
        if name in INDEX_FILES and f"{folder}/".endswith(f"/{INDEX_FOLDER}"):
            self._index(f"{folder}/".lstrip("/"))
        if not self._is_built(url) and (
            untranslated := self._do(lambda live: live.untranslated(url))
        ):
            return self._html(start_response, "200 OK", untranslated, epoch)
        if not self._is_built(url) and (missing := self._do(lambda live: live.not_found(url))):
            return self._html(start_response, "404 Not Found", missing, epoch)
        return super()._serve_request(environ, start_response)

    def _is_built(self, url: str) -> bool:
        file = Path(self.root, url)
        return file.is_file() or (file / "index.html").is_file()

    def _index(self, folder: str) -> None:
        """Make a search index the first time that it is asked for; the browser waits for it."""
        with self.searching:
            if folder in self.searched or Path(self.root, folder).exists():
                return
            # One that fails, or has no words, is the same until something changes.
            self.searched.add(folder)
            bundle = self.manual() if folder == INDEX_FOLDER else self._bundle(folder)
            try:
                if bundle:
                    bundle.make(Path(self.root))
            except (UserError, OSError) as error:
                _log_error(error)

    def _bundle(self, folder: str) -> Bundle | None:
        """The index of a locale; page by page, so that whatever else is asked for comes between."""
        found = self._do(lambda live: live.listed(folder))
        if found is None:
            return None
        language, paths, synonyms = found

        def pages() -> Iterator[SearchPage]:
            for path in paths:
                if page := self._do(partial(LiveSite.searched, path=path)):
                    yield page

        return Bundle(folder, language, len(paths), b"", pages, synonyms)

    def _html(self, start_response: Any, status: str, html: str, epoch: int) -> Iterable[bytes]:
        content: bytes = self._inject_js_into_html(html.encode(), epoch)
        return _answer(start_response, status, content, "text/html")


def log_saved_page(live: LiveSite, path: str) -> None:
    """Log what is wrong with a page that has just been saved."""
    report = live.report(path)
    log_report(report, live.project)
    if live.background:
        live.background.mark_logged(report)
    if not report.findings and not report.crashes:
        log.info(f"{path_here(path)}: nothing wrong")


def log_saved_pages(live: LiveSite, pages: Sequence[str]) -> None:
    """Log that many pages have changed, as a checkout does; the background tells what is new on them."""
    later = "; what is new on them is told when all is checked" if live.background else ""
    log.info(f"{path_here(live.root)}: {count(len(pages), 'page')} changed{later}")


def warn_of_no_guides(guides: Path) -> None:
    """Log that there is nothing to serve beside the pages of `docs_dir`."""
    log.warning(f"{guides}: there is no such folder; start again when there is one")


def _greeting(live: LiveSite) -> str:
    pages = sum(not page.made for page in live.collection.pages.values())
    found = "; findings are shown on each, and here when it is saved" if live.project.check else ""
    return f"{path_here(live.root)}: {count(pages, 'page')}{found}"


def _log_error(error: UserError | OSError) -> None:
    for line in error.lines if isinstance(error, UserError) else [reason_of(error)]:
        log.error(line)


def _normalised(url: str) -> str:
    """A URL without steps upwards, and without the name of the file of a folder's page."""
    url = normpath(f"/{url}").lstrip("/") + ("/" if url.endswith("/") else "")
    if f"/{url}".endswith("/index.html"):
        return url.removesuffix("index.html")
    return "" if url == "/" else url


def _answer(start_response: Any, status: str, content: bytes, kind: str) -> Iterable[bytes]:
    text = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    start_response(status, [("Content-Type", text), ("Content-Length", str(len(content)))])
    return [content]
