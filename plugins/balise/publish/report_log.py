"""What is wrong with pages, in the log: a line for each finding."""

import logging
from pathlib import Path

from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.causes import told_once
from balise.check.report import Report
from balise.publish.project import Project
from balise.workspace.sources import source_of

log = logging.getLogger(__name__)


def reason_of(error: OSError) -> str:
    """Why the system has failed, and with which file, for people."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or str(error)).lower()}"


def log_report(report: Report, project: Project) -> int:
    """Log the findings, and the rules that failed.

    How many findings are at or above the severity that makes a check fail.
    """
    failing = 0
    report = told_once(report).seen_from(Path.cwd())
    for finding in report.findings:
        place = report.lines[finding.path].position(finding.span.start)
        fails = finding.severity.rank >= project.settings.fail_on.rank
        failing += fails
        level = logging.WARNING if fails else logging.INFO
        where = f"{finding.path}:{place.line}:{place.column}"
        log.log(level, f"{where}: {finding.message} ({finding.rule})")
    for crash in report.crashes:
        log.error(f"the rule {crash.rule} failed on {crash.path}: {crash.error}")
    return failing


def log_new_findings(report: Report, project: Project) -> int:
    """As `log_report`, without the findings that the team's baseline knows."""
    root = project.configuration.root
    return log_report(
        without_known(report, read_baseline(root / BASELINE_FILE), source_of, root), project
    )
