"""A few texts are different since the last run: what is told of them takes the place of what it told."""

import contextlib
from pathlib import Path

import msgspec
from msgspec.structs import replace

from balise.base.packed import ENCODER
from balise.check.again import Again
from balise.check.causes import told_once
from balise.check.last_report import LastReport
from balise.check.replay import MARKED, Replay
from balise.check.tally import Tally
from balise.cli.exit_status import ExitStatus
from balise.cli.output import page_sources
from balise.cli.printed import (
    PIECE,
    PRINTED,
    Piece,
    Printed,
    is_divided,
    is_large,
    key_of,
    pieces_of,
    printed_before,
    rows_of,
    texts_of,
)
from balise.cli.request import CheckRequest, CheckResult
from balise.cli.run_check import check_again_for, resume


def check_changed(request: CheckRequest, last: Replay) -> ExitStatus | CheckResult:
    """The report as it is now, or how the command ends where it is printed already."""
    printed = printed_before(request, last) if is_divided(request) else None
    again = check_again_for(request, last)
    if again is None:
        return resume(request, last)
    if printed is not None and (status := _print(request, last, again, printed)) is not None:
        return status
    result = CheckResult.of_last_run(last, again.mark, page_sources())
    if result is None:
        return resume(request, last)
    return replace(result, report=replace(result.report, reruns=again.report.reruns))


def _print(request: CheckRequest, last: Replay, again: Again, before: Printed) -> ExitStatus | None:
    """Print what the last run printed, with other pieces of the files of which something else is told now.

    None where that cannot be done.
    """
    store = last.store
    texts: list[str] | None = None
    with contextlib.suppress(msgspec.MsgspecError, ValueError):  # what is kept is not whole
        pieces = _pieces(request, LastReport(store), again)
        if pieces is None:
            return None
        rows = [store.of_page(PRINTED, path) for path in pieces]
        gone = [PIECE.decode(row).tally for row in rows if row]
        new = [piece.tally for piece in pieces.values()]
        tally = sum(new, before.tally) - sum(gone, Tally())
        printed = replace(before, key=key_of(request, again.mark), tally=tally)
        kept: dict[str, bytes] = {PRINTED: ENCODER.encode(printed)}
        marked = {MARKED: again.mark}
        if is_large(tally.findings) and store.save(kept, {PRINTED: rows_of(pieces)}, where=marked):
            texts = texts_of(request, printed, store)
    return None if texts is None else printed.print(request, texts)


def _pieces(request: CheckRequest, kept: LastReport, again: Again) -> dict[str, Piece] | None:
    """What is printed of each file of which something else is told now; None if it is not known of which.

    These are the files with other findings, and those that share a cause with any of them: it is told at the first of
    its places, with the others beside it.
    """
    sharing = kept.sharing((*again.report.findings, *again.last.findings))
    if sharing is None:
        return None
    concerned = sharing | again.files
    around = kept.sharing(kept.of_files(concerned).findings)
    if around is None:
        return None
    report = told_once(kept.of_files(concerned | around))
    told = [finding for finding in report.findings if finding.path in concerned]
    report = replace(report, findings=told, pages=()).seen_from(Path.cwd())
    report = report.at_least(request.thresholds.min_severity)
    return {path: Piece() for path in concerned} | dict(pieces_of(request, report, page_sources()))
