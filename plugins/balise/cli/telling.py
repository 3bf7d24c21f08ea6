"""A report is printed, written to files, counted and summed up."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from balise.base.errors import UserError
from balise.cli.shared import count, utf8_stdout

if TYPE_CHECKING:
    from balise.base.source import SourceFile
    from balise.check.report import Report

TEXT_WIDTH = 100

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
"""As in `balise.reporters`, which is loaded only where it is used."""


def print_report(
    report: "Report",
    sources: "Callable[[str], SourceFile | None]",
    output_format: str,
    stream: TextIO | None = None,
) -> None:
    """Print a report in a format, by default on stdout."""
    out = stream or utf8_stdout()
    if output_format == "text":
        from balise.reporters.text import report_text

        report_text(report, sources, out, width=width())
    else:
        out.write(reported(report, sources, output_format))
    out.flush()


def reported(
    report: "Report", sources: "Callable[[str], SourceFile | None]", output_format: str
) -> str:
    """The report in a format, as text."""
    from importlib import import_module
    from io import StringIO

    module = import_module(f"balise.reporters.{output_format}")
    if output_format == "text":
        out = StringIO()
        module.report_text(report, sources, out, width=TEXT_WIDTH)
        return out.getvalue()
    text: str = getattr(module, f"report_{output_format}")(report, sources)
    return text


def outputs_in(values: tuple[str, ...], output_format: str) -> list[tuple[str, Path]]:
    """The files to write, each with its format. Raises UserError for what is none."""
    outputs: list[tuple[str, Path]] = []
    for value in values:
        name, equals, file = value.partition("=")
        if not equals:
            name, file = output_format, value
        if name not in FORMATS:
            from balise.base.suggestions import did_you_mean

            raise UserError(
                f"`--output {value}`: there is no format `{name}`{did_you_mean(name, FORMATS)}"
            )
        if not file:
            raise UserError(f"`--output {value}`: behind `=` stands the name of a file")
        if file.endswith("/") or os.path.isdir(file):  # noqa: PTH112 - never raises
            raise UserError(f"`--output {value}`: `{file}` is a folder; name a file in it")
        if file in (str(other) for _, other in outputs):
            raise UserError(f"`--output {value}`: this file is written twice")
        outputs.append((name, Path(file)))
    return outputs


def write_report(
    report: "Report", sources: "Callable[[str], SourceFile | None]", name: str, file: Path
) -> None:
    """Write a report in a format to a file, all of it or nothing. Raises UserError."""
    text = reported(report, sources, name)
    try:
        _write(file, text.encode("utf-8", "replace"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"`--output {file}`: cannot be written: {reason}") from error


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
            if os.path.samestat(os.fstat(stream.fileno()), there):
                return stream
    return None


def print_statistics(report: "Report", output_format: str) -> None:
    from balise.reporters.shared import counts

    rows = counts(report)
    out = utf8_stdout()
    if output_format in ("json", "jsonl"):
        import json

        keys = ("rule", "severity", "findings", "fixable")
        objects = [dict(zip(keys, (n, s.value, *found), strict=True)) for n, s, *found in rows]
        out.write(json.dumps(objects, indent=2) + "\n")
    else:
        width = max((len(str(row[2])) for row in rows), default=1)
        for name, severity, number, fixable in rows:
            fixes = f", {fixable} with a fix" if fixable else ""
            out.write(f"{number:>{width}}  {name} ({severity.value}{fixes})\n")
    out.flush()


def print_notes(report: "Report") -> None:
    """What went wrong, and how much was found, on stderr."""
    for crash in report.crashes:
        click.echo(
            f"balise: the rule {crash.rule} failed on {crash.path} ({crash.error}); "
            "this is a bug of balise, please report it",
            err=True,
        )
    if report.checked or report.findings:
        click.echo(_summary(report), err=True)


def _summary(report: "Report") -> str:
    pages = count(report.checked, "page")
    if not report.findings:
        return f"{pages} checked, nothing found"
    where = count(len({finding.path for finding in report.findings}), "page")
    fixable = sum(1 for finding in report.findings if finding.fix)
    end = f", {fixable} with a fix" if fixable else ""
    return f"{pages} checked: {count(len(report.findings), 'finding')} on {where}{end}"


def width() -> int:
    import shutil

    return shutil.get_terminal_size((TEXT_WIDTH, 24)).columns if sys.stdout.isatty() else TEXT_WIDTH
