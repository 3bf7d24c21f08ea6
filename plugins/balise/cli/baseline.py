"""`balise baseline`"""

from pathlib import Path

import click

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.check import baseline as baselines
from balise.check.pipeline import CheckSettings, check
from balise.cli.exit_status import ExitStatus
from balise.cli.output import page_sources, print_notes
from balise.cli.scope import configuration_for, discover_pages
from balise.workspace.workspace import Workspace


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shrink", is_flag=True, help="Drop what was mended, and add nothing.")
def baseline(paths: tuple[Path, ...], shrink: bool) -> ExitStatus:
    """Take today's findings for known: `check` reports new ones only.

    They are written to `balise-baseline.json` beside the configuration.
    """
    configuration = configuration_for(paths)
    settings = CheckSettings.of(configuration)
    scope = discover_pages(paths, configuration)
    with no_garbage_collection():
        report = check(Workspace.open(scope, configuration.config.urls), settings)
    if report.crashes:
        print_notes(report.seen_from(Path.cwd()))
        return ExitStatus.FAILED
    file = configuration.root / baselines.BASELINE_FILE
    known = baselines.read_baseline(file)
    texts = baselines.texts_of(report, page_sources())
    made = baselines.made_of(report.findings, texts, configuration.root)
    if shrink:
        if known is None:
            raise UserError(f"{file}: there is no baseline to shrink; `balise baseline` writes one")
        made = baselines.shrunk(known, made)
    if known is not None and paths:
        asked = [page.path for page in scope.pages]
        made = baselines.with_others(made, known, asked, configuration.root)
    if shrink and known is not None:
        mended = f"{len(known) - len(made)} mended, {len(made)} left"
        click.echo(f"{mended}; the baseline is {made.age()}", err=True)
    else:
        click.echo(f"{len(made)} findings are known now", err=True)
    for rule, count in baselines.by_rule(made):
        click.echo(f"{count:>6}  {rule}", err=True)
    baselines.write_baseline(file, made)
    return ExitStatus.CLEAN
