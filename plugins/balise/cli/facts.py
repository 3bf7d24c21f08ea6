"""`balise facts`"""

from dataclasses import replace
from pathlib import Path

import click

from balise.base.paths import path_here
from balise.cli.exit_status import ExitStatus
from balise.cli.options import format_option
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_for, discover_pages
from balise.reporters.facts import facts_json, facts_text
from balise.workspace.reading import read_facts


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@format_option
def facts(paths: tuple[Path, ...], output_format: str) -> ExitStatus:
    """Print what the pages at PATHS hold: headings with their anchors, links, tables, claims."""
    scope = discover_pages(paths, configuration_for(paths))
    pages = [read_facts(page.path, scope.bounds.get(page.path)) for page in scope.pages]
    for page in pages:
        page.document = replace(page.document, path=path_here(page.document.path))
    out = utf8_stdout()
    if output_format == "json":
        out.write(facts_json(pages))
    else:
        facts_text(pages, out)
    unreadable = [
        (page.document.path, problem.detail)
        for page in pages
        for problem in page.document.problems
        if problem.kind == "unreadable"
    ]
    for path, reason in unreadable:
        click.echo(f"balise: {path}: cannot be read: {reason}", err=True)
    return ExitStatus.FAILED if unreadable else ExitStatus.CLEAN
