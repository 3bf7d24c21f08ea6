"""Findings -> what people and programs read. A reporter decides nothing; it shows.

A module is imported when its format is asked for: some need the rules, and one needs rich.
"""

from collections.abc import Callable
from importlib import import_module

from balise.base.source import SourceFile
from balise.check.report import Report

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
"""The formats of a report. Each is a module here with a function `render(report, sources)`."""

JOINED = {
    "text": ("", "", ""),
    "concise": ("", "", ""),
    "json": ("[\n", ",\n", "\n]\n"),
    "jsonl": ("", "", ""),
}
"""The formats in which the findings of a file are the same whatever else is found: what stands before the first of the
files, between them, and behind the last."""

Sources = Callable[[str], SourceFile | None]
"""Gives the text of a page, or None if it is gone."""


def render_report(report: Report, sources: Sources, output_format: str) -> str:
    """A report in one of the formats."""
    text: str = import_module(f"balise.reporters.{output_format}").render(report, sources)
    return text
