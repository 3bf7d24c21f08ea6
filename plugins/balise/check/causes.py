"""Findings with one cause, told as one: at the first of its places, with the others beside it.

All else is decided before, place by place: comments, severities, the baseline, what is new, fixes.
"""

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from balise.base.counting import count
from balise.base.findings import Cause, Finding, Related, Severity
from balise.check.report import Report

HERE_TOO = "here too"
MAX_NAMED = 10
"""Places of a cause that are named besides the first one."""


def told_once(report: Report) -> Report:
    """The report with one finding for each cause, where the first of its places was."""
    by_cause: dict[tuple[str, Severity, Cause], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.cause:
            by_cause[finding.rule, finding.severity, finding.cause].append(finding)
    told = {
        id(findings[0]): _as_one(findings, cause.message)
        for (_, _, cause), findings in by_cause.items()
        if len(findings) > 1
    }
    others = {id(finding) for findings in by_cause.values() for finding in findings[1:]}
    found = [told.get(id(f), f) for f in report.findings if id(f) not in others]
    return replace(report, findings=found)


def _as_one(findings: Sequence[Finding], message: str) -> Finding:
    """Findings of one cause as a finding at the place of the first."""
    first, *others = findings
    # What is said of one place alone, such as what was meant there, is worth more than one more place.
    others.sort(key=lambda finding: finding.message == first.message)
    named = [_related(finding, first) for finding in others[:MAX_NAMED]]
    if left := len(others) - len(named):
        more = f"{named[-1].message}, and in {count(left, 'place')} more"
        named[-1] = replace(named[-1], message=more)
    message = f"{message} ({_extent(findings)})"
    return replace(first, message=message, related=(*first.related, *named))


def _related(finding: Finding, first: Finding) -> Related:
    message = HERE_TOO if finding.message == first.message else finding.message
    return Related(finding.path, finding.span, message)


def _extent(findings: Sequence[Finding]) -> str:
    """How far a cause reaches: `3 places`, `on 3 pages`, `5 places on 3 pages`."""
    places, pages = len(findings), len({finding.path for finding in findings})
    if places == pages:
        return f"on {count(pages, 'page')}"
    return count(places, "place") + (f" on {count(pages, 'page')}" if pages > 1 else "")
