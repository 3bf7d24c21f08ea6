"""Findings for people: place, reason, the line itself with the place marked, and the other places."""

import shutil
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Literal, TextIO

from balise.base.findings import Finding, Severity
from balise.base.source import SourceFile, Span
from balise.check.report import Report
from balise.reporters import Sources
from balise.reporters.places import place, printable
from balise.reporters.terminal import shows_links

Piece = tuple[str, str]
"""Some text and its style, `` for none."""
Writer = Callable[[list[Piece]], object]
"""Prints the pieces of a line."""
LINK = " link "
"""Begins the address at the end of a style."""

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
MARGIN = 24
"""Characters shown in front of a place where a line is too long to be shown whole."""

WIDTH = 100
"""Columns of a line where nothing says how wide a terminal is."""


def render(report: Report, sources: Sources) -> str:
    """All findings, with lines cut to `WIDTH`."""
    out = StringIO()
    _write(report, sources, _plain(out), WIDTH)
    return out.getvalue()


def print_report(report: Report, sources: Sources, out: TextIO, *, colored: bool) -> None:
    """Print all findings, on a terminal as wide as that is.

    With colours, the name of a rule is a link to its page where there is one, if the terminal can.
    """
    wide = sys.stdout.isatty()
    width = shutil.get_terminal_size((WIDTH, 24)).columns if wide else WIDTH
    _write(report, sources, _colored(out) if colored else _plain(out), width)


def _write(report: Report, sources: Sources, writer: Writer, width: int) -> None:
    for finding in report.findings:
        for line in _finding(finding, report, sources, width):
            writer(line)
        writer([])


def _plain(out: TextIO) -> Writer:
    write = out.write
    return lambda line: write("".join([text for text, _ in line]) + "\n")


def _colored(out: TextIO) -> Writer:
    from rich.console import Console
    from rich.text import Text

    system: Literal["auto", "standard"] = "auto" if out.isatty() else "standard"
    console = Console(
        file=out, highlight=False, force_terminal=True, color_system=system, no_color=False
    )
    links = shows_links(out)

    def write(line: list[Piece]) -> None:
        pieces = [(text, style if links else style.partition(LINK)[0]) for text, style in line]
        console.print(Text.assemble(*pieces), soft_wrap=True)

    return write


def _finding(
    finding: Finding, report: Report, sources: Sources, width: int
) -> Iterator[list[Piece]]:
    style = STYLES[finding.severity]
    yield [
        (printable(place(report, finding.path, finding.span)), "bold"),
        (" ", ""),
        (finding.severity.value, style),
        (" ", ""),
        (finding.rule, f"dim{LINK}{url}" if (url := report.rule_url(finding.rule)) else "dim"),
    ]
    yield [(f"  {printable(finding.message)}", "")]
    if report.lines[finding.path].length:
        yield from _excerpt(sources(finding.path), finding.span, style, width)
    for related in finding.related:
        where = printable(place(report, related.path, related.span))
        yield [(f"  {printable(related.message)}: ", ""), (where, "bold")]
        yield from _excerpt(sources(related.path), related.span, "bold cyan", width)
    if finding.fix:
        kind = "fix" if finding.fix.safe else "possible fix"
        yield [(f"  {kind}: ", "green"), (printable(finding.fix.title), "")]


def _excerpt(
    source: SourceFile | None, span: Span, style: str, width: int
) -> Iterator[list[Piece]]:
    """The line of the place, cut to `width`, and marks under the place."""
    if source is None or not source.text or span.start > len(source.text):
        return
    position = source.position(span.start)
    line = source.line(position.line)
    number = str(position.line).rjust(5)
    room = max(20, width - len(number) - 3)
    start = position.column - 1
    length = max(1, min(span.end - span.start, len(line) - start))
    first = 0 if len(line) <= room else max(0, min(start - MARGIN, len(line) - room))
    shown = line[first : first + room]
    if first:
        shown = "…" + shown[1:]
    if first + room < len(line):
        shown = shown[:-1] + "…"
    before = _cells(printable(shown[: start - first]))
    marks = max(1, _cells(printable(shown[start - first : start - first + length])))
    yield [(f"{number} │ ", "dim"), (printable(shown), "")]
    yield [(" " * len(number) + " │ ", "dim"), (" " * before + "^" * marks, style)]


def _cells(text: str) -> int:
    """Columns of a terminal that `text` takes: two for a wide character, none for an accent."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
