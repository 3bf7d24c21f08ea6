"""`balise check`

A report that is replayed needs no rules and no parser: what loads them is imported where a check
is run.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from balise.base import phases
from balise.base.counting import count
from balise.base.findings import Finding
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.causes import told_once
from balise.check.replay import Replay
from balise.check.report import Report
from balise.cli.exit_status import ExitStatus
from balise.cli.output import (
    page_sources,
    parse_outputs,
    print_crashes,
    print_report,
    print_statistics,
    print_summary,
    utf8_stdout,
    write_report,
)
from balise.cli.printed import is_kept, print_again, print_and_keep
from balise.cli.request import SECTIONS, STDIN, CheckRequest, CheckResult
from balise.cli.sections import sectioned


@sectioned(**SECTIONS)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
def check(paths: tuple[Path, ...], **sections: Any) -> ExitStatus:
    """Check pages and report what is wrong with them.

    PATHS are pages or folders of pages, or `-` for stdin; without any, the folder of guides that
    the configuration names. NAMES are separated by commas. REF is a commit, branch or tag of the
    git repository that the pages are in. Exit status 0: nothing found,
    1: findings, 2: the command could not be carried out.
    """
    request = CheckRequest(paths=paths, **sections)
    request.require_consistent()
    phases.begin(asked=request.running.profile)
    if request.paths == STDIN:
        request = replace(request, stdin=sys.stdin.buffer.read())
    if request.pages.show_files:
        return _show_files(request)
    if request.sharding.shard is not None:
        from balise.cli.shards import check_shard  # see above

        return check_shard(request)
    if request.running.watch:
        from balise.cli.watch import watch  # it needs what is not always installed

        return watch(request, check_once)
    with no_garbage_collection():
        return check_once(request)


def check_once(
    request: CheckRequest, run: Callable[[CheckRequest], CheckResult] | None = None
) -> ExitStatus:
    """Check once, and tell what was found; `run` does it in another way than a new command."""
    outputs = parse_outputs(request.output.files, request.output.format)
    if request.fixes.diff or (request.fixes.fix and request.stdin is not None):
        from balise.cli.run_check import show_fixes  # see above

        return show_fixes(request)
    last = (
        Replay.find(request.start, request.digest) if run is None and request.replayable else None
    )
    result = _from_last(request, last) if last else None
    if isinstance(result, ExitStatus):
        return result
    if result is None:
        result = _anew(request) if run is None else run(request)
    report = result.report if request.thresholds.no_baseline else _without_known(request, result)
    if request.pages.new_since is not None:
        report = _only_new(request, report, result.new)
    with phases.phase("report"):
        report = told_once(report).seen_from(Path.cwd())
        return _tell(request, replace(result, report=report), outputs)


def _tell(
    request: CheckRequest, result: CheckResult, outputs: Sequence[tuple[str, Path]]
) -> ExitStatus:
    """Print and write a report, as it is seen from here."""
    report = result.report.at_least(request.thresholds.min_severity)
    status = request.thresholds.status(report, result.fail_on)
    if report.crashes or result.unwritten:
        status = ExitStatus.FAILED
    if is_kept(request, result, report):
        return print_and_keep(request, result, report)
    for name, file in outputs:
        write_report(report, result.sources, name, file)
    if request.output.statistics:
        print_statistics(report, request.output.format)
    elif request.output.prints_report:
        print_report(report, result.sources, request.output)
    print_crashes(report)
    if not request.output.quiet:
        print_summary(report)
        since = request.pages.changed_since
        if since is not None and not report.checked and not report.findings:
            click.echo(f"balise: no page is concerned by changes since {since}", err=True)
    return status


def _from_last(request: CheckRequest, last: Replay) -> CheckResult | ExitStatus | None:
    """The report by what the last run told, or how the command ends where that is printed already; None without it."""
    with closing(last):
        if last.changed:
            from balise.cli.changed import check_changed  # see above

            found = check_changed(request, last)
            return found if isinstance(found, ExitStatus) else _with_reruns(request, found)
        if (status := print_again(request, last)) is not None:
            return status
        result = CheckResult.of_last_run(last, last.mark, page_sources())
    if result is not None and request.output.verbose:
        click.echo("balise: nothing has changed since the last run: its report is shown", err=True)
    return result


def _anew(request: CheckRequest) -> CheckResult:
    """The report of a new run."""
    from balise.cli import run_check  # see above

    return _with_reruns(request, run_check.run(request))


def _with_reruns(request: CheckRequest, result: CheckResult) -> CheckResult:
    """A result, of which it is told what was checked again, if that is asked for."""
    if request.output.verbose:
        from balise.cli.verbose import print_reruns  # see above

        print_reruns(result.report.seen_from(Path.cwd()))
    return result


def _without_known(request: CheckRequest, result: CheckResult) -> Report:
    """The report without the findings that the baseline knows; says how many are left out."""
    report = result.report
    baseline = read_baseline(result.root / BASELINE_FILE)
    left = without_known(report, baseline, result.sources, result.root)
    left_out = len(report.findings) - len(left.findings)
    if baseline is not None and left_out and not request.output.quiet:
        of = f"{left_out} of {count(len(baseline), 'known finding')}"
        click.echo(f"{of} left out; the baseline is {baseline.age()}", err=True)
    return left


def _only_new(request: CheckRequest, report: Report, new: frozenset[Finding]) -> Report:
    """The report without the findings that are not new; says how many are left out."""
    findings = [finding for finding in report.findings if finding in new]
    left_out = len(report.findings) - len(findings)
    if left_out and not request.output.quiet:
        since = f"left out that there were at {request.pages.new_since}"
        click.echo(f"{count(left_out, 'finding')} {since}", err=True)
    return replace(report, findings=findings)


def _show_files(request: CheckRequest) -> ExitStatus:
    """Print the pages that would be checked, as they are seen from here."""
    from balise.cli import run_check  # see above

    out = utf8_stdout()
    for path in run_check.pages_of(request):
        out.write(f"{path_here(path)}\n")
    out.flush()
    return ExitStatus.CLEAN
