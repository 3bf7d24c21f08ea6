"""The report of the last run, told again where nothing that it has read is different now.

Key: the request, which stands for the command and where it was given. Value: what it has read. Where: the
values `run`, `run since` and `run marked` of the store; the report is beside them (see `balise.check.last_report`). It counts as long as every file and folder that the run
looked into is what it was. That takes no rules, no configuration and no walk through the folders;
whatever is imported here costs every run.
"""

import contextlib
import os
import stat
from collections.abc import Collection
from pathlib import Path

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, refreshed, status_of
from balise.base.packed import ENCODER
from balise.workspace.picture_files import PictureRecord, seen_again
from balise.workspace.store import STORE_FILE, STORE_FOLDER, Store, code

RUN, SINCE, MARKED = "run", "run since", "run marked"
"""The values of the store that have what a run has read, what is different since, and the mark of both."""

MAX_CHANGED = 32
"""Changed pages up to which what else a run has read is worth knowing."""
MAX_SINCE = 2000
"""States that are different up to which the run is not kept again as a whole."""


class Run(msgspec.Struct, array_like=True):
    """A run that answered the `request`.

    `pages` are those that it was asked for, by the root of their collection, `whole` the roots of
    whole ones with the names of their layouts, `plain` of those not in the dialect. `inputs` are the other files and folders that it looked into, `marks` tells of
    further paths whether there was anything, `pictures` are those that it has looked at. Which pages
    there are follows from the inputs that were `walked` through. No other run has its `mark`. `traces` is the mark of
    the traces of what it found, empty where they are not kept.
    """

    request: bytes
    pages: dict[str, dict[str, FileState]]
    whole: dict[str, str]
    plain: frozenset[str]
    inputs: dict[str, FileState]
    marks: dict[str, bool]
    walked: frozenset[str]
    mark: bytes
    pictures: dict[str, PictureRecord]
    traces: bytes

    def take(self, since: "Since") -> None:
        """Take states that are later than its own."""
        for path, state in since.states.items():
            states = next(
                (s for s in (self.inputs, *self.pages.values()) if path in s), self.inputs
            )
            states[path] = state
        self.pictures |= since.pictures

    def states_but(self, changed: Collection[str]) -> dict[str, FileState]:
        """The states of all pages, files and folders but those that have changed."""
        found = {path: state for pages in self.pages.values() for path, state in pages.items()}
        found |= self.inputs
        for path in changed:
            found.pop(path, None)
        return found


class Since(msgspec.Struct, array_like=True):
    """What is different since the run with the mark `of` was kept as a whole: states of pages, files, folders and
    pictures, and the mark of the `traces`."""

    of: bytes
    traces: bytes
    states: dict[str, FileState] = {}
    pictures: dict[str, PictureRecord] = {}


RUN_DECODER = msgspec.msgpack.Decoder(Run)
SINCE_DECODER = msgspec.msgpack.Decoder(Since)


def request_of(*parts: object) -> bytes:
    """Stands for a command: what it asks for."""
    return digest(code(), *parts)


class Replay:
    """The last run, whose request was the same. Nothing is different but the `changed` pages.

    No other state of what is kept has its `mark`. What is different `since` it was kept as a whole is in the `run`.
    """

    def __init__(self, store: Store, run: Run, since: Since, mark: bytes) -> None:
        self.store = store
        self.run = run
        self.since = since
        self.mark = mark
        self.changed: list[str] = []

    @classmethod
    def find(cls, start: Path, request: bytes) -> "Replay | None":
        """The last run, if it answered this request and no more than some pages differ; else None.

        It is looked for in the store that is nearest to the folder `start`, upwards. `close` it.
        """
        start = start.absolute()
        folder = next(
            (f for f in (start, *start.parents) if (f / STORE_FOLDER / STORE_FILE).is_file()), None
        )
        if folder is None:
            return None
        store = Store(folder)
        found = cls.last(store)
        if found is None or found.run.request != request or not found._look_again():
            store.close()
            return None
        return found

    @classmethod
    def last(cls, store: Store) -> "Replay | None":
        """The last run that is kept in a store, whatever is different now."""
        mark = store.blob(MARKED)
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            if mark and (stored := store.blob(RUN)):
                run, later = RUN_DECODER.decode(stored), store.blob(SINCE)
                since = SINCE_DECODER.decode(later) if later else None
                if since is None or since.of != run.mark:
                    since = Since(run.mark, run.traces)
                    if mark != run.mark:
                        return None
                run.take(since)
                return cls(store, run, since, mark)
        return None

    def _look_again(self) -> bool:
        """Find the pages that differ; whether nothing else does. States that were renewed are kept."""
        run = self.run
        if any(there != os.path.lexists(path) for path, there in run.marks.items()):
            return False
        renewed = Since(run.mark, run.traces)
        for states in (run.inputs, *run.pages.values()):
            for path, state in states.items():
                found = refreshed(path, state)
                if found is None:
                    if (
                        states is run.inputs
                        or len(self.changed) == MAX_CHANGED
                        or not _is_file(path)
                    ):
                        return False
                    self.changed.append(path)
                elif found is not state:
                    renewed.states[path] = found
        for path, record in run.pictures.items():
            seen = seen_again(path, record)
            if seen.fault != record.fault:
                return False
            if seen is not record and seen != record:
                renewed.pictures[path] = seen
        run.take(renewed)
        self.since.states |= renewed.states
        self.since.pictures |= renewed.pictures
        if (renewed.states or renewed.pictures) and not self.changed:
            self.store.save(self.to_keep(self.mark), where={MARKED: self.mark})
        return True

    def to_keep(self, mark: bytes) -> dict[str, bytes]:
        """The values that keep the run as it is by now, with this mark."""
        run, since = self.run, self.since
        if len(since.states) + len(since.pictures) <= MAX_SINCE:
            return {SINCE: ENCODER.encode(since), MARKED: mark}
        run.mark, run.traces = mark, since.traces
        none = Since(mark, since.traces)
        return {RUN: ENCODER.encode(run), SINCE: ENCODER.encode(none), MARKED: mark}

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(status_of(path).st_mode)
    except (OSError, ValueError):
        return False
