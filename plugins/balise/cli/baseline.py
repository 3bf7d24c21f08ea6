"""`balise baseline`"""

from pathlib import Path

import click

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.check import baseline as baselines
from balise.check.pipeline import CheckSettings, check
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, Exclusion, quiet_option
from balise.cli.output import page_sources, print_crashes
from balise.cli.scope import configuration_of, discover_pages
from balise.cli.sections import sectioned
from balise.config import Configuration
from balise.workspace.reading import ReadOptions
from balise.workspace.workspace import Workspace


@sectioned(pages=Exclusion, config=ConfigSource)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shrink", is_flag=True, help="Drop what was mended, and add nothing.")
@quiet_option
def baseline(
    paths: tuple[Path, ...], shrink: bool, quiet: bool, pages: Exclusion, config: ConfigSource
) -> ExitStatus:
    """Take today's findings for known: `check` reports new ones only.

    They are written to `balise-baseline.json` beside the configuration.
    """
    configuration = configuration_of(config, config.start(paths), pages)
    return take_baseline(configuration, paths, shrink=shrink, quiet=quiet)


def take_baseline(
    configuration: Configuration,
    paths: tuple[Path, ...] = (),
    *,
    shrink: bool = False,
    quiet: bool = False,
) -> ExitStatus:
    """Write the baseline of a configuration; its other pages stay in it where `paths` are given."""
    settings = CheckSettings.of(configuration)
    scope = discover_pages(paths, configuration)
    with no_garbage_collection():
        config = configuration.config
        options = ReadOptions(translations=settings.translations(config))
        report = check(Workspace.open(scope, config.urls, options=options), settings)
    if report.crashes:
        print_crashes(report.seen_from(Path.cwd()))
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
    baselines.write_baseline(file, made)
    if quiet:
        return ExitStatus.CLEAN
    if shrink and known is not None:
        mended = f"{len(known) - len(made)} mended, {len(made)} left"
        click.echo(f"{mended}; the baseline is {made.age()}", err=True)
    else:
        click.echo(f"{count(len(made), 'finding')} known from now on", err=True)
    for rule, number in baselines.by_rule(made):
        click.echo(f"{number:>6}  {rule}", err=True)
    return ExitStatus.CLEAN
