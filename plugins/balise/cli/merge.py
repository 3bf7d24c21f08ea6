"""`balise merge`"""

from pathlib import Path
from typing import Any

import click

from balise.check.shards import Shards
from balise.cli.check import check_once
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, Exclusion
from balise.cli.request import (
    CheckRequest,
    OutputSettings,
    PageSelection,
    RuleSelection,
    Thresholds,
)
from balise.cli.sections import sectioned
from balise.cli.shards import take_over


@sectioned(
    rules=RuleSelection,
    exclusion=Exclusion,
    thresholds=Thresholds,
    output=OutputSettings,
    config=ConfigSource,
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def merge(
    folder: Path, paths: tuple[Path, ...], exclusion: Exclusion, **sections: Any
) -> ExitStatus:
    """Make one report of the archives of all shards in FOLDER, and one site.

    They were made by `balise check --shard` or `balise build --shard`, on the same PATHS and with the
    same options. Report and exit status are those of one check, the site is that of one build.
    """
    pages = PageSelection(exclude=exclusion.exclude, force_exclude=exclusion.force_exclude)
    request = CheckRequest(paths=paths, pages=pages, **sections)
    request.require_consistent()
    shards = Shards.of(folder)
    take_over(request, shards)
    return check_once(request)
