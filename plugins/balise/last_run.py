"""The report of the last run, told again where nothing that it has read is different now.

That takes no rules, no configuration and no walk through the folders: each file and folder that
the run looked into is compared with its stamp. So whatever is imported here costs every run.
"""

import contextlib
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from balise.cache import FILE, FOLDER, Cache, code, digest
from balise.findings import Finding, Severity
from balise.report import Report
from balise.source import Lines
from balise.stamps import Stamp, renewed, stamp_of

if TYPE_CHECKING:
    from balise.library import Library

RUN = "last run"
REPORT = "last report"
"""The values of the cache that have what a run has read, and its report."""


class Run(msgspec.Struct, array_like=True):
    """A run that answered the `request`.

    `inputs` are the files and folders that it looked into, `marks` tells of other paths whether
    there was anything.
    """

    request: bytes
    inputs: dict[str, Stamp]
    marks: dict[str, bool]


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


def last_report(start: Path, request: bytes) -> LastReport | None:
    """That of the last run, if it answered this request and nothing is different; else None.

    It is looked for in the cache that is nearest to the folder `start`, upwards.
    """
    start = start.absolute()
    folder = next((f for f in (start, *start.parents) if (f / FOLDER / FILE).is_file()), None)
    if folder is None:
        return None
    cache = Cache(folder)
    try:
        run = _run(cache)
        if run is None or run.request != request or not _is_same(run, cache):
            return None
        stored = cache.blob(REPORT)
        return REPORT_DECODER.decode(stored) if stored else None
    except (msgspec.MsgspecError, ValueError):
        return None
    finally:
        cache.close()


def _is_same(run: Run, cache: Cache) -> bool:
    """Whether all that a run has read is as it was; what had to be read to know is noted."""
    if any(there != os.path.lexists(path) for path, there in run.marks.items()):
        return False
    today: dict[str, Stamp] = {}
    for path, stamp in run.inputs.items():
        found = renewed(path, stamp)
        if found is None:
            return False
        if found is not stamp:
            today[path] = found
    if today:
        run.inputs |= today
        cache.store({RUN: ENCODER.encode(run)})
    return True


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
    inputs = {p: row.stamp for p, row in library.rows.items() if p in library.pages and row.stamp}
    if len(inputs) < len(library.pages):
        return
    marks = {path: os.path.lexists(path) for path in scope.marks}
    before = _run(cache)
    known = before.inputs if before else {}
    for path in sorted({*files, *scope.looked_at, *library.looked_at}):
        if not os.path.lexists(path):
            marks[path] = False
            continue
        try:
            inputs[path] = (renewed(path, known[path]) if path in known else None) or stamp_of(path)
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
    run = Run(request, inputs, marks)
    with contextlib.suppress(UnicodeEncodeError):  # a folder whose name is not UTF-8
        cache.store({RUN: ENCODER.encode(run), REPORT: ENCODER.encode(told)})


def _run(cache: Cache) -> Run | None:
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if stored := cache.blob(RUN):
            return RUN_DECODER.decode(stored)
    return None
