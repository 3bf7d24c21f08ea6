"""The command line. Everything that a command needs is imported when it runs."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise import __version__
from balise.errors import UserError

if TYPE_CHECKING:
    from balise.checking import Report
    from balise.config import Configuration
    from balise.discovery import Scope
    from balise.rules import Rule
    from balise.source import SourceFile

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""Exit statuses: nothing to say, findings, the command could not do what it was asked to do."""

TEXT_WIDTH = 100

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
"""As in `balise.reporters`, which is loaded only where it is used."""

report_format_option = click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"What to print on stdout: {', '.join(FORMATS)}.",
)
format_option = click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print on stdout.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="balise")
def cli() -> None:
    """Keep a large, many-language set of guides true, and publish it."""


def main() -> None:
    """The entry point: a mistake of the user is one clear line on stderr and exit status 2."""
    try:
        status = cli.main(prog_name="balise", standalone_mode=False)
    except UserError as error:
        for line in error.lines:
            click.echo(f"balise: {line}", err=True)
        status = FAILED
    except click.ClickException as error:
        error.show()
        status = FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("balise: interrupted", err=True)
        status = 130
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; Python must not try to flush once more.
        sys.stderr.close()
        status = 141
    sys.exit(status)


@cli.command()
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
    from balise.cache import Cache
    from balise.checking import check_facts
    from balise.engine import check as run_check
    from balise.policy import Policy
    from balise.reading import PARALLEL_FROM, facts_of
    from balise.reporters.progress import ProgressBar
    from balise.selection import select_rules

    configuration = _configuration(paths)
    config = configuration.config
    policy = Policy.of(configuration)
    rules = select_rules(
        config, select=_names(select), extend_select=_names(extend_select), ignore=_names(ignore)
    )
    _insist_on_against(rules, against)
    if unsafe_fixes and not (fix or diff):
        raise UserError("`--unsafe-fixes` goes with `--fix` or `--diff`")
    if paths == (Path("-"),) and (fix or diff):
        raise UserError("`--fix` and `--diff` are for files: stdin cannot be written")
    refused = 0
    if fix or diff:
        from balise import repair

        scope = _compared(_discover(paths, configuration), configuration, changed_since, against)
        outcome = repair.repair(
            scope, rules, config.urls, unsafe=unsafe_fixes, write=not diff, policy=policy
        )
        for line in outcome.notes:
            click.echo(f"balise: {line}", err=True)
        if diff:
            _utf8_stdout().write(outcome.diff)
            return FINDINGS if outcome.diff else CLEAN
        refused = outcome.failed
    if paths == (Path("-"),):
        if changed_since is not None or against is not None:
            raise UserError("`-` (stdin) is no file that could be compared with a commit")
        source = _stdin(stdin_filename)
        facts = [(".", *facts_of(source))]
        report = check_facts(facts, rules, config.urls, policy=policy)
        sources: Callable[[str], SourceFile | None] = {source.path: source}.get
    else:
        scope = _compared(_discover(paths, configuration), configuration, changed_since, against)
        pays = configuration.file is not None or len(scope.pages) >= PARALLEL_FROM
        cache = Cache(configuration.root) if pays and not no_cache else None
        with ProgressBar() as progress:
            report = run_check(
                scope, rules, config.urls, cache=cache, progress=progress, policy=policy
            )
        sources = _Sources()
    if not no_baseline:
        report = _without_known(report, sources, configuration)
    outputs = _outputs(output, output_format)
    for name, file in outputs:
        _write_report(report, sources, name, file)
    if statistics:
        _print_statistics(report, output_format)
    elif all("=" in value for value in output):
        _print_report(report, sources, output_format)
    _print_notes(report)
    if changed_since is not None and not report.checked and not report.findings:
        click.echo(f"balise: no page is concerned by changes since {changed_since}", err=True)
    if report.crashes or refused:
        return FAILED
    return FINDINGS if report.worst_at_least(config.fail_on) else CLEAN


def _configuration(paths: tuple[Path, ...]) -> "Configuration":
    from balise.config import load_configuration
    from balise.policy import KNOWN

    return load_configuration(_first_folder(paths), KNOWN)


def _texts(
    report: "Report", sources: "Callable[[str], SourceFile | None]"
) -> "dict[str, SourceFile | None]":
    """The texts of the pages with findings; None for what is no page."""
    paths = dict.fromkeys(finding.path for finding in report.findings)
    return {path: sources(path) if report.documents[path].length else None for path in paths}


def _without_known(
    report: "Report",
    sources: "Callable[[str], SourceFile | None]",
    configuration: "Configuration",
) -> "Report":
    """The report without the findings that the baseline knows; says how many are left out."""
    from balise.baseline import FILE, new_findings, read_baseline

    baseline = read_baseline(configuration.root / FILE)
    if baseline is None:
        return report
    texts = _texts(report, sources)
    findings = new_findings(report.findings, baseline, texts, configuration.root)
    left_out = len(report.findings) - len(findings)
    if left_out:
        noun = "finding" if left_out == 1 else "findings"
        click.echo(f"{left_out} known {noun} of {baseline.since} left out", err=True)
    return replace(report, findings=findings)


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _first_folder(paths: tuple[Path, ...]) -> Path:
    """Where the search for the configuration begins."""
    if not paths or paths[0] == Path("-"):
        return Path.cwd()
    return paths[0] if paths[0].is_dir() else paths[0].parent


def _stdin(name: str) -> "SourceFile":
    from balise.source import SourceFile

    return SourceFile.from_bytes(name, sys.stdin.buffer.read())


def _discover(paths: tuple[Path, ...], configuration: "Configuration") -> "Scope":
    from balise.discovery import discover

    if Path("-") in paths:
        raise UserError("`-` (stdin) is for `check` alone, without other paths")
    if not paths:
        guides = configuration.guides
        if not guides.is_dir():
            raise UserError(
                f"{guides}: there is no such folder; name the pages to check, "
                "or set `guides` in [tool.balise] of pyproject.toml"
            )
        paths = (guides.relative_to(Path.cwd()) if guides.is_relative_to(Path.cwd()) else guides,)
    scope = discover(paths, configuration)
    if not scope.pages:
        click.echo("balise: no pages there: nothing to check", err=True)
    return scope


def _insist_on_against(rules: "Sequence[Rule]", against: str | None) -> None:
    """Rules that compare with a commit find nothing without one: to select them alone is a slip."""
    from balise.rules import AgainstRule

    if against is None and all(isinstance(rule, AgainstRule) for rule in rules):
        names = " and ".join(f"`{rule.name}`" for rule in rules)
        raise UserError(f"{names} can only compare with a commit: name it with `--against`")


def _compared(
    scope: "Scope", configuration: "Configuration", changed_since: str | None, against: str | None
) -> "Scope":
    """The scope with what is different since the commits that the user has named."""
    if changed_since is None and against is None:
        return scope
    from balise.discovery import was_page
    from balise.gathering import DATA_FILES
    from balise.repository import Repository

    read = (*scope.pages, *scope.around)
    pages = [page.path for page in read]
    roots = list(dict.fromkeys([*(page.root for page in read), *sorted(scope.whole)]))
    repository = Repository(Path(roots[0]) if roots else configuration.guides)

    def readable(path: str) -> bool:
        return path.rpartition("/")[2] in DATA_FILES or was_page(path, configuration)

    found = {
        ref: repository.changes(ref, roots, pages, readable)
        for ref in dict.fromkeys((changed_since, against))
        if ref is not None
    }
    return replace(
        scope,
        since=None if changed_since is None else found[changed_since],
        against=None if against is None else found[against],
    )


class _Sources:
    """The texts of pages with findings, read again when they are shown."""

    def __init__(self) -> None:
        self.last: tuple[str, SourceFile | None] = ("", None)

    def __call__(self, path: str) -> "SourceFile | None":
        from balise.reading import read_source

        if self.last[0] != path:
            try:
                self.last = (path, read_source(path))
            except OSError:
                self.last = (path, None)
        return self.last[1]


def _print_report(
    report: "Report", sources: "Callable[[str], SourceFile | None]", output_format: str
) -> None:
    out = _utf8_stdout()
    if output_format == "text":
        from balise.reporters.text import report_text

        report_text(report, sources, out, width=_width())
    else:
        out.write(_reported(report, sources, output_format))
    out.flush()


def _reported(
    report: "Report", sources: "Callable[[str], SourceFile | None]", output_format: str
) -> str:
    """The report in a format, as text."""
    from importlib import import_module
    from io import StringIO

    module = import_module(f"balise.reporters.{output_format}")
    if output_format == "text":
        out = StringIO()
        module.report_text(report, sources, out, width=TEXT_WIDTH)
        return out.getvalue()
    text: str = getattr(module, f"report_{output_format}")(report, sources)
    return text


def _outputs(values: tuple[str, ...], output_format: str) -> list[tuple[str, Path]]:
    """The files to write, each with its format. Raises UserError for what is none."""
    outputs: list[tuple[str, Path]] = []
    for value in values:
        name, equals, file = value.partition("=")
        if not equals:
            name, file = output_format, value
        if name not in FORMATS:
            from balise.suggestions import did_you_mean

            raise UserError(
                f"`--output {value}`: there is no format `{name}`{did_you_mean(name, FORMATS)}"
            )
        if not file:
            raise UserError(f"`--output {value}`: behind `=` stands the name of a file")
        if file in (str(other) for _, other in outputs):
            raise UserError(f"`--output {value}`: this file is written twice")
        outputs.append((name, Path(file)))
    return outputs


def _write_report(
    report: "Report", sources: "Callable[[str], SourceFile | None]", name: str, file: Path
) -> None:
    text = _reported(report, sources, name)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        part.replace(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"`--output {file}`: cannot be written: {reason}") from error


def _print_statistics(report: "Report", output_format: str) -> None:
    from balise.reporters.shared import counts

    rows = counts(report)
    out = _utf8_stdout()
    if output_format in ("json", "jsonl"):
        import json

        keys = ("rule", "severity", "findings", "fixable")
        objects = [dict(zip(keys, (n, s.value, *found), strict=True)) for n, s, *found in rows]
        out.write(json.dumps(objects, indent=2) + "\n")
    else:
        width = max((len(str(row[2])) for row in rows), default=1)
        for name, severity, number, fixable in rows:
            fixes = f", {fixable} with a fix" if fixable else ""
            out.write(f"{number:>{width}}  {name} ({severity.value}{fixes})\n")
    out.flush()


def _print_notes(report: "Report") -> None:
    """What went wrong, and how much was found, on stderr."""
    for crash in report.crashes:
        click.echo(
            f"balise: the rule {crash.rule} failed on {crash.path} ({crash.error}); "
            "this is a bug of balise, please report it",
            err=True,
        )
    if report.checked or report.findings:
        click.echo(_summary(report), err=True)


def _summary(report: "Report") -> str:
    def count(number: int, noun: str) -> str:
        return f"{number} {noun}{'' if number == 1 else 's'}"

    pages = count(report.checked, "page")
    if not report.findings:
        return f"{pages} checked, nothing found"
    where = count(len({finding.path for finding in report.findings}), "page")
    fixable = sum(1 for finding in report.findings if finding.fix)
    end = f", {fixable} with a fix" if fixable else ""
    return f"{pages} checked: {count(len(report.findings), 'finding')} on {where}{end}"


def _utf8_stdout() -> Any:
    """stdout in UTF-8 whatever the locale says: pages are."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((TEXT_WIDTH, 24)).columns if sys.stdout.isatty() else TEXT_WIDTH


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shrink", is_flag=True, help="Drop what was mended, and add nothing.")
def baseline(paths: tuple[Path, ...], shrink: bool) -> int:
    """Take today's findings for known: `check` reports new ones only.

    They are written to `balise-baseline.json` beside the configuration.
    """
    from balise import baseline as baselines
    from balise.engine import check as run_check
    from balise.policy import Policy
    from balise.selection import select_rules

    configuration = _configuration(paths)
    config, policy = configuration.config, Policy.of(configuration)
    rules = select_rules(config)
    scope = _discover(paths, configuration)
    report = run_check(scope, rules, config.urls, policy=policy)
    if report.crashes:
        _print_notes(report)
        return FAILED
    file = configuration.root / baselines.FILE
    known = baselines.read_baseline(file)
    made = baselines.made_of(report.findings, _texts(report, _Sources()), configuration.root)
    if shrink:
        if known is None:
            raise UserError(f"{file}: there is no baseline to shrink; `balise baseline` writes one")
        made = baselines.shrunk(known, made)
    if known is not None and paths:
        asked = [page.path for page in scope.pages]
        made = baselines.with_others(made, known, asked, configuration.root)
    if shrink and known is not None:
        click.echo(f"{len(known) - len(made)} mended, {len(made)} left of {made.since}", err=True)
    else:
        click.echo(f"{len(made)} findings are known now", err=True)
    for rule, count in baselines.by_rule(made):
        click.echo(f"{count:>6}  {rule}", err=True)
    baselines.write_baseline(file, made)
    return CLEAN


@cli.command()
@format_option
def rules(output_format: str) -> int:
    """List all rules."""
    from balise.rules import ALL_RULES

    out = _utf8_stdout()
    if output_format == "json":
        import json

        rows = [
            {
                "name": rule.name,
                "group": rule.group,
                "severity": rule.severity.value,
                "fixable": rule.fixable,
                "on_by_default": rule.on_by_default,
                "summary": rule.summary,
            }
            for rule in ALL_RULES
        ]
        out.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        return CLEAN
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("rule", "group", "severity", "fix", "on", "what it finds"):
        table.add_column(column, header_style="dim", no_wrap=column != "what it finds")
    for rule in ALL_RULES:
        fixable = "" if rule.fixable == "no" else rule.fixable
        on = "" if rule.on_by_default else "if selected"
        table.add_row(rule.name, rule.group, rule.severity.value, fixable, on, rule.summary)
    Console(file=out, highlight=False, width=None if out.isatty() else 140).print(table)
    return CLEAN


@cli.command()
@click.argument("rule")
def explain(rule: str) -> int:
    """Print the manual's page about RULE."""
    from balise.manual import rule_page

    out = _utf8_stdout()
    text = rule_page(rule)
    if out.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console(file=out).print(Markdown(text))
    else:
        out.write(text)
    return CLEAN


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@format_option
def facts(paths: tuple[Path, ...], output_format: str) -> int:
    """Print what the pages at PATHS hold: headings with their anchors, links, tables, claims."""
    from balise.reading import read_facts
    from balise.reporters.facts import facts_json, facts_text

    configuration = _configuration(paths)
    pages = [read_facts(page.path) for page in _discover(paths, configuration).pages]
    out = _utf8_stdout()
    if output_format == "json":
        out.write(facts_json(pages))
    else:
        facts_text(pages, out)
    unreadable = [
        (document.path, problem.detail)
        for document, _ in pages
        for problem in document.problems
        if problem.kind == "unreadable"
    ]
    for path, reason in unreadable:
        click.echo(f"balise: {path}: cannot be read: {reason}", err=True)
    return FAILED if unreadable else CLEAN


@cli.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--schema", "schema_", is_flag=True, help="Print the JSON schema of balise.toml.")
@format_option
def config(path: Path | None, schema_: bool, output_format: str) -> int:
    """Print what is configured for PATH, by default the current folder, and where.

    Defaults are printed as well.
    """
    from balise.config import schema
    from balise.policy import KNOWN
    from balise.reporters.config import config_json, config_text

    out = _utf8_stdout()
    if schema_:
        import json

        out.write(json.dumps(schema(KNOWN), indent=2, ensure_ascii=False) + "\n")
        return CLEAN
    if path is not None and not path.exists():
        raise UserError(f"{path}: there is no such file or folder")
    configuration = _configuration((path,) if path else ())
    listed = config_json if output_format == "json" else config_text
    out.write(listed(configuration, KNOWN))
    return CLEAN


if __name__ == "__main__":
    main()
