"""What commands print on stdout and stderr, and write to files."""

import contextlib
import os
import stat
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

import click

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.findings import listed_severities
from balise.base.suggestions import did_you_mean
from balise.check.report import Report
from balise.check.tally import Tally
from balise.cli.request import OutputSettings
from balise.reporters import FORMATS, Sources, render_report, text
from balise.workspace.sources import source_of

AT_ONCE = 32_768
"""Characters that are written at once."""


def page_sources() -> Sources:
    """Reads the texts of pages when they are asked for; the last one is kept."""
    return lru_cache(maxsize=1)(source_of)


def utf8_stdout() -> Any:
    """stdout in UTF-8 whatever the locale says, with the line ends of what is written: as pages are."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return sys.stdout


def print_report(
    report: Report, sources: Sources, settings: OutputSettings, stream: TextIO | None = None
) -> None:
    """Print a report, by default on stdout."""
    out = utf8_stdout() if stream is None else stream
    if settings.format == "text":
        colored = is_colored(settings.color, out)
        text.print_report(report, sources, out, colored=colored)
    else:
        write_long(render_report(report, sources, settings.format), out)
    out.flush()


def write_long(text: str, stream: TextIO) -> None:
    """Write a text of any length. Raises BrokenPipeError where its reader has gone meanwhile.

    Of a single write that is cut short, an unbuffered stream tells nobody.
    """
    stream.writelines(text[start : start + AT_ONCE] for start in range(0, len(text), AT_ONCE))


def is_colored(when: str, stream: TextIO) -> bool:
    """Whether to print colours: as the option `--color` says, else the environment, else a terminal.

    `NO_COLOR` (https://no-color.org) counts before `FORCE_COLOR` (https://force-color.org), as in
    Python itself; both must not be empty.
    """
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def print_statistics(report: Report, output_format: str) -> None:
    """Print on stdout how many findings each rule has."""
    from balise.reporters import statistics  # it needs the rules

    out = utf8_stdout()
    out.write(statistics.render(report, output_format))
    out.flush()


def parse_outputs(
    values: tuple[str, ...], output_format: str, formats: Sequence[str] = FORMATS
) -> list[tuple[str, Path]]:
    """The files to write, each with its format. Raises UserError for what is none."""
    outputs: list[tuple[str, Path]] = []
    for value in values:
        name, equals, file = value.partition("=")
        if not equals:
            name, file = output_format, value
        if name not in formats:
            raise UserError(
                f"`--output {value}`: there is no format `{name}`{did_you_mean(name, formats)}"
            )
        if not file:
            raise UserError(f"`--output {value}`: behind `=` stands the name of a file")
        if file.endswith(("/", os.sep)) or os.path.isdir(file):  # noqa: PTH112 - never raises
            raise UserError(f"`--output {value}`: `{file}` is a folder; name a file in it")
        if file in (str(other) for _, other in outputs):
            raise UserError(f"`--output {value}`: this file is written twice")
        outputs.append((name, Path(file)))
    return outputs


def write_report(report: Report, sources: Sources, output_format: str, file: Path) -> None:
    """Write a report in a format to a file, all of it or nothing. Raises UserError."""
    write_output(render_report(report, sources, output_format), file)


def write_output(text: str, file: Path, option: str = "--output") -> None:
    """Write the file that an option names, all of it or nothing. Raises UserError."""
    write_bytes(text.encode("utf-8", "replace"), file, option)


def write_bytes(data: bytes, file: Path, option: str = "--output") -> None:
    """As `write_output`, of a file that is no text."""
    try:
        _write(file, data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"`{option} {file}`: cannot be written: {reason}") from error


def _write(file: Path, data: bytes) -> None:
    """Put `data` into a file; what is a pipe, a device or a symbolic link stays one."""
    try:
        there = file.stat()
    except FileNotFoundError:
        there = None
    if there is not None and (stream := _stream_into(there)) is not None:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    elif there is not None and not stat.S_ISREG(there.st_mode):
        file.write_bytes(data)
    else:
        target = Path(os.path.realpath(file))
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(data)
        part.replace(target)


def _stream_into(there: os.stat_result) -> TextIO | None:
    """stdout or stderr where it leads into this file: opened once more, it would be overwritten."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            # On Windows all that is no file has 0.
            if there.st_ino and os.path.samestat(os.fstat(stream.fileno()), there):
                return stream
    return None


def print_crashes(report: Report) -> None:
    """Say on stderr which rules failed."""
    for crash in report.crashes:
        click.echo(
            f"balise: the rule {crash.rule} failed on {crash.path} ({crash.error}); "
            "this is a bug of balise, please report it",
            err=True,
        )


def print_summary(report: Report) -> None:
    """Say on stderr how much was found, and how much of that could be fixed."""
    for line in summary_lines(Tally.of(report.findings), report.checked):
        click.echo(line, err=True)


def summary_lines(tally: Tally, checked: int) -> list[str]:
    """How much was found where so many pages were checked, and how much of that could be fixed."""
    found = [_found(tally, checked)] if checked or tally.findings else []
    return [*found, *filter(None, [_fixable(tally)])]


def _found(tally: Tally, checked: int) -> str:
    pages = count(checked, "page")
    if not tally.findings:
        return f"{pages} checked, nothing found"
    number, severities = count(tally.findings, "finding"), listed_severities(tally.severities)
    found = f"{number} ({severities})" if "," in severities else severities
    return f"{pages} checked: {found} on {count(tally.files, 'page')}"


def _fixable(tally: Tally) -> str:
    safe, unsafe = tally.safe, tally.unsafe
    if not safe:
        return f"{unsafe} fixable with `--fix --unsafe-fixes`" if unsafe else ""
    return f"{safe} fixable with `--fix`" + (
        f", {unsafe} more with `--unsafe-fixes`" if unsafe else ""
    )
