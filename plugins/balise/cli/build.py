"""`balise build`"""

from functools import partial
from pathlib import Path
from typing import Any

import click

from balise.base.errors import UserError
from balise.cli.exit_status import ExitStatus
from balise.cli.request import Sharding
from balise.cli.sections import options_of
from balise.cli.site import publisher

_PUBLISHER = publisher("build")


@click.command(params=[*_PUBLISHER.BUILD_OPTIONS, *options_of(Sharding)])
def build(shard: str | None, shards: Path, only_read: bool, **options: Any) -> ExitStatus:
    """Build the site, as `mkdocs build` does.

    The site is that of the nearest mkdocs.yml, from the current folder upwards. Exit status 0: it
    is built, 1: the build is strict, and something was found, 2: it could not be built.
    """
    if only_read and shard is None:
        raise UserError("`--only-read` is for a part of the pages: name it with `--shard`")
    make = None
    if shard is not None:
        from balise.check.shard_job import ShardJob  # it needs the rules
        from balise.publish.site_shards import PartialBuild
        from balise.workspace.division import Shard

        make = partial(PartialBuild, job=ShardJob(Shard.read(shard), shards.absolute(), only_read))
    ended_well = _PUBLISHER.build(make=make, **options)
    return ExitStatus.CLEAN if ended_well else ExitStatus.FINDINGS
