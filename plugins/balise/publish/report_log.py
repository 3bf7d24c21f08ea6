"""What is wrong with pages, in the log: a line for each finding, or the first few of each rule and how many there are."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from balise.base.counting import count
from balise.base.findings import Finding, count_severities
from balise.base.paths import path_here
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.causes import told_once
from balise.check.report import Report
from balise.publish.project import Project
from balise.workspace.sources import source_of

FEW = 3
"""Findings of a rule that are logged where there are more; one more is no longer than a line about it."""

log = logging.getLogger(__name__)


def reason_of(error: OSError) -> str:
    """Why the system has failed, and with which file, for people."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or str(error)).lower()}"


def log_report(report: Report, project: Project) -> None:
    """Log each finding, and the rules that failed."""
    _log_findings(told_once(report), project)


def log_build(report: Report, project: Project) -> int:
    """Log what a build has found that the team's baseline does not know: by rule, the first few places and the number.

    With MkDocs' `--verbose` every finding is logged; what ends a `strict` build is in any case. How many findings
    are at or above the severity that makes a check fail.
    """
    root = project.configuration.root
    known = read_baseline(root / BASELINE_FILE)
    report = told_once(without_known(report, known, source_of, root))
    if log.isEnabledFor(logging.DEBUG):
        _log_findings(report, project)
    else:
        _log_totals(report, project)
    return sum(_fails(finding, project) for finding in report.findings)


def _fails(finding: Finding, project: Project) -> bool:
    return finding.severity.rank >= project.settings.fail_on.rank


def _level(finding: Finding, project: Project) -> int:
    return logging.WARNING if _fails(finding, project) else logging.INFO


def _log_findings(report: Report, project: Project) -> None:
    for finding in report.findings:
        _log_finding(finding, report, project)
    _log_crashes(report)


def _log_finding(finding: Finding, report: Report, project: Project) -> None:
    place = report.lines[finding.path].position(finding.span.start)
    where = f"{path_here(finding.path)}:{place.line}:{place.column}"
    log.log(_level(finding, project), f"{where}: {finding.message} ({finding.rule})")


def _log_crashes(report: Report) -> None:
    for crash in report.crashes:
        log.error(f"the rule {crash.rule} failed on {path_here(crash.path)}: {crash.error}")


def _log_totals(report: Report, project: Project) -> None:
    """Log the first findings of each rule and how many it has, the gravest first; then how many there are in all."""
    by_rule: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_rule[-finding.severity.rank, finding.rule].append(finding)
    left_out = 0
    for (_, rule), found in sorted(by_rule.items()):
        shown = _shown(found, project)
        for finding in shown:
            _log_finding(finding, report, project)
        if left := len(found) - len(shown):
            pages = count(len({finding.path for finding in found}), "page")
            total = f"{rule}: {len(found)} findings on {pages}, {left} more than these"
            log.log(_level(found[0], project), total)
            left_out += left
    _log_crashes(report)
    if left_out:
        total = f"{count(len(report.findings), 'finding')} ({count_severities(report.findings)})"
        log.info(f"{total} in all: `--verbose` lists every one, and so does `balise check`")


def _shown(found: Sequence[Finding], project: Project) -> Sequence[Finding]:
    """Those of a rule that are logged one by one."""
    is_told = project.strict and _fails(found[0], project)
    return found if is_told or len(found) <= FEW + 1 else found[:FEW]
