"""`balise check`"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from balise.base.errors import UserError
from balise.cli.shared import (
    CLEAN,
    FAILED,
    FINDINGS,
    Sources,
    compared,
    configuration_for,
    discovered,
    first_folder,
    names_in,
    utf8_stdout,
    without_known,
)
from balise.cli.telling import (
    FORMATS,
    outputs_in,
    print_notes,
    print_report,
    print_statistics,
    write_report,
)

if TYPE_CHECKING:
    from balise.base.findings import Severity
    from balise.base.source import SourceFile
    from balise.check.replay import LastReport, LastRun
    from balise.check.report import Report
    from balise.config import Configuration
    from balise.fix.repair import FixResult
    from balise.rules import Rule
    from balise.workspace.discovery import Scope


report_format_option = click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"What to print on stdout: {', '.join(FORMATS)}.",
)


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
@report_format_option
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
@click.option(
    "--against", metavar="REF", help="Also addresses and anchors that are lost since REF."
)
@click.option("--no-cache", is_flag=True, help="Read all pages anew, and keep nothing.")
def check(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    changed_since: str | None,
    against: str | None,
    no_cache: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    output: tuple[str, ...],
    statistics: bool,
    no_baseline: bool,
) -> int:
    """Check pages and report what is wrong with them.

    PATHS are pages or folders of pages, or `-` for stdin; without any, the folder of guides that
    the configuration names. NAMES are separated by commas. REF is a commit, branch or tag of the
    git repository that the pages are in. Exit status 0: nothing found,
    1: findings, 2: the command could not be carried out.
    """
    asked = Asked(
        paths, names_in(select), names_in(extend_select), names_in(ignore), changed_since, against
    )
    if unsafe_fixes and not (fix or diff):
        raise UserError("`--unsafe-fixes` goes with `--fix` or `--diff`")
    outputs = outputs_in(output, output_format)
    of_stdin = paths == (Path("-"),)
    if of_stdin and (changed_since is not None or against is not None):
        raise UserError("`-` (stdin) is no file that could be compared with a commit")
    data = sys.stdin.buffer.read() if of_stdin else b""
    stdin = _page(stdin_filename, data) if of_stdin else None
    if diff or (fix and stdin):
        return _show_fixes(asked, stdin, data, unsafe=unsafe_fixes, diff=diff)
    failed = 0 if not fix else _repaired(asked, None, unsafe=unsafe_fixes, write=True).failed
    if stdin:
        told = _told_of(asked, stdin)
    else:
        told = (None if fix or no_cache else _told_again(asked)) or _told(
            asked, cached=not no_cache
        )
    report = told.report
    if not no_baseline:
        report = without_known(report, told.sources, told.root)
    for name, file in outputs:
        write_report(report, told.sources, name, file)
    if statistics:
        print_statistics(report, output_format)
    elif all("=" in value for value in output):
        print_report(report, told.sources, output_format)
    print_notes(report)
    if changed_since is not None and not report.checked and not report.findings:
        click.echo(f"balise: no page is concerned by changes since {changed_since}", err=True)
    if report.crashes or failed:
        return FAILED
    return FINDINGS if report.worst_at_least(told.fail_on) else CLEAN


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants to be checked, by which rules, compared with which commits."""

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None
    against: str | None

    @property
    def start(self) -> Path:
        """Where the search for the configuration begins."""
        return first_folder(self.paths)

    @property
    def request(self) -> bytes:
        """Stands for all of it."""
        from balise.check.replay import request_of

        return request_of(self.paths, self.select, self.extend_select, self.ignore)


@dataclass(frozen=True, slots=True)
class Told:
    """A report, the texts that it is about, and what the configuration says of it."""

    report: "Report"
    sources: "Callable[[str], SourceFile | None]"
    root: Path
    fail_on: "Severity"


def _told_again(asked: Asked) -> Told | None:
    """The report of the last run, where that was the same; made anew where but pages differ.

    For the same pages it takes no look at rules or pages, for others none at the folders.
    """
    if asked.changed_since is not None or asked.against is not None:
        return None
    from balise.check.replay import last_run

    last = last_run(asked.start, asked.request)
    if last is None:
        return None
    try:
        told = _patched(asked, last) if last.changed else last.report()
    finally:
        last.close()
    if told is not None:
        return Told(told.report, Sources(), Path(told.root), told.fail_on)
    if not last.changed:
        return None
    from balise.check.patching import scope_of

    return _told(asked, cached=True, scope=scope_of(last.run))


def _patched(asked: Asked, last: "LastRun") -> "LastReport | None":
    """The report of the last run, with what is different where the texts of some pages are."""
    from balise.check.patching import patched
    from balise.check.severity import SeverityOverrides

    configuration, rules = _settings(asked)
    return patched(last, rules, configuration.config.urls, SeverityOverrides.of(configuration))


def _told(asked: Asked, *, cached: bool, scope: "Scope | None" = None) -> Told:
    """The report of a run; of a `scope` that is not given it is found out."""
    from balise.check.engine import check as run_check
    from balise.check.replay import remember
    from balise.check.severity import SeverityOverrides
    from balise.config import looked_at
    from balise.reporters.progress import ProgressBar
    from balise.workspace.reading import PARALLEL_FROM
    from balise.workspace.store import Cache

    configuration, rules = _settings(asked)
    config, root = configuration.config, configuration.root
    if scope is None:
        found = discovered(asked.paths, configuration)
        scope = compared(found, configuration, asked.changed_since, asked.against)
    pays = configuration.file is not None or len(scope.pages) >= PARALLEL_FROM
    files = [str(file) for file in looked_at(asked.start, configuration)]
    with ProgressBar() as progress:
        report = run_check(
            scope,
            rules,
            config.urls,
            cache=Cache(root) if pays and cached else None,
            progress=progress,
            severities=SeverityOverrides.of(configuration),
            remember=partial(remember, asked.request, root, config.fail_on, files),
        )
    return Told(report, Sources(), root, config.fail_on)


def _told_of(asked: Asked, source: "SourceFile") -> Told:
    """The report about one text."""
    from balise.check.checking import check_facts
    from balise.check.severity import SeverityOverrides
    from balise.workspace.reading import facts_of

    configuration, rules = _settings(asked)
    config, severities = configuration.config, SeverityOverrides.of(configuration)
    report = check_facts([(".", *facts_of(source))], rules, config.urls, severities=severities)
    return Told(report, {source.path: source}.get, configuration.root, config.fail_on)


def _settings(asked: Asked) -> "tuple[Configuration, list[Rule]]":
    """The configuration that counts, and the rules to be run."""
    from balise.check.selection import select_rules

    configuration = configuration_for(asked.paths)
    rules = select_rules(
        configuration.config,
        select=asked.select,
        extend_select=asked.extend_select,
        ignore=asked.ignore,
    )
    _insist_on_against(rules, asked.against)
    return configuration, rules


def _repaired(
    asked: Asked, stdin: "SourceFile | None", *, unsafe: bool, write: bool
) -> "FixResult":
    """The fixes are applied; what there is to say about that is said."""
    from balise.check.severity import SeverityOverrides
    from balise.fix.repair import repair
    from balise.workspace.discovery import PageFile, Scope

    configuration, rules = _settings(asked)
    if stdin is None:
        scope = compared(
            discovered(asked.paths, configuration),
            configuration,
            asked.changed_since,
            asked.against,
        )
    else:
        scope = Scope([PageFile(stdin.path, ".")])
    outcome = repair(
        scope,
        rules,
        configuration.config.urls,
        unsafe=unsafe,
        write=write,
        severities=SeverityOverrides.of(configuration),
        given=(stdin,) if stdin else (),
    )
    for line in outcome.notes:
        click.echo(f"balise: {line}", err=True)
    return outcome


def _show_fixes(
    asked: Asked, stdin: "SourceFile | None", data: bytes, *, unsafe: bool, diff: bool
) -> int:
    """What would change is printed; of stdin without `diff`, the text as it should be."""
    outcome = _repaired(asked, stdin, unsafe=unsafe, write=False)
    if diff or stdin is None:
        utf8_stdout().write(outcome.diff)
        return FINDINGS if outcome.diff else CLEAN
    from balise.base.source import SourceFile
    from balise.workspace.writing import encoded

    text = outcome.texts.get(stdin.path, stdin.text)
    changed = text != stdin.text
    sys.stdout.buffer.write(encoded(text, has_bom=stdin.has_bom) if changed else data)
    sys.stdout.flush()
    told = _told_of(asked, SourceFile(stdin.path, text))
    print_report(told.report, told.sources, "text", sys.stderr)
    print_notes(told.report)
    return FINDINGS if told.report.worst_at_least(told.fail_on) else CLEAN


def _insist_on_against(rules: "Sequence[Rule]", against: str | None) -> None:
    """Rules that compare with a commit find nothing without one: to select them alone is a slip."""
    from balise.rules import RevisionRule

    if against is None and all(isinstance(rule, RevisionRule) for rule in rules):
        names = " and ".join(f"`{rule.name}`" for rule in rules)
        raise UserError(f"{names} can only compare with a commit: name it with `--against`")


def _page(name: str, data: bytes) -> "SourceFile":
    from balise.base.source import SourceFile

    return SourceFile.from_bytes(name, data)
