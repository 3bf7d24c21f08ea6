"""Findings that are new since a commit: those of today without those that the pages had then.

The pages as they were at the commit are checked by the same pipeline. The traces of the check of
today vouch for every page that no change matters to, so the rules run on the others alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from balise.base.findings import Finding
from balise.base.source import SourceFile
from balise.check.fingerprints import lines_of
from balise.check.pipeline import CheckSettings, check
from balise.check.report import Report
from balise.check.trace_store import TraceStore
from balise.workspace.changes import Changes
from balise.workspace.sources import source_of
from balise.workspace.workspace import Workspace

Lines = Sequence[tuple[Finding, str]]
"""Findings, each with the text of its line."""


def check_since(
    workspace: Workspace, settings: CheckSettings, changes: Changes, traces: TraceStore
) -> tuple[Report, frozenset[Finding]]:
    """The report on a workspace, and those of its findings that there were not before some changes.

    A rule that fails on the pages of then is named in the report, too.
    """
    report = check(workspace, settings, traces)
    traces.save(workspace)
    before = check(workspace.before(changes), settings, traces)
    crashes = list(dict.fromkeys((*report.crashes, *before.crashes)))
    return replace(report, crashes=crashes), frozenset(_new(report, before, changes))


def _new(now: Report, then: Report, changes: Changes) -> Iterator[Finding]:
    """Of the findings of now those that there were not then; a file that has moved is the same."""

    def text_then(path: str) -> SourceFile | None:
        text = changes.texts.get(path)
        return source_of(path) if text is None else SourceFile.from_bytes(path, text)

    known: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in then.findings:
        known[changes.name_now(finding.path)].append(finding)
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in now.findings:
        found[finding.path].append(finding)
    for path, findings in found.items():
        if path in changes.touched or findings != known[path]:
            lines = _with_lines(now, findings, source_of)
            yield from _new_on_page(lines, _with_lines(then, known[path], text_then))


def _with_lines(
    report: Report, findings: Sequence[Finding], source: Callable[[str], SourceFile | None]
) -> Lines:
    paths = {finding.path for finding in findings}
    texts = {path: source(path) for path in paths if report.lines[path].length}
    return list(zip(findings, lines_of(findings, texts.get), strict=True))


def _new_on_page(now: Lines, then: Lines) -> Iterator[Finding]:
    """The findings that are more than there were of their rule on lines like theirs.

    Of several of a rule on equal lines, those with the messages of then are the old ones.
    """
    left = Counter((finding.rule, line) for finding, line in then)
    same = Counter((finding.rule, line, finding.message) for finding, line in then)
    others: list[tuple[Finding, str]] = []
    for finding, line in now:
        if same[finding.rule, line, finding.message]:
            same[finding.rule, line, finding.message] -= 1
            left[finding.rule, line] -= 1
        else:
            others.append((finding, line))
    for finding, line in others:
        if left[finding.rule, line]:
            left[finding.rule, line] -= 1
        else:
            yield finding
