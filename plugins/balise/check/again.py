"""The next check, where nothing is different since the last run but the texts of a few pages.

What it tells of all other files is what the last run told, so of these nothing is loaded. It is made by the same
pipeline as any check, asked about the files of which it may find something else.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec
from msgspec.structs import replace

from balise.check.kept_traces import Checked
from balise.check.last_report import CAUSES, FINDINGS, LastReport, causes_of, rows_of
from balise.check.page_index import PageIndex
from balise.check.pipeline import CheckSettings, check, lines_of
from balise.check.remember import scope_of
from balise.check.replay import MARKED, Replay
from balise.check.report import Report
from balise.check.snapshot import DamagedError
from balise.check.trace_store import TraceStore
from balise.config import Config
from balise.workspace.reading import PARALLEL_FROM, ReadOptions
from balise.workspace.records import StaleError
from balise.workspace.store import new_mark
from balise.workspace.workspace import Workspace


class Again(msgspec.Struct, frozen=True):
    """What is told now of the `files` of which it may be something else, and what the `last` run told of them.

    The store of the last run has all of it by now, under this `mark`.
    """

    report: Report
    last: Report
    files: AbstractSet[str]
    mark: bytes


def check_again(
    last: Replay, config: Config, settings: CheckSettings, options: ReadOptions
) -> Again | None:
    """What is told otherwise than by the last run; None where all has to be checked.

    That is so where more follows from the texts that have changed than what is found on a few pages, where not all is
    kept, and where this cannot be kept.
    """
    try:
        return _check_again(last, config, settings, options)
    except (StaleError, DamagedError, msgspec.MsgspecError, ValueError, OSError):  # not all is kept
        return None


def _check_again(
    last: Replay, config: Config, settings: CheckSettings, options: ReadOptions
) -> Again | None:
    store, run = last.store, last.run
    traces = TraceStore.load(store)
    if not traces.kept or traces.kept != last.since.traces:
        return None
    before = LastReport(store)
    digests = {path: s.digest for states in run.pages.values() for path, s in states.items()}
    scope = scope_of(run, config.generated)
    with Workspace.of_last_run(
        scope, config.urls, store, options, digests, traces.structures
    ) as kept:
        workspace = kept.reread(last.changed)
        if workspace is None or not all(map(workspace.digest, last.changed)):
            return None
        rules = {root: dict(found) for root, found in traces.collections.items()}
        forgotten = traces.renew(workspace, list(settings.rules))
        files = {*last.changed, *forgotten} & digests.keys()
        if len(files) >= PARALLEL_FROM:
            return None
        report = _about(workspace, settings, traces, files)
        if more := _told_otherwise(rules, traces.collections) - files:
            files |= more
            report = _about(workspace, settings, traces, files)
        if report.crashes:
            return None
        reruns = {path: forgotten.get(path) for path in digests if path in files}
        report = replace(report, manual=before.head.manual, reruns=reruns)
        told = before.of_files(files)
        mark = _keep(last, workspace, traces, report, files)
    return Again(report, told, files, mark) if mark else None


def _keep(
    last: Replay,
    workspace: Workspace,
    traces: TraceStore,
    report: Report,
    files: AbstractSet[str],
) -> bytes:
    """Keep what is told of some files now beside what the last run told of all others: the mark; empty if it is not kept."""
    causes = causes_of(report)
    index = PageIndex(last.store, CAUSES).with_more({path: causes.get(path, b"") for path in files})
    if index is None:
        return b""
    traces.save(workspace)
    if not traces.kept:
        return b""
    last.since.traces = traces.kept
    last.since.states |= {path: workspace.records[path].state for path in last.changed}
    mark = new_mark()
    values = {**last.to_keep(mark), **index}
    is_kept = last.store.save(values, {FINDINGS: rows_of(report)}, where={MARKED: last.mark})
    return mark if is_kept else b""


def _about(
    workspace: Workspace, settings: CheckSettings, traces: TraceStore, files: AbstractSet[str]
) -> Report:
    """What is found in some files, and where the lines of all of them start."""
    report = check(workspace.asking_for(files, judged=True), settings, traces, about=files)
    return replace(report, lines={**lines_of(workspace, files), **report.lines})


def _told_otherwise(
    before: Mapping[str, Mapping[str, Checked]], now: Mapping[str, Mapping[str, Checked]]
) -> set[str]:
    """The files about which rules about collections find something else."""
    files: set[str] = set()
    for root, found in now.items():
        for rule, checked in found.items():
            known = before.get(root, {}).get(rule)
            if known is not checked:
                findings = frozenset(known.findings if known else ())
                files |= {finding.path for finding in findings ^ frozenset(checked.findings)}
    return files
