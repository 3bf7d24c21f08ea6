"""`balise merge`"""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import click

from balise.base.memory import no_garbage_collection
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
from balise.cli.sections import Section, option, sectioned
from balise.cli.shards import take_over
from balise.cli.site import publisher


class SiteOptions(Section, frozen=True):
    """How the site is built, where the shards have one; see `balise build`."""

    title = "Site"

    config_file: Annotated[
        Path | None,
        option(
            "-f",
            "--config-file",
            metavar="FILE",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="This mkdocs.yml; by default the nearest from the current folder upwards.",
        ),
    ] = None
    site_dir: Annotated[
        Path | None,
        option(
            "-d",
            "--site-dir",
            metavar="FOLDER",
            type=click.Path(path_type=Path),
            help="Where the site will be, in place of what mkdocs.yml says.",
        ),
    ] = None
    strict: Annotated[
        bool,
        option(
            "-s", "--strict", help="Make no site where something is found that fails the build."
        ),
    ] = False


@sectioned(
    rules=RuleSelection,
    exclusion=Exclusion,
    thresholds=Thresholds,
    output=OutputSettings,
    config=ConfigSource,
    site=SiteOptions,
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def merge(
    folder: Path, paths: tuple[Path, ...], exclusion: Exclusion, site: SiteOptions, **sections: Any
) -> ExitStatus:
    """Make one report of the archives of all shards in FOLDER, and one site.

    They were made by `balise check --shard` or `balise build --shard`, on the same PATHS and with the
    same options. Report and exit status are those of one check, the site is that of one build.
    """
    pages = PageSelection(exclude=exclusion.exclude, force_exclude=exclusion.force_exclude)
    request = CheckRequest(paths=paths, pages=pages, **sections)
    request.require_consistent()
    shards = Shards.of(folder)
    make_site = publisher("merge").build if shards.site else None
    take_over(request, shards)
    with no_garbage_collection():
        status = check_once(request) if shards.checked else ExitStatus.CLEAN
    if make_site is not None and status is not ExitStatus.FAILED:
        from balise.publish.site_shards import MergedBuild  # it needs what an extra brings

        ended_well = make_site(
            make=partial(MergedBuild, shards=shards),
            config_file=site.config_file and site.config_file.open("rb"),
            site_dir=site.site_dir and str(site.site_dir),
            strict=site.strict or None,
            quiet=request.output.quiet,
        )
        status = status if ended_well else ExitStatus.FINDINGS
    return status
