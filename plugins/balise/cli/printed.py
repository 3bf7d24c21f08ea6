"""What a check printed, kept word for word: where nothing is different since, it is printed again.

Key: the run whose report it is, and all that tells how that is printed. Value: what was printed, and the exit
status. Where: the value `printed` of the store. It counts for that run alone. Only large reports are kept,
which take longer to be printed than all else takes; and none for a terminal, which may be another one by now.
"""

import contextlib
import os
import sys
from io import StringIO
from pathlib import Path

import click
import msgspec

from balise.base.digests import digest
from balise.check.baseline import BASELINE_FILE
from balise.check.replay import ENCODER, Replay
from balise.check.report import Report
from balise.cli.exit_status import ExitStatus
from balise.cli.output import is_colored, print_report, summary_lines, utf8_stdout, write_long
from balise.cli.request import CheckRequest, CheckResult
from balise.workspace.store import Store

PRINTED = "printed"
LARGE = 1000
"""Findings from which on what is printed of them is kept."""


class Printed(msgspec.Struct, array_like=True, frozen=True):
    """What was printed on stdout and stderr, how the command ended, and the `key` that asks for it."""

    key: bytes
    out: str
    error: str
    status: int

    def print(self) -> ExitStatus:
        """Print it, and end as the command did."""
        stdout = utf8_stdout()
        write_long(self.out, stdout)
        stdout.flush()
        click.echo(self.error, err=True, nl=False)
        return ExitStatus(self.status)


DECODER = msgspec.msgpack.Decoder(Printed)


def printed_before(request: CheckRequest, last: Replay) -> Printed | None:
    """What the last run printed, of which nothing is different now; None if that is not kept."""
    if not _is_repeatable(request, last.store.folder.parent):
        return None
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if stored := last.store.blob(PRINTED):
            found = DECODER.decode(stored)
            return found if found.key == _key(request, last.run.mark) else None
    return None


def is_kept(request: CheckRequest, result: CheckResult, report: Report) -> bool:
    """Whether what is printed of a report is to be kept."""
    whole = request.replayable and not report.crashes and not result.unwritten
    large = len(report.findings) >= LARGE
    return whole and large and bool(result.mark) and _is_repeatable(request, result.root)


def print_and_keep(
    request: CheckRequest, result: CheckResult, report: Report, status: ExitStatus
) -> None:
    """Print a report, and keep that for the next run."""
    out = StringIO()
    print_report(report, result.sources, request.output, out)
    lines = [] if request.output.quiet else summary_lines(report)
    error = "".join(f"{line}\n" for line in lines)
    printed = Printed(_key(request, result.mark), out.getvalue(), error, status)
    printed.print()
    store = Store(result.root)
    store.save({PRINTED: ENCODER.encode(printed)})
    store.close()


def _is_repeatable(request: CheckRequest, root: Path) -> bool:
    """Whether the same is printed again: on no terminal, and by no baseline, whose age is told."""
    output = request.output
    others = output.files or output.statistics or output.verbose
    return not (others or sys.stdout.isatty() or (root / BASELINE_FILE).exists())


def _key(request: CheckRequest, mark: bytes) -> bytes:
    output = request.output
    colored = is_colored(output.color, sys.stdout)
    colors = colored and (os.environ.get("TERM"), os.environ.get("COLORTERM"))
    return digest(mark, str(Path.cwd()), output.format, output.quiet, colors, request.thresholds)
