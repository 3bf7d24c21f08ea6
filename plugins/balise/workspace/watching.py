"""Which files have just changed, gathered until nothing changes any more."""

import logging
import os
import queue
import re
import threading
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from time import monotonic
from typing import Any

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from balise.base.paths import with_slashes
from balise.workspace.store import STORE_FOLDER

log = logging.getLogger(__name__)

CHANGES: list[type[FileSystemEvent]] = [
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]
"""Events that say that something is different: to have read a file is none."""

OWN = re.compile(rf"(?:^|/){re.escape(STORE_FOLDER)}/")
"""What is kept between runs: it changes whenever something else has."""
QUIET = 0.03
"""Seconds without an event after which a change is taken to be complete."""
PATIENCE = 0.3
"""Seconds after which it is told in any case."""
REST = 1.0
"""Seconds without a change after which there is time for something else."""


def make_observer(*folders: Path) -> BaseObserver:
    """Watches folders by the means of the system; by looking twice a second where these do not suffice."""
    probe = Observer()
    try:
        for folder in folders:
            if folder.is_dir():
                probe.schedule(
                    FileSystemEventHandler(), str(folder), recursive=True, event_filter=CHANGES
                )
        probe.start()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        log.info(f"files are looked at twice a second, since they cannot be watched: {reason}")
        return PollingObserver(timeout=0.5)
    finally:
        if probe.is_alive():
            probe.stop()
    return Observer()


class Handler(FileSystemEventHandler):
    """Hands every event to a function."""

    def __init__(self, note: Callable[[FileSystemEvent], None]) -> None:
        self.note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """As of watchdog."""
        self.note(event)


class ChangeWatcher:
    """Gathers the changes below folders and tells them together, in a thread of its own.

    `tell` gets the paths of files; one that ends in `/` is a folder that was made, moved or
    removed, with whatever is in it. When nothing has changed for a while, `rest` is called until
    it says that there is nothing more to do; a change comes first.
    """

    def __init__(
        self, tell: Callable[[AbstractSet[str]], None], rest: Callable[[], bool] = lambda: False
    ) -> None:
        self.tell = tell
        self.rest = rest
        self._events: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def watch(self, observer: BaseObserver, *folders: Path, beside: Iterable[Path] = ()) -> None:
        """Begin; of folders that are `beside` these, what is directly in them is told."""
        handler = Handler(self._note)
        for folder in folders:
            observer.schedule(handler, str(folder), recursive=True, event_filter=CHANGES)
        for folder in beside:
            observer.schedule(handler, str(folder), recursive=False, event_filter=CHANGES)
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._events.put(None)

    def _note(self, event: FileSystemEvent) -> None:
        end = "/" if event.is_directory else ""
        for path in (event.src_path, event.dest_path):
            name = with_slashes(os.fsdecode(path)) + end
            if path and not OWN.search(name):
                self._events.put(name)

    def _first(self) -> str | None:
        """The first event of a change; until there is one, others may use the time."""
        wait: float | None = REST
        while True:
            try:
                return self._events.get(timeout=wait)
            except queue.Empty:
                wait = 0 if self.rest() else None

    def _run(self) -> None:
        while (first := self._first()) is not None:
            changed = {first}
            until = monotonic() + PATIENCE
            while monotonic() < until:
                try:
                    more = self._events.get(timeout=QUIET)
                except queue.Empty:
                    break
                if more is None:
                    return
                changed.add(more)
            self.tell(changed)


class Stopped:
    """Takes the place of an observer that was never started."""

    def stop(self) -> None:
        """Nothing to stop."""

    def join(self) -> None:
        """Nothing to wait for."""


NO_OBSERVER: Any = Stopped()
