"""The whole collection is checked while the writer pauses, and what is new in it is logged.

A save logs what is wrong with the page that was saved. What it does to others, whose links lead
to a heading that has another name now, and what is wrong with the collection as a whole is logged
from here.
"""

import gc
import logging
from collections import Counter
from collections.abc import Container, Generator, Iterator, Mapping, Sequence
from time import monotonic

import msgspec
from msgspec.structs import replace

from balise.base.counting import count
from balise.base.findings import Finding, count_severities
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.base.source import SourceFile
from balise.check.baseline import fingerprinted
from balise.check.live import LiveCheck
from balise.check.report import Crash, Report
from balise.publish.project import Project
from balise.publish.report_log import log_report
from balise.workspace.sources import source_of
from balise.workspace.workspace import Workspace

log = logging.getLogger(__name__)

SLICE = 0.02
"""Seconds after which whoever asks for a page comes first."""
AT_ONCE = 200
"""Pages whose findings are compared with those of before within a hundredth of a second."""
MAX_LOGGED = 20
"""Findings that are logged at a time; nobody reads a list that runs off the screen."""
MAX_NAMED = 5
"""Pages that are named in one line."""


class PageFindings(msgspec.Struct, frozen=True):
    """All findings on a page whose bytes have this `hash`; and those that count, by fingerprint."""

    hash: bytes
    findings: Sequence[Finding]
    counting: Mapping[str, Finding]


class BackgroundCheck:
    """The check of a collection that is kept current, made again and again in small pieces, by one thread."""

    def __init__(self, project: Project, live: LiveCheck) -> None:
        self.project = project
        self.live = live
        self._wanted = True
        self._steps: Iterator[None] | None = None
        self._known: Mapping[str, PageFindings] | None = None
        self._crashes: set[Crash] = set()
        self._logged: set[Finding | Crash] = set()
        self._is_full = False

    def want(self) -> None:
        """Something has changed: what is under way is given up, and begins again."""
        self.close()
        self._wanted = True

    def mark_logged(self, report: Report) -> None:
        """What is in `report` has been logged, and need not be logged again."""
        self._logged |= {*report.findings, *report.crashes}

    def step(self) -> bool:
        """Go on for a short while; whether there is more to do."""
        if self._steps is None:
            if not self._wanted:
                return False
            self._wanted = False
            self._steps = self._check()
        until = monotonic() + SLICE
        steps, self._steps = self._steps, None  # a check that raises does not go on
        with no_garbage_collection():
            for _ in steps:
                self.live.forget()
                if monotonic() > until:
                    self._steps = steps
                    return True
        return self._wanted

    def close(self) -> None:
        """Give up."""
        self._steps = None

    def _check(self) -> Iterator[None]:
        project, workspace = self.project, self.live.workspace
        report = yield from self.live.steps()
        yield
        found = yield from self._by_page(report, workspace)
        yield
        self.live.save()
        self._log_trouble(workspace)
        yield
        logged, self._logged = self._logged, set()
        before, self._known = self._known, found
        if before is None:
            log.info(_summary(project.guides, found))
            new: list[Finding] = []
        else:
            before, found = _different(before, found)
            new = [finding for finding in _new(before, found) if finding not in logged]
        crashes = [crash for crash in report.crashes if crash not in logged | self._crashes]
        self._crashes = {*report.crashes}
        if new or crashes:
            log_report(replace(report, findings=new[:MAX_LOGGED], crashes=crashes), project)
        if len(new) > MAX_LOGGED:
            more = count(len(new) - MAX_LOGGED, "more new finding")
            log.info(f"{more}: `balise check` lists them")
        if mended := _mended(before or {}, found, workspace.records):
            log.info(f"mended: {mended}")
        yield
        gc.collect()  # now, and not while somebody waits for a page

    def _log_trouble(self, workspace: Workspace) -> None:
        """Log that nothing can be kept, once until it can be again."""
        trouble = workspace.store.trouble if workspace.store else ""
        if trouble and not self._is_full:
            log.warning(trouble)
        self._is_full = bool(trouble)

    def _by_page(
        self, report: Report, workspace: Workspace
    ) -> Generator[None, None, Mapping[str, PageFindings]]:
        by_page: dict[str, list[Finding]] = {}
        for finding in report.findings:
            by_page.setdefault(finding.path, []).append(finding)
        before = self._known or {}
        found: dict[str, PageFindings] = {}
        for number, (path, findings) in enumerate(by_page.items()):
            if number % AT_ONCE == 0:
                yield
            known = before.get(path)
            hash_ = workspace.digest(path) if path in workspace.records else b""
            if known and known.hash == hash_ != b"" and known.findings == findings:
                found[path] = known
                continue
            source = source_of(path) if report.lines[path].length else None
            found[path] = PageFindings(hash_, findings, self._counting(path, findings, source))
            yield
        return found

    def _counting(
        self, path: str, findings: Sequence[Finding], source: SourceFile | None
    ) -> Mapping[str, Finding]:
        """The findings on a page that the baseline does not know, by fingerprint."""
        folder = self.project.configuration.root
        marks = fingerprinted(findings, {path: source}, folder)
        known = self.live.baseline.known if self.live.baseline else {}
        return {
            mark: finding
            for finding, (name, mark) in zip(findings, marks, strict=True)
            if mark not in known.get(name, {})
        }


def _different(
    before: Mapping[str, PageFindings], now: Mapping[str, PageFindings]
) -> tuple[Mapping[str, PageFindings], Mapping[str, PageFindings]]:
    """Both without the pages on which nothing is different."""
    same = {path for path, known in now.items() if before.get(path) is known}
    old, new = ({p: k for p, k in found.items() if p not in same} for found in (before, now))
    return old, new


def _new(before: Mapping[str, PageFindings], now: Mapping[str, PageFindings]) -> list[Finding]:
    return [
        finding
        for path, known in now.items()
        for mark, finding in known.counting.items()
        if path not in before or mark not in before[path].counting
    ]


def _mended(
    before: Mapping[str, PageFindings], now: Mapping[str, PageFindings], there: Container[str]
) -> str:
    """What is wrong no more on pages that are still there, in a line; empty if there is nothing."""
    gone = _counted(before) - _counted(now)
    found = [
        f"{path_here(path)} ({rule}{f', {number} times' if number > 1 else ''})"
        for (path, rule), number in sorted(gone.items())
        if path in there
    ]
    more = len(found) - MAX_NAMED
    return ", ".join(found[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def _counted(found: Mapping[str, PageFindings]) -> Counter[tuple[str, str]]:
    """How many findings of each rule each page has."""
    return Counter(
        (path, finding.rule) for path, known in found.items() for finding in known.counting.values()
    )


def _summary(guides: str, found: Mapping[str, PageFindings]) -> str:
    findings = [finding for known in found.values() for finding in known.counting.values()]
    if not findings:
        return f"{path_here(guides)}: no findings"
    listed = f"{count(len(findings), 'finding')} ({count_severities(findings)})"
    return f"{path_here(guides)}: {listed}; `balise check` lists them"
