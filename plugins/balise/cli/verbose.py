"""`balise check --verbose`: which pages were checked again, and why the last findings did not count."""

from collections import defaultdict

import click

from balise.base.counting import count
from balise.check.report import Report
from balise.collection.reads import ALL, TEXTS, Read

NAMED = 5
"""Pages that are named in one line."""


def print_reruns(report: Report) -> None:
    """Say on stderr which pages the rules were run on again, a line for each reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for path, change in report.reruns.items():
        reasons[_reason(path, change)].append(path)
    for reason, paths in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        named = ", ".join(paths[:NAMED]) + (", …" if len(paths) > NAMED else "")
        pages = count(len(paths), "page")
        click.echo(f"balise: {pages} checked again, since {reason}: {named}", err=True)
    left = count(report.checked - len(report.reruns), "page")
    click.echo(f"balise: {left} not checked again", err=True)


def _reason(path: str, change: Read | None) -> str:
    if change is None:
        return "nothing is kept of an earlier run with these rules"
    table, key = change
    if table == TEXTS:
        return (
            "the text has changed" if key == path else f"{key} has changed, which was read for it"
        )
    at = "" if key == ALL else f" at {key!r}"
    return f"`{table}` of the collection has changed{at}"
