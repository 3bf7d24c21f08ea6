"""The command line. Everything that a command needs is imported when it runs."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from balise import __version__
from balise.errors import UserError

if TYPE_CHECKING:
    from balise.config import Configuration
    from balise.engine import Report, Scope
    from balise.rules import Rule
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
@click.option("--ignore", multiple=True, metavar="NAMES", help="Not these rules or groups.")
@click.option(
    "--stdin-filename",
    default="guide.fr-fr.md",
    show_default=True,
    help="What to take the text on stdin for: name and locale of a page.",
)
@format_option
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
    ignore: tuple[str, ...],
    stdin_filename: str,
    output_format: str,
    changed_since: str | None,
    against: str | None,
    no_cache: bool,
) -> int:
    """Check pages and report what is wrong with them.

    PATHS are pages or folders of pages, or `-` for stdin; without any, the folder of guides that
    the configuration names. NAMES are separated by commas. REF is a commit, branch or tag of the
    git repository that the pages are in. Exit status 0: nothing found,
    1: findings, 2: the command could not be carried out.
    """
    from balise import engine
    from balise.cache import Cache
    from balise.config import load_configuration
    from balise.reporters.progress import ProgressBar

    configuration = load_configuration(_first_folder(paths))
    config = configuration.config
    rules = engine.select_rules(_names(select) or config.select, (*config.ignore, *_names(ignore)))
    _insist_on_against(rules, against)
    if paths == (Path("-"),):
        if changed_since is not None or against is not None:
            raise UserError("`-` (stdin) is no file that could be compared with a commit")
        source = _stdin(stdin_filename)
        report = engine.check_facts([(".", *engine.facts_of(source))], rules, config.urls)
        sources: Callable[[str], SourceFile | None] = {source.path: source}.get
    else:
        scope = _compared(_discover(paths, configuration), configuration, changed_since, against)
        pays = configuration.file is not None or len(scope.pages) >= engine.PARALLEL_FROM
        cache = Cache(configuration.root) if pays and not no_cache else None
        with ProgressBar() as progress:
            report = engine.check(scope, rules, config.urls, cache=cache, progress=progress)
        sources = _Sources()
    _print_report(report, sources, output_format)
    if changed_since is not None and not report.checked and not report.findings:
        click.echo(f"balise: no page is concerned by changes since {changed_since}", err=True)
    if report.crashes:
        return FAILED
    return FINDINGS if report.worst_at_least(config.fail_on) else CLEAN


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
    from dataclasses import replace

    from balise import engine
    from balise.repository import Repository

    read = (*scope.pages, *scope.around)
    pages = [page.path for page in read]
    roots = list(dict.fromkeys([*(page.root for page in read), *sorted(scope.whole)]))
    repository = Repository(Path(roots[0]) if roots else configuration.guides)

    def readable(path: str) -> bool:
        return path.rpartition("/")[2] in engine.DATA_FILES or engine.was_page(path, configuration)

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
    from balise.config import load_configuration
    from balise.reporters.facts import facts_json, facts_text

    configuration = load_configuration(_first_folder(paths))
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


if __name__ == "__main__":
    main()
