"""What a run has read and told, kept for the next one; see `balise.check.replay`."""

import contextlib
import os
from collections.abc import Iterable, Mapping

from balise.base.file_state import FileState, file_state, refreshed
from balise.base.packed import ENCODER
from balise.check.last_report import CAUSES, FINDINGS, REPORT, KeptReport, causes_of, rows_of
from balise.check.page_index import PageIndex
from balise.check.replay import MARKED, RUN, Replay, Run
from balise.check.report import Report
from balise.config import Configuration, Generated
from balise.workspace.discovery import PageFile, Scope
from balise.workspace.store import new_mark
from balise.workspace.workspace import Workspace


def scope_of(run: Run, generated: Generated) -> Scope:
    """The pages that a run was asked for, where no file and no folder besides them is different.

    `generated` is what its configuration says that other tools make.
    """
    return Scope(
        [PageFile(path, root) for root, pages in run.pages.items() for path in pages],
        whole=run.whole,
        plain=run.plain,
        generated=generated,
        looked_at=run.walked,
        marks=frozenset(run.marks),
    )


def remember(
    request: bytes,
    configuration: Configuration,
    files: Iterable[str],
    workspace: Workspace,
    report: Report,
    traces: bytes,
    states: Mapping[str, FileState] | None = None,
) -> bytes:
    """Keep the report of a run in the store of its workspace: the run's mark; none if it is not kept.

    `files` are those that were read or looked for besides the workspace's, `traces` the mark of the traces of what was
    found. Of files and folders
    whose `states` of this moment are known no other is asked for.
    """
    scope, store = workspace.scope, workspace.store
    if store is None or report.crashes or scope.around or scope.since or scope.against:
        return b""
    if not all(record.state.digest for record in workspace.records.values()):
        return b""
    pages: dict[str, dict[str, FileState]] = {root: {} for root in workspace.collections}
    for path, record in workspace.records.items():
        pages[record.root][path] = record.state
    last = Replay.last(store) if states is None else None
    paths = {*files, *scope.looked_at, *workspace.looked_at}
    found = _inputs(paths, last.run.inputs if last else {}, states or {})
    if found is None:
        return b""
    inputs, marks = found
    marks |= {path: os.path.lexists(path) for path in scope.marks}
    mark = new_mark()
    files = (path for found in workspace.collections.values() for path in found.structure.files)
    pictures = workspace.pictures.records_of(files)
    walked = scope.looked_at
    plain, whole = scope.plain, dict(scope.whole)
    run = Run(request, pages, whole, plain, inputs, marks, walked, mark, pictures, traces)
    kept = KeptReport(
        str(configuration.root), configuration.config.fail_on, [*report.pages], report.manual
    )
    with contextlib.suppress(UnicodeEncodeError):  # a folder whose name is not UTF-8
        values = {
            RUN: ENCODER.encode(run),
            MARKED: mark,
            REPORT: ENCODER.encode(kept),
            **PageIndex(store, CAUSES).with_all(causes_of(report)),
        }
        if store.save(values, {FINDINGS: rows_of(report)}, anew=[FINDINGS]):
            return mark
    return b""


def _inputs(
    paths: Iterable[str], known: Mapping[str, FileState], today: Mapping[str, FileState]
) -> tuple[dict[str, FileState], dict[str, bool]] | None:
    """The states of files and folders, and what is not there; None if one cannot be known again.

    They are `known` from before, or those of `today`.
    """
    states: dict[str, FileState] = {}
    missing: dict[str, bool] = {}
    for path in sorted(paths):
        if path in today:
            states[path] = today[path]
            continue
        if not os.path.lexists(path):
            missing[path] = False
            continue
        try:
            same = refreshed(path, known[path]) if path in known else None
            states[path] = same or file_state(path)
        except (OSError, ValueError):
            return None
    return states, missing
