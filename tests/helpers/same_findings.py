"""What `balise check` finds, as an editor is to show it: the two must not differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.check.causes import told_once
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.severity import CATALOG
from balise.config import load_configuration
from balise.workspace.discovery import discover
from balise.workspace.reading import ReadOptions
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace

LEVELS = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3}

Shown = tuple[Any, ...]
"""A finding as an editor has it: code, message, severity, range, related places."""


def expected(folder: Path) -> Mapping[str, Sequence[Shown]]:
    """By the address of each file with findings, what a check of the guides in `folder` finds there.

    Columns count characters. What has one cause is told once in each file.
    """
    configuration = load_configuration(folder, CATALOG)
    settings = CheckSettings.of(configuration)
    scope = discover([configuration.guides], configuration)
    options = ReadOptions(translations=settings.translations(configuration.config))
    urls = configuration.config.urls
    with Workspace.open(scope, urls, Store(folder), options) as workspace:
        workspace.save()
        report = check(workspace, settings)
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_path[finding.path].append(finding)
    return {
        Path(path).as_uri(): [
            _shown(finding, report)
            for finding in told_once(replace(report, findings=findings)).findings
        ]
        for path, findings in by_path.items()
    }


def shown(diagnostics: Sequence[Mapping[str, Any]]) -> Sequence[Shown]:
    """Diagnostics of the protocol as the same type."""
    return [
        (
            d["code"],
            d["message"],
            d["severity"],
            _places(d["range"]),
            tuple(
                (r["location"]["uri"], r["message"], _places(r["location"]["range"]))
                for r in d.get("relatedInformation", ())
            ),
        )
        for d in diagnostics
    ]


def _places(range_: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(range_[at][axis] for at in ("start", "end") for axis in ("line", "character"))


def _shown(finding: Finding, report: Report) -> Shown:
    related = tuple(
        (Path(r.path).as_uri(), r.message, _range(r.path, r.span, report)) for r in finding.related
    )
    where = _range(finding.path, finding.span, report)
    return finding.rule, finding.message, LEVELS[finding.severity], where, related


def _range(path: str, span: Span, report: Report) -> tuple[int, ...]:
    lines = report.lines[path]
    ends = [lines.position(offset) for offset in (span.start, span.end)]
    return tuple(number - 1 for end in ends for number in (end.line, end.column))
