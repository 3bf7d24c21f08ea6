"""`balise check`

A report that is replayed needs no rules and no parser: what loads them is imported where a check
is run.
"""

import sys
from contextlib import closing
from pathlib import Path

import click
from click.core import ParameterSource
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.base.findings import Finding
from balise.check.baseline import BASELINE_FILE, read_baseline, without_known
from balise.check.replay import Replay
from balise.check.report import Report
from balise.cli.exit_status import ExitStatus
from balise.cli.options import split_names
from balise.cli.output import (
    count,
    page_sources,
    parse_outputs,
    print_notes,
    print_report,
    print_statistics,
    write_report,
)
from balise.cli.request import CheckRequest, CheckResult
from balise.reporters import FORMATS


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules or groups.")
@click.option(
    "--extend-select", multiple=True, metavar="NAMES", help="These rules or groups besides."
)
@click.option("--ignore", multiple=True, metavar="NAMES", help="Not these rules or groups.")
@click.option(
    "--stdin-filename",
    default="guide.fr-fr.md",
    show_default=True,
    help="What to take the text on stdin for: name and locale of a page.",
)
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"What to print on stdout: {', '.join(FORMATS)}.",
)
@click.option("--fix", is_flag=True, help="Mend what has a safe fix, and write the pages.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the other fixes, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a format to a file as well; a FILE alone takes the place of stdout.",
)
@click.option("--statistics", is_flag=True, help="Print counts by rule in place of the findings.")
@click.option("--no-baseline", is_flag=True, help="Report known findings as well.")
@click.option(
    "--changed-since", metavar="REF", help="Only pages that changes since REF can matter to."
)
@click.option("--new-since", metavar="REF", help="Only findings that there were not at REF.")
@click.option(
    "--against", metavar="REF", help="Also addresses and anchors that are lost since REF."
)
@click.option(
    "--force-exclude", is_flag=True, help="Leave out what `exclude` names even if it is in PATHS."
)
@click.option("--no-cache", is_flag=True, help="Read all pages anew, and keep nothing.")
@click.option("--verbose", "-v", is_flag=True, help="Say which pages were checked again, and why.")
def check(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    changed_since: str | None,
    new_since: str | None,
    against: str | None,
    force_exclude: bool,
    no_cache: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    output: tuple[str, ...],
    statistics: bool,
    no_baseline: bool,
    verbose: bool,
) -> ExitStatus:
    """Check pages and report what is wrong with them.

    PATHS are pages or folders of pages, or `-` for stdin; without any, the folder of guides that
    the configuration names. NAMES are separated by commas. REF is a commit, branch or tag of the
    git repository that the pages are in. Exit status 0: nothing found,
    1: findings, 2: the command could not be carried out.
    """
    if unsafe_fixes and not (fix or diff):
        raise UserError("`--unsafe-fixes` goes with `--fix` or `--diff`")
    outputs = parse_outputs(output, output_format)
    of_stdin = paths == (Path("-"),)
    named = click.get_current_context().get_parameter_source("stdin_filename")
    request = CheckRequest(
        paths=paths,
        select=split_names(select),
        extend_select=split_names(extend_select),
        ignore=split_names(ignore),
        changed_since=changed_since,
        new_since=new_since,
        against=against,
        stdin=sys.stdin.buffer.read() if of_stdin else None,
        stdin_filename=Path(stdin_filename),
        stdin_named=named is not ParameterSource.DEFAULT,
        force_exclude=force_exclude,
        fix=fix,
        unsafe_fixes=unsafe_fixes,
        diff=diff,
        cached=not no_cache,
    )
    if of_stdin and request.compares:
        raise UserError("`-` (stdin) is no file that could be compared with a commit")
    if new_since is not None and (fix or diff):
        raise UserError(
            "`--new-since` is about findings, not about fixes: with `--fix` or `--diff`, "
            "`--changed-since` names the pages to mend"
        )
    if diff or (fix and of_stdin):
        from balise.cli.run_check import show_fixes  # see above

        return show_fixes(request)
    result = _checked(request)
    if verbose:
        from balise.cli.verbose import print_reruns  # see above

        print_reruns(result.report.seen_from(Path.cwd()), replayed=result.replayed)
    report = result.report if no_baseline else _without_known(result)
    if new_since is not None:
        report = _only_new(report, result.new, new_since)
    report = report.seen_from(Path.cwd())
    for name, file in outputs:
        write_report(report, result.sources, name, file)
    if statistics:
        print_statistics(report, output_format)
    elif all("=" in value for value in output):
        print_report(report, result.sources, output_format)
    print_notes(report)
    if changed_since is not None and not report.checked and not report.findings:
        click.echo(f"balise: no page is concerned by changes since {changed_since}", err=True)
    if report.crashes or result.unwritten:
        return ExitStatus.FAILED
    failed = report.worst_at_least(result.fail_on)
    return ExitStatus.FINDINGS if failed else ExitStatus.CLEAN


def _checked(request: CheckRequest) -> CheckResult:
    """The last report if nothing has changed since, else that of a run."""
    last = Replay.find(request.start, request.digest) if request.replayable else None
    if last is not None and not last.changed:
        with closing(last):
            kept = last.report()
        if kept is not None:
            root = Path(kept.root)
            return CheckResult(kept.report, page_sources(), root, kept.fail_on, replayed=True)
        last = None
    from balise.cli import run_check  # see above

    return run_check.run(request) if last is None else run_check.resume(request, last)


def _without_known(result: CheckResult) -> Report:
    """The report without the findings that the baseline knows; says how many are left out."""
    report = result.report
    baseline = read_baseline(result.root / BASELINE_FILE)
    left = without_known(report, baseline, result.sources, result.root)
    left_out = len(report.findings) - len(left.findings)
    if baseline is not None and left_out:
        of = f"{left_out} of {count(len(baseline), 'known finding')}"
        click.echo(f"{of} left out; the baseline is {baseline.age()}", err=True)
    return left


def _only_new(report: Report, new: frozenset[Finding], ref: str) -> Report:
    """The report without the findings that are not new; says how many are left out."""
    findings = [finding for finding in report.findings if finding in new]
    if left_out := len(report.findings) - len(findings):
        click.echo(f"{count(left_out, 'finding')} left out that there were at {ref}", err=True)
    return replace(report, findings=findings)
