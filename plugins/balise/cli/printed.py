"""What a check printed, kept word for word: where nothing is different since, it is printed again.

Key: the run whose report it is, and all that tells how that is printed. Value: what was printed of each file, how
much was found in it, and the exit status. Where: the table `printed` of the store, and its value `printed`. It counts
for that run alone. Only large reports are kept, which take longer to be printed than all else takes; and none for a
terminal, which may be another one by now.
"""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Literal

import click
import msgspec
from msgspec.structs import replace

from balise.base.digests import digest
from balise.base.findings import Severity
from balise.base.packed import ENCODER
from balise.base.paths import absolute_path
from balise.check.baseline import BASELINE_FILE
from balise.check.replay import Replay
from balise.check.report import Report
from balise.check.tally import Tally
from balise.cli.exit_status import ExitStatus
from balise.cli.output import is_colored, print_report, summary_lines, utf8_stdout, write_long
from balise.cli.request import CheckRequest, CheckResult
from balise.reporters import JOINED, Sources
from balise.workspace.store import Rows, Store

PRINTED: Literal["printed"] = "printed"
LARGE = 1000
"""Findings from which on what is printed of them is kept."""


class Piece(msgspec.Struct, array_like=True):
    """What is printed of one file, and how much is found in it."""

    text: str = ""
    tally: Tally = Tally()


class Printed(msgspec.Struct, array_like=True, frozen=True):
    """What is printed of all files together, of whom `checked` are pages; the `key` asks for it."""

    key: bytes
    tally: Tally
    checked: int
    fail_on: Severity

    def print(self, request: CheckRequest, pieces: Iterable[str]) -> ExitStatus:
        """Print it, and end as the command did."""
        stdout = utf8_stdout()
        begin, between, end = JOINED[request.output.format] if is_divided(request) else ("", "", "")
        write_long(begin + between.join(pieces) + end, stdout)
        stdout.flush()
        if not request.output.quiet:
            for line in summary_lines(self.tally, self.checked):
                click.echo(line, err=True)
        return request.thresholds.status(self.tally, self.fail_on)


PRINTED_DECODER = msgspec.msgpack.Decoder(Printed)
PIECE = msgspec.msgpack.Decoder(Piece)
TEXT = msgspec.msgpack.Decoder(tuple[str, msgspec.Raw])


def print_again(request: CheckRequest, last: Replay) -> ExitStatus | None:
    """Print what the last run printed, of which nothing is different now; None if that is not kept."""
    printed = printed_before(request, last)
    if printed is None:
        return None
    try:
        texts = texts_of(request, printed, last.store)
    except (msgspec.MsgspecError, ValueError):
        return None
    return printed.print(request, texts)


def printed_before(request: CheckRequest, last: Replay) -> Printed | None:
    """What is said of all files together, if what the last run printed is kept as this one would print it."""
    if not _is_repeatable(request, last.store.folder.parent):
        return None
    with contextlib.suppress(msgspec.MsgspecError, ValueError):
        if stored := last.store.blob(PRINTED):
            found = PRINTED_DECODER.decode(stored)
            return found if found.key == key_of(request, last.mark) else None
    return None


def is_kept(request: CheckRequest, result: CheckResult, report: Report) -> bool:
    """Whether what is printed of a report is to be kept."""
    whole = request.replayable and not report.crashes and not result.unwritten
    return (
        whole
        and is_large(len(report.findings))
        and bool(result.mark)
        and _is_repeatable(request, result.root)
    )


def is_large(findings: int) -> bool:
    """Whether so many findings make a report large."""
    return findings >= LARGE


def print_and_keep(request: CheckRequest, result: CheckResult, report: Report) -> ExitStatus:
    """Print a report, and keep that for the next run."""
    pieces = dict(pieces_of(request, report, result.sources))
    key = key_of(request, result.mark)
    printed = Printed(key, Tally.of(report.findings), report.checked, result.fail_on)
    status = printed.print(request, (piece.text for piece in pieces.values()))
    store = Store(result.root)
    store.save({PRINTED: ENCODER.encode(printed)}, {PRINTED: rows_of(pieces)}, anew=[PRINTED])
    store.close()
    return status


def texts_of(request: CheckRequest, printed: Printed, store: Store) -> list[str]:
    """What is printed of each file, in order. Raises msgspec.MsgspecError and ValueError where that is not whole."""
    rows = [row for _, row in store.of_pages(PRINTED) if row != b""]
    if len(rows) != (printed.tally.files if is_divided(request) else 1):
        raise ValueError
    return [TEXT.decode(row or b"")[0] for row in rows]


def pieces_of(
    request: CheckRequest, report: Report, sources: Sources
) -> Iterator[tuple[str, Piece]]:
    """What is printed of each file, by its path; of all together, where the format cannot be divided."""
    output = request.output
    if not is_divided(request):
        out = StringIO()
        print_report(report, sources, output, out)
        yield "", Piece(out.getvalue(), Tally.of(report.findings))
        return
    begin, _, end = JOINED[output.format]
    for path, group in groupby(report.findings, key=lambda finding: finding.path):
        findings = [*group]
        out = StringIO()
        print_report(replace(report, findings=findings), sources, output, out)
        text = out.getvalue().removeprefix(begin).removesuffix(end)
        yield absolute_path(Path(path)), Piece(text, Tally.of(findings))


def is_divided(request: CheckRequest) -> bool:
    """Whether what is printed of one file does not depend on the others."""
    output = request.output
    return output.format in JOINED and not is_colored(output.color, sys.stdout)


def rows_of(pieces: dict[str, Piece]) -> Rows:
    """What the store is to have of pieces; of a file of which nothing is printed it is empty."""
    return {
        path: (b"", ENCODER.encode(piece) if piece.text else b"") for path, piece in pieces.items()
    }


def _is_repeatable(request: CheckRequest, root: Path) -> bool:
    """Whether the same is printed again: on no terminal, and by no baseline, whose age is told."""
    output = request.output
    others = output.files or output.statistics or output.verbose
    return not (others or sys.stdout.isatty() or (root / BASELINE_FILE).exists())


def key_of(request: CheckRequest, mark: bytes) -> bytes:
    output = request.output
    colored = is_colored(output.color, sys.stdout)
    colors = colored and (os.environ.get("TERM"), os.environ.get("COLORTERM"))
    cwd = str(Path.cwd())
    return digest(mark, cwd, output.format, output.quiet, colors, request.thresholds)
