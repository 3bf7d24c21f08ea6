"""`balise rules`, `explain`, `facts`, `config`: what balise knows, and what it reads in pages."""

from pathlib import Path

import click

from balise.base.errors import UserError
from balise.cli.shared import (
    CLEAN,
    FAILED,
    configuration_for,
    discovered,
    format_option,
    utf8_stdout,
)


@click.command()
@format_option
def rules(output_format: str) -> int:
    """List all rules."""
    from balise.rules import ALL_RULES

    out = utf8_stdout()
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


@click.command()
@click.argument("rule")
def explain(rule: str) -> int:
    """Print the manual's page about RULE."""
    from balise.rules.manual import rule_page

    out = utf8_stdout()
    text = rule_page(rule)
    if out.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console(file=out).print(Markdown(text))
    else:
        out.write(text)
    return CLEAN


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@format_option
def facts(paths: tuple[Path, ...], output_format: str) -> int:
    """Print what the pages at PATHS hold: headings with their anchors, links, tables, claims."""
    from balise.reporters.facts import facts_json, facts_text
    from balise.workspace.reading import read_facts

    configuration = configuration_for(paths)
    scope = discovered(paths, configuration)
    pages = [read_facts(page.path, scope.bounds.get(page.path)) for page in scope.pages]
    out = utf8_stdout()
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


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--schema", "schema_", is_flag=True, help="Print the JSON schema of balise.toml.")
@format_option
def config(path: Path | None, schema_: bool, output_format: str) -> int:
    """Print what is configured for PATH, by default the current folder, and where.

    Defaults are printed as well.
    """
    from balise.check.severity import CATALOG
    from balise.config import schema
    from balise.reporters.config import config_json, config_text

    out = utf8_stdout()
    if schema_:
        import json

        out.write(json.dumps(schema(CATALOG), indent=2, ensure_ascii=False) + "\n")
        return CLEAN
    if path is not None and not path.exists():
        raise UserError(f"{path}: there is no such file or folder")
    configuration = configuration_for((path,) if path else ())
    listed = config_json if output_format == "json" else config_text
    out.write(listed(configuration, CATALOG))
    return CLEAN
