"""`balise check --watch`: the check is made again whenever something that it is about has changed.

Each time it is that of a single run, which reads no more than what has changed.
"""

import contextlib
import queue
import sys
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import replace

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.paths import absolute_path, path_here
from balise.check.baseline import BASELINE_FILE
from balise.check.replay import Replay
from balise.cli.exit_status import ExitStatus
from balise.cli.live_check import LiveRequest
from balise.cli.output import parse_outputs
from balise.cli.request import CheckRequest
from balise.cli.scope import configuration_of, discover_pages
from balise.config import looked_at

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties the screen of a terminal, and what one could scroll back to."""
GITIGNORE = ".gitignore"

Check = Callable[..., ExitStatus]
"""Checks a request once, as a new command or by another function, and tells what was found."""


class Sources(msgspec.Struct, frozen=True):
    """What a check depends on: all that is below some `folders`, and some `files`."""

    folders: frozenset[str]
    files: frozenset[str]

    @classmethod
    def of(cls, request: CheckRequest) -> "Sources":
        """Those of a request, as the configuration is at the moment. Raises UserError."""
        configuration = configuration_of(request.config, request.start, request.pages)
        scope = discover_pages(request.paths, configuration)
        folders = {
            *filter(None, map(scope.folder_beside, scope.whole)),
            *scope.whole,
            *scope.folders,
            *(page.root for page in scope.pages),
        }
        files = {str(file) for file in looked_at(request.start, configuration)}
        files |= {path for path in scope.looked_at if path.endswith(f"/{GITIGNORE}")}
        files.add(str(configuration.root / BASELINE_FILE))
        return cls(frozenset(map(absolute_path, folders)), frozenset(map(absolute_path, files)))

    def has(self, path: str) -> bool:
        """Whether a check depends on a path, which ends in `/` if it is that of a folder."""
        name = path.rstrip("/")
        if name in self.files or name in self.folders:
            return True
        below = (name.removeprefix(f"{f}/") for f in self.folders if name.startswith(f"{f}/"))
        return any(
            all(not part.startswith(".") or part == GITIGNORE for part in way.split("/"))
            for way in below
        )


def watch(request: CheckRequest, check: Check) -> ExitStatus:
    """Check, and again after each change, until an interrupt. Raises UserError where that cannot be."""
    try:
        import balise.workspace.watching  # noqa: F401 - it needs watchdog, which an extra brings
    except ImportError as error:
        raise UserError(
            "`--watch` needs the package watchdog: install it, or all that `balise[site]` brings"
        ) from error
    sources = Sources.of(request)
    # Pages are read in copies of this process, which must have no other thread while they are made.
    _Watch(request, check).show(frozenset())
    watched = _Watch(replace(request, processes=1), check)
    while True:
        with _changes(sources) as changes:
            if not _is_shown(watched.request):
                watched.show(frozenset())
            watched.say_waiting()
            sources = watched.until_others(sources, changes)


class _Watch:
    """A request that is carried out again and again; of texts that have changed in memory."""

    def __init__(self, request: CheckRequest, check: Check) -> None:
        self.request = request
        self.check = check
        self.written = {absolute_path(f) for _, f in parse_outputs(request.output.files, "text")}
        self.live: LiveRequest | None = None

    def until_others(
        self, sources: Sources, changes: "queue.SimpleQueue[AbstractSet[str]]"
    ) -> Sources:
        """Check after each change, until others than these are what it depends on; these others."""
        while True:
            if self.live is None:
                with contextlib.suppress(UserError):  # it has been told
                    self.live = LiveRequest.open(self.request)
            found = {p for p in changes.get() if sources.has(p) and not self._is_own(p)}
            if not found:
                continue
            self.show(found)
            if self.live is None:
                with contextlib.suppress(UserError):  # as above
                    others = Sources.of(self.request)
                    back = any(path.rstrip("/") in sources.folders for path in found)
                    if others != sources or back:
                        return others
            self.say_waiting()

    def say_waiting(self) -> None:
        """Say that a change is waited for."""
        self._say("watching for changes; Ctrl-C ends it")

    def show(self, changed: AbstractSet[str]) -> None:
        """Check, and tell what was found on an empty screen."""
        if sys.stdout.isatty():
            click.echo(CLEAR, nl=False)
        if changed:
            first, *others = sorted(map(path_here, changed))
            more = f" and {count(len(others), 'other')}" if others else ""
            self._say(f"changed: {first}{more}")
        try:
            self._check(changed)
        except UserError as error:
            for line in error.lines:
                click.echo(f"balise: {line}", err=True)

    def _check(self, changed: AbstractSet[str]) -> None:
        live, self.live = self.live, None
        result = None
        if live is not None and live.covers(changed):
            with contextlib.suppress(OSError):  # a page has gone meanwhile
                result = live.result(changed)
                self.live = live
        self.check(self.request, None if result is None else lambda _: result)

    def _is_own(self, path: str) -> bool:
        """Whether a file is one that the check itself writes."""
        return path in self.written or any(path == _part_of(file) for file in self.written)

    def _say(self, text: str) -> None:
        if not self.request.output.quiet:
            click.echo(f"[{datetime.now():%H:%M:%S}] {text}", err=True)


def _part_of(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"{folder}/.{name}.part"


def _is_shown(request: CheckRequest) -> bool:
    """Whether nothing has changed since the last check, as far as that can be told."""
    last = Replay.find(request.start, request.digest) if request.replayable else None
    if last is None:
        return not request.replayable
    last.close()
    return not last.changed


@contextlib.contextmanager
def _changes(sources: Sources) -> "Iterator[queue.SimpleQueue[AbstractSet[str]]]":
    """Gives the paths that have changed, as they do."""
    from balise.workspace.watching import ChangeWatcher, make_observer  # see above

    changes: queue.SimpleQueue[AbstractSet[str]] = queue.SimpleQueue()
    folders = [Path(folder) for folder in sorted(sources.folders) if Path(folder).is_dir()]
    beside = {Path(path).parent for path in (*sources.files, *sources.folders)}
    observer: Any = make_observer(*folders)
    watcher = ChangeWatcher(changes.put)
    watcher.watch(observer, *folders, beside=[f for f in sorted(beside) if f.is_dir()])
    observer.start()
    try:
        yield changes
    finally:
        watcher.stop()
        observer.stop()
