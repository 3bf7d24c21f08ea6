"""The report of the last run, told again where nothing that it has read is different now.

Key: the request, which stands for the command and where it was given. Value: the report. Where: the
values `run` and `report` of the store. It counts as long as every file and folder that the run
looked into is what it was. That takes no rules, no configuration and no walk through the folders;
whatever is imported here costs every run.
"""

import contextlib
import os
import stat
from array import array
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, refreshed, status_of
from balise.base.findings import Finding, Severity
from balise.base.source import Lines
from balise.check.report import Report
from balise.workspace.picture_files import PictureRecord, seen_again
from balise.workspace.store import STORE_FILE, STORE_FOLDER, Store, code

RUN, REPORT = "run", "report"
"""The values of the store that have what a run has read, and its report."""

MAX_CHANGED = 32
"""Changed pages up to which what else a run has read is worth knowing."""


class Run(msgspec.Struct, array_like=True):
    """A run that answered the `request`.

    `pages` are those that it was asked for, by the root of their collection, `whole` the roots of
    whole ones with the names of their layouts, `plain` of those not in the dialect. `inputs` are the other files and folders that it looked into, `marks` tells of
    further paths whether there was anything, `pictures` are those that it has looked at. Which pages
    there are follows from the inputs that were `walked` through. No other run has its `mark`.
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

    def states_but(self, changed: Collection[str]) -> dict[str, FileState]:
        """The states of all pages, files and folders but those that have changed."""
        found = {path: state for pages in self.pages.values() for path, state in pages.items()}
        found |= self.inputs
        for path in changed:
            found.pop(path, None)
        return found


class KeptReport(msgspec.Struct, array_like=True):
    """What a run with the configuration of the folder `root` told.

    `lines` tells for each text where its lines start, packed, and how long it is.
    """

    root: str
    fail_on: Severity
    findings: list[Finding]
    lines: dict[str, tuple[bytes, int]]
    pages: list[str]
    manual: str

    @property
    def report(self) -> Report:
        """The report, as it was."""
        lines = PackedLines(self.lines)
        return Report(self.findings, [], lines, self.pages, manual=self.manual)


RUN_DECODER = msgspec.msgpack.Decoder(Run)
REPORT_DECODER = msgspec.msgpack.Decoder(KeptReport)
ENCODER = msgspec.msgpack.Encoder()


class PackedLines(Mapping[str, Lines]):
    """The lines of texts by path, unpacked when they are asked for."""

    def __init__(self, packed: Mapping[str, tuple[bytes, int]]) -> None:
        self._packed = packed

    def __getitem__(self, path: str) -> Lines:
        starts, length = self._packed[path]
        return Lines(path, array("I", starts), length)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def request_of(*parts: object) -> bytes:
    """Stands for a command: what it asks for."""
    return digest(code(), *parts)


class Replay:
    """The last run, whose request was the same. Nothing is different but the `changed` pages."""

    def __init__(self, store: Store, run: Run, changed: list[str]) -> None:
        self.store = store
        self.run = run
        self.changed = changed

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
        run = kept_run(store)
        changed = _changed_pages(store, run) if run and run.request == request else None
        if run is None or changed is None:
            store.close()
            return None
        return cls(store, run, changed)

    def report(self) -> KeptReport | None:
        """What it told; None if that is not kept any more."""
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            if stored := self.store.blob(REPORT):
                return REPORT_DECODER.decode(stored)
        return None

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def kept_run(store: Store) -> Run | None:
    """The last run that is kept in a store."""
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if stored := store.blob(RUN):
            return RUN_DECODER.decode(stored)
    return None


def _changed_pages(store: Store, run: Run) -> list[str] | None:
    """The pages that differ; None if more does. States that were renewed are kept."""
    if any(there != os.path.lexists(path) for path, there in run.marks.items()):
        return None
    renewed = False
    changed: list[str] = []
    for states in (run.inputs, *run.pages.values()):
        for path, state in states.items():
            found = refreshed(path, state)
            if found is None:
                if states is run.inputs or len(changed) == MAX_CHANGED or not _is_file(path):
                    return None
                changed.append(path)
            elif found is not state:
                states[path] = found
                renewed = True
    for path, record in run.pictures.items():
        seen = seen_again(path, record)
        if seen.fault != record.fault:
            return None
        if seen is not record and seen != record:
            run.pictures[path] = seen
            renewed = True
    if renewed and not changed:
        store.save({RUN: ENCODER.encode(run)})
    return changed


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(status_of(path).st_mode)
    except (OSError, ValueError):
        return False
