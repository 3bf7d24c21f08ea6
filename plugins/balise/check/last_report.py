"""What the last run told, file by file.

Key: the path of a file. Value: what is found in it, and where its lines start. Where: the table `findings` of the
store, and its values `report`, which has what is said of no single file, and `causes`, by which the files are told
that have findings of one cause. All of it counts for the run that is kept with it; see `balise.check.replay`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from balise.base.findings import Finding, Severity
from balise.base.packed import ENCODER
from balise.base.source import Lines, packed_starts
from balise.check.page_index import PageIndex, number_of, packed
from balise.check.report import Report
from balise.workspace.store import Rows, Store

REPORT, CAUSES = "report", "causes"
FINDINGS: Literal["findings"] = "findings"


class KeptReport(msgspec.Struct, array_like=True):
    """What a run with the configuration of the folder `root` told of no single file."""

    root: str
    fail_on: Severity
    pages: list[str]
    manual: str


class FoundInFile(msgspec.Struct, array_like=True):
    """What is found in a file; `starts` tells where its lines start, packed, and `length` how long it is."""

    findings: list[Finding]
    starts: bytes
    length: int


KEPT = msgspec.msgpack.Decoder(KeptReport)
IN_FILE = msgspec.msgpack.Decoder(FoundInFile)


class _KeptLines(Mapping[str, Lines]):
    """The lines of files by path, unpacked when they are asked for."""

    def __init__(self, files: Mapping[str, FoundInFile]) -> None:
        self._files = files

    def __getitem__(self, path: str) -> Lines:
        file = self._files[path]
        return Lines.unpacked(path, file.starts, file.length)

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class LastReport:
    """The report of the last run in a store. Raises msgspec.MsgspecError and ValueError where it is not whole."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.head = KEPT.decode(store.blob(REPORT) or b"")

    def whole(self) -> Report:
        """All of it."""
        files = {path: IN_FILE.decode(row or b"") for path, row in self.store.of_pages(FINDINGS)}
        findings = [finding for file in files.values() for finding in file.findings]
        return Report(findings, [], _KeptLines(files), self.head.pages, manual=self.head.manual)

    def of_files(self, paths: Iterable[str]) -> Report:
        """What it told of some files, by path."""
        files = self._files(sorted(paths))
        findings = [finding for file in files.values() for finding in file.findings]
        others = {r.path for f in findings for r in f.related} - files.keys()
        lines = _KeptLines({**files, **self._files(others)})
        return Report(findings, [], lines, self.head.pages, manual=self.head.manual)

    def _files(self, paths: Iterable[str]) -> dict[str, FoundInFile]:
        rows = ((path, self.store.of_page(FINDINGS, path)) for path in paths)
        return {path: IN_FILE.decode(row) for path, row in rows if row is not None}

    def sharing(self, findings: Iterable[Finding]) -> set[str] | None:
        """The files that have findings of the same causes as some; None if that is not known."""
        return PageIndex(self.store, CAUSES).having({n for f in findings for n in _causes([f])})


def rows_of(report: Report) -> Rows:
    """What is kept of a report, file by file. Raises UnicodeEncodeError for a path that is not UTF-8."""
    found: dict[str, list[Finding]] = {path: [] for path in report.lines}
    for finding in report.findings:
        found[finding.path].append(finding)
    return {
        path: (b"", ENCODER.encode(_in_file(findings, report.lines[path])))
        for path, findings in found.items()
    }


def causes_of(report: Report) -> dict[str, bytes]:
    """By the files of a report, what stands for the causes of their findings, for the index of these."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.cause:
            found.setdefault(finding.path, []).append(finding)
    return {path: packed({*_causes(findings)}) for path, findings in found.items()}


def _in_file(findings: Sequence[Finding], lines: Lines) -> FoundInFile:
    return FoundInFile([*findings], packed_starts(lines.line_starts), lines.length)


def _causes(findings: Iterable[Finding]) -> Iterator[int]:
    """What stands for the causes of findings, as they are told together (see `balise.check.causes`)."""
    for finding in findings:
        if cause := finding.cause:
            yield number_of(repr((finding.rule, cause)))
