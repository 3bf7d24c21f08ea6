"""The command line. Everything that a command needs is imported when it runs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise import __version__
from balise.errors import UserError

if TYPE_CHECKING:
    from balise.config import Configuration
    from balise.engine import Report, Scope
    from balise.source import SourceFile

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""Exit statuses: nothing to say, findings, the command could not do what it was asked to do."""

TEXT_WIDTH = 100

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
        status = cli.main(standalone_mode=False)
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
@format_option
@click.option("--fix", is_flag=True, help="Mend what has a safe fix, and write the pages.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the other fixes, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--no-cache", is_flag=True, help="Read all pages anew, and keep nothing.")
def check(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    no_cache: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
) -> int:
    """Check pages and report what is wrong with them.

    PATHS are pages or folders of pages, or `-` for stdin; without any, the folder of guides that
    the configuration names. NAMES are separated by commas. Exit status 0: nothing found,
    1: findings, 2: the command could not be carried out.
    """
    from balise import engine
    from balise.cache import Cache
    from balise.policy import Policy
    from balise.reporters.progress import ProgressBar

    configuration = _configuration(paths)
    config = configuration.config
    policy = Policy.of(configuration)
    rules = engine.select_rules(
        config, select=_names(select), extend_select=_names(extend_select), ignore=_names(ignore)
    )
    if unsafe_fixes and not (fix or diff):
        raise UserError("`--unsafe-fixes` goes with `--fix` or `--diff`")
    if paths == (Path("-"),) and (fix or diff):
        raise UserError("`--fix` and `--diff` are for files: stdin cannot be written")
    refused = 0
    if fix or diff:
        from balise import repair

        scope = _discover(paths, configuration)
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
        source = _stdin(stdin_filename)
        facts = [(".", *engine.facts_of(source))]
        report = engine.check_facts(facts, rules, config.urls, policy=policy)
        sources: Callable[[str], SourceFile | None] = {source.path: source}.get
    else:
        scope = _discover(paths, configuration)
        pays = configuration.file is not None or len(scope.pages) >= engine.PARALLEL_FROM
        cache = Cache(configuration.root) if pays and not no_cache else None
        with ProgressBar() as progress:
            report = engine.check(
                scope, rules, config.urls, cache=cache, progress=progress, policy=policy
            )
        sources = _Sources()
    _print_report(report, sources, output_format)
    if report.crashes or refused:
        return FAILED
    return FINDINGS if report.worst_at_least(config.fail_on) else CLEAN


def _configuration(paths: tuple[Path, ...]) -> "Configuration":
    from balise.config import load_configuration
    from balise.policy import KNOWN

    return load_configuration(_first_folder(paths), KNOWN)


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
    from balise import engine

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
    scope = engine.discover(paths, configuration)
    if not scope.pages:
        click.echo("balise: no pages there: nothing to check", err=True)
    return scope


class _Sources:
    """The texts of pages with findings, read again when they are shown."""

    def __init__(self) -> None:
        self.last: tuple[str, SourceFile | None] = ("", None)

    def __call__(self, path: str) -> "SourceFile | None":
        from balise import engine

        if self.last[0] != path:
            try:
                self.last = (path, engine.read_source(path))
            except OSError:
                self.last = (path, None)
        return self.last[1]


def _print_report(
    report: "Report", sources: "Callable[[str], SourceFile | None]", output_format: str
) -> None:
    from balise import reporters

    out = _utf8_stdout()
    if output_format == "json":
        out.write(reporters.report_json(report))
    else:
        reporters.report_text(report, sources, out, width=_width())
    out.flush()
    for crash in report.crashes:
        click.echo(
            f"balise: the rule {crash.rule} failed on {crash.path} ({crash.error}); "
            "this is a bug of balise, please report it",
            err=True,
        )
    if report.checked:
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
    from balise import engine
    from balise.reporters.facts import facts_json, facts_text

    configuration = _configuration(paths)
    pages = [engine.read_facts(page.path) for page in _discover(paths, configuration).pages]
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
