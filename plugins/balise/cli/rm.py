"""`balise rm`"""

from pathlib import Path

import click

from balise.base.paths import real_path
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource
from balise.cli.refactoring import Doing, refactor
from balise.cli.sections import sectioned
from balise.refactor.remove import remove


@sectioned(doing=Doing, config=ConfigSource)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--to",
    metavar="OTHER",
    type=click.Path(path_type=Path),
    required=True,
    help="The guide or product that its address and all links to it lead to.",
)
@click.option(
    "--locale",
    metavar="LOCALE",
    multiple=True,
    help="Remove the page in this locale alone; may be given several times.",
)
def rm(
    path: Path, to: Path, locale: tuple[str, ...], doing: Doing, config: ConfigSource
) -> ExitStatus:
    """Remove the guide at PATH, and lead its readers and all links to OTHER.

    Nothing is changed without --yes: what would change is printed.
    """
    gone, other = real_path(path), real_path(to)
    return refactor(config, path, doing, lambda space: remove(space, gone, other, locale))
