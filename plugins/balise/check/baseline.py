"""A baseline: findings that are known, and that no longer count."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.findings import Finding
from balise.base.paths import relative_path
from balise.base.source import SourceFile
from balise.check.fingerprints import fingerprints
from balise.check.report import Report

BASELINE_FILE = "balise-baseline.json"
VERSION = 1
TOO_LARGE = 200_000_000
"""Bytes: a larger file is no baseline."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings, by fingerprint, of `since` (a date as `2026-11-24`)."""

    known: Mapping[str, Mapping[str, str]]
    since: str

    def __len__(self) -> int:
        return sum(len(found) for found in self.known.values())

    def age(self) -> str:
        """How old it is, for people: `of 2026-11-24, 3 days old`."""
        try:
            days = (date.today() - date.fromisoformat(self.since)).days
        except ValueError:
            return "of an unknown date"
        return f"of {self.since}, {count(days, 'day')} old" if days > 0 else "of today"


def fingerprinted(
    findings: Sequence[Finding], sources: "dict[str, SourceFile | None]", folder: Path
) -> list[tuple[str, str]]:
    """For each finding its path from `folder`, where the baseline lies, and its fingerprint.

    It is known by its place also where others have the same cause: one more of them is new.
    """
    here = [
        replace(finding, path=_relative(finding.path, folder), cause=None) for finding in findings
    ]
    texts = {_relative(path, folder): source for path, source in sources.items()}
    marks = fingerprints(here, texts.get)
    return [(finding.path, mark) for finding, mark in zip(here, marks, strict=True)]


def _relative(path: str, folder: Path) -> str:
    return relative_path(path, folder)


def read_baseline(file: Path) -> Baseline | None:
    """The baseline in a file; None if there is none. Raises UserError if it cannot be read."""
    try:
        if not file.exists():
            return None
        if file.stat().st_size > TOO_LARGE:
            raise UserError(f"{file}: is too large to be a baseline")
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            f"{file}: cannot be read: {(error.strerror or str(error)).lower()}"
        ) from error
    except ValueError as error:
        raise UserError(
            f"{file}: is no baseline: remove it, or check with `--no-baseline`"
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("pages"), dict):
        raise UserError(f"{file}: is no baseline: remove it, or check with `--no-baseline`")
    if data.get("version") != VERSION:
        raise UserError(f"{file}: is of another version of balise: remove it and write a new one")
    known = {
        str(path): {str(mark): str(rule) for mark, rule in found.items()}
        for path, found in data["pages"].items()
        if isinstance(found, dict)
    }
    return Baseline(known, str(data.get("since", "")))


def made_of(
    findings: Sequence[Finding], sources: "dict[str, SourceFile | None]", folder: Path
) -> Baseline:
    """A baseline of these findings, of today."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for finding, (path, mark) in zip(
        findings, fingerprinted(findings, sources, folder), strict=True
    ):
        known[path][mark] = finding.rule
    return Baseline(known, date.today().isoformat())


def shrunk(baseline: Baseline, now: Baseline) -> Baseline:
    """Those of a baseline that are still there: what was mended is dropped, nothing is added."""
    known = {
        path: {mark: rule for mark, rule in found.items() if mark in now.known.get(path, {})}
        for path, found in baseline.known.items()
    }
    return Baseline({path: found for path, found in known.items() if found}, baseline.since)


def with_others(made: Baseline, before: Baseline, asked: Sequence[str], folder: Path) -> Baseline:
    """A baseline of some pages, with what was known before of all that were not `asked` for."""
    here = {_relative(path, folder) for path in asked}
    others = {path: found for path, found in before.known.items() if path not in here}
    return Baseline({**others, **made.known}, made.since)


def new_findings(
    findings: Sequence[Finding],
    baseline: Baseline,
    sources: "dict[str, SourceFile | None]",
    folder: Path,
) -> list[Finding]:
    """The findings that the baseline does not know."""
    marks = fingerprinted(findings, sources, folder)
    return [
        finding
        for finding, (path, mark) in zip(findings, marks, strict=True)
        if mark not in baseline.known.get(path, {})
    ]


def texts_of(
    report: Report, source: Callable[[str], SourceFile | None]
) -> dict[str, SourceFile | None]:
    """The texts of the pages with findings; None for what is no page."""
    paths = dict.fromkeys(finding.path for finding in report.findings)
    return {path: source(path) if report.lines[path].length else None for path in paths}


def without_known(
    report: Report,
    baseline: Baseline | None,
    source: Callable[[str], SourceFile | None],
    folder: Path,
) -> Report:
    """The report without the findings that the baseline knows; `source` gives the text of a page."""
    if baseline is None:
        return report
    findings = new_findings(report.findings, baseline, texts_of(report, source), folder)
    return replace(report, findings=findings)


def write_baseline(file: Path, baseline: Baseline) -> None:
    """Write a baseline, a finding a line, so that changes read well. Raises UserError."""
    pages: list[str] = []
    for path in sorted(baseline.known):
        found = sorted(baseline.known[path].items(), key=lambda item: (item[1], item[0]))
        lines = ",\n".join(f"   {json.dumps(mark)}: {json.dumps(rule)}" for mark, rule in found)
        pages.append(f"  {json.dumps(path, ensure_ascii=False)}: {{\n{lines}\n  }}")
    inside = ",\n".join(pages)
    body = f"{{\n{inside}\n }}" if pages else "{}"
    text = f'{{\n "version": {VERSION},\n "since": {json.dumps(baseline.since)},\n "pages": {body}\n}}\n'
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(file)
    except OSError as error:
        raise UserError(
            f"{file}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error


def by_rule(baseline: Baseline) -> list[tuple[str, int]]:
    """How many known findings each rule has, most first."""
    counts = Counter(rule for found in baseline.known.values() for rule in found.values())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
