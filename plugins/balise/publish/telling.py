"""What is wrong with pages, in the log of MkDocs: a line for each finding."""

from mkdocs.plugins import get_plugin_logger

from balise.check.baseline import FILE as BASELINE
from balise.check.baseline import read_baseline, without_known
from balise.check.checking import check_facts
from balise.check.report import Report
from balise.check.selection import select_rules
from balise.claims import read_claims
from balise.publish.manual import Manual
from balise.publish.project import Project
from balise.workspace.reading import source_of

log = get_plugin_logger("balise")


def tell(report: Report, project: Project) -> int:
    """Log the findings, and the rules that failed.

    How many findings are at or above the severity that makes a check fail.
    """
    loud = 0
    for finding in report.findings:
        place = report.lines[finding.path].position(finding.span.start)
        counts = finding.severity.rank >= project.settings.fail_on.rank
        loud += counts
        say = log.warning if counts else log.info
        say(f"{finding.path}:{place.line}:{place.column}: {finding.message} ({finding.rule})")
    for crash in report.crashes:
        log.error(f"the rule {crash.rule} failed on {crash.path}: {crash.error}")
    return loud


def tell_new(report: Report, project: Project) -> int:
    """As `tell`, without the findings that the team's baseline knows."""
    root = project.configuration.root
    return tell(without_known(report, read_baseline(root / BASELINE), source_of, root), project)


def tell_of_manual(manual: Manual, project: Project) -> None:
    """Log what is wrong with the pages of the manual, which are read already."""
    root = manual.collection.root
    pages = [page.parsed.document for page in manual.pages.values()]
    report = check_facts(
        [(root, document, read_claims(document)) for document in pages],
        select_rules(project.settings),
        project.settings.urls,
        severities=project.severities,
    )
    tell_new(report, project)
