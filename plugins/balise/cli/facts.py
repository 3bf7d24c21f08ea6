"""`balise facts`"""

from dataclasses import replace
from pathlib import Path

import click

from balise.base.paths import path_here
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, Exclusion, format_option
from balise.cli.output import utf8_stdout
from balise.cli.scope import configuration_of, discover_pages
from balise.cli.sections import sectioned
from balise.reporters.facts import facts_json, facts_text
from balise.workspace.reading import read_facts


@sectioned(pages=Exclusion, config=ConfigSource)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@format_option
def facts(
    paths: tuple[Path, ...], output_format: str, pages: Exclusion, config: ConfigSource
) -> ExitStatus:
    """Print what the pages at PATHS hold: headings with their anchors, links, tables, claims."""
    scope = discover_pages(paths, configuration_of(config, config.start(paths), pages))
    if not scope.pages:
        click.echo("balise: no pages there", err=True)
    found = [read_facts(page.path, scope.bounds.get(page.path)) for page in scope.pages]
    for page in found:
        page.document = replace(page.document, path=path_here(page.document.path))
    out = utf8_stdout()
    if output_format == "json":
        out.write(facts_json(found))
    else:
        facts_text(found, out)
    unreadable = [
        (page.document.path, problem.detail)
        for page in found
        for problem in page.document.problems
        if problem.kind == "unreadable"
    ]
    for path, reason in unreadable:
        click.echo(f"balise: {path}: cannot be read: {reason}", err=True)
    return ExitStatus.FAILED if unreadable else ExitStatus.CLEAN
