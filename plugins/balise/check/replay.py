"""The report of the last run, told again where nothing that it has read is different now.

That takes no rules, no configuration and no walk through the folders: each file and folder that
the run looked into is compared with its state. So whatever is imported here costs every run.
"""

import contextlib
import os
import stat
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from balise.base.digests import digest
from balise.base.file_state import FileState, file_state, refreshed, status_of
from balise.base.findings import Finding, Severity
from balise.base.source import Lines
from balise.check.report import Report
from balise.workspace.store import FILE, FOLDER, Cache, code

if TYPE_CHECKING:
    from balise.workspace.workspace import Library

RUN = "last run"
REPORT = "last report"
"""The values of the cache that have what a run has read, and its report."""


MOST = 32
"""Changed pages up to which a report is worth patching."""


class Run(msgspec.Struct, array_like=True):
    """A run that answered the `request`.

    `pages` are those that it was asked for, by the root of their collection, `whole` the roots of
    whole ones, and `structure` stands for what it knew of pages without opening one. `inputs` are the other files and folders that it
    looked into, `marks` tells of further paths whether there was anything.
    Of the inputs those that were `walked` through tell which pages there are.
    """

    request: bytes
    structure: bytes
    pages: dict[str, dict[str, FileState]]
    whole: frozenset[str]
    inputs: dict[str, FileState]
    marks: dict[str, bool]
    walked: frozenset[str]


class LastReport(msgspec.Struct, array_like=True):
    """What a run with the configuration of the folder `root` told.

    `lines` tells for each text where its lines start, packed, and how long it is.
    """

    root: str
    fail_on: Severity
    findings: list[Finding]
    lines: dict[str, tuple[bytes, int]]
    checked: int
    whole: frozenset[str]

    @property
    def report(self) -> Report:
        """The report, as it was."""
        return Report(self.findings, [], LinesOf(self.lines), {}, self.checked, self.whole)


RUN_DECODER = msgspec.msgpack.Decoder(Run)
REPORT_DECODER = msgspec.msgpack.Decoder(LastReport)
ENCODER = msgspec.msgpack.Encoder()


class LinesOf(Mapping[str, Lines]):
    """The lines of texts by path, unpacked when they are asked for."""

    def __init__(self, packed: Mapping[str, tuple[bytes, int]]) -> None:
        self._packed = packed
        self._lines: dict[str, Lines] = {}

    def __getitem__(self, path: str) -> Lines:
        if path not in self._lines:
            starts, length = self._packed[path]
            self._lines[path] = Lines(path, array("I", starts), length)
        return self._lines[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def request_of(*parts: object) -> bytes:
    """Stands for a command: what it asks for, and where."""
    return digest(code(), str(Path.cwd()), *parts)


class LastRun:
    """What is kept of the last run, if it answered the same request as this one.

    Nothing is different but the text of the pages that have `changed`. `close` it at the end.
    """

    def __init__(self, cache: Cache, run: Run) -> None:
        self.cache = cache
        self.run = run
        self.changed: list[str] = []

    def report(self) -> LastReport | None:
        """What it told."""
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            if stored := self.cache.blob(REPORT):
                return REPORT_DECODER.decode(stored)
        return None

    def close(self) -> None:
        """Let go of the cache."""
        self.cache.close()

    def compare(self) -> bool:
        """Whether no more is different than some pages; what had to be read to know is noted."""
        if any(there != os.path.lexists(path) for path, there in self.run.marks.items()):
            return False
        renewals = 0
        for states in (self.run.inputs, *self.run.pages.values()):
            for path, state in states.items():
                found = refreshed(path, state)
                if found is None and (
                    states is self.run.inputs or len(self.changed) == MOST or not _is_file(path)
                ):
                    return False
                if found is None:
                    self.changed.append(path)
                elif found is not state:
                    states[path] = found
                    renewals += 1
        if renewals and not self.changed:
            self.cache.store({RUN: ENCODER.encode(self.run)})
        return True


def last_run(start: Path, request: bytes) -> LastRun | None:
    """The last run, if it answered this request and only some pages differ; else None.

    It is looked for in the cache that is nearest to the folder `start`, upwards.
    """
    start = start.absolute()
    folder = next((f for f in (start, *start.parents) if (f / FOLDER / FILE).is_file()), None)
    if folder is None:
        return None
    cache = Cache(folder)
    run = _run(cache)
    if run is not None and run.request == request:
        last = LastRun(cache, run)
        if last.compare():
            return last
    cache.close()
    return None


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(status_of(path).st_mode)
    except (OSError, ValueError):
        return False


def remember(
    request: bytes,
    root: Path,
    fail_on: Severity,
    files: Iterable[str],
    library: "Library",
    report: Report,
) -> None:
    """Keep the report of a run in the library's cache.

    `files` are those that it has read or looked for besides the library's.
    """
    scope, cache = library.scope, library.cache
    if cache is None or report.crashes or scope.around or scope.since or scope.against:
        return
    pages: dict[str, dict[str, FileState]] = {root: {} for root in library.collections}
    for path in library.pages:
        row = library.rows[path]
        if row.state is None:
            return
        pages[row.root][path] = row.state
    marks = {path: os.path.lexists(path) for path in scope.marks}
    before = _run(cache)
    known = before.inputs if before else {}
    inputs: dict[str, FileState] = {}
    for path in sorted({*files, *scope.looked_at, *library.looked_at}):
        if not os.path.lexists(path):
            marks[path] = False
            continue
        try:
            inputs[path] = (refreshed(path, known[path]) if path in known else None) or file_state(
                path
            )
        except (OSError, ValueError):
            return
    shown = {path for f in report.findings for path in (f.path, *(r.path for r in f.related))}
    lines = {
        path: (array("I", document.line_starts).tobytes(), document.length)
        if path in shown
        else (b"", 0)  # nobody asks for a place on it
        for path, document in report.documents.items()
    }
    told = LastReport(
        str(root), fail_on, list(report.findings), lines, report.checked, report.whole
    )
    run = Run(request, library.structure, pages, report.whole, inputs, marks, scope.looked_at)
    with contextlib.suppress(UnicodeEncodeError):  # a folder whose name is not UTF-8
        cache.store({RUN: ENCODER.encode(run), REPORT: ENCODER.encode(told)})


def _run(cache: Cache) -> Run | None:
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if stored := cache.blob(RUN):
            return RUN_DECODER.decode(stored)
    return None
