"""`balise migrate`"""

import os
from collections.abc import Iterator
from itertools import chain, groupby, islice
from pathlib import Path

import click

from balise.base.errors import UserError
from balise.base.memory import no_garbage_collection
from balise.base.paths import path_here
from balise.cli.exit_status import ExitStatus
from balise.cli.migrated_files import (
    finish_in_place,
    require_free,
    require_new,
    require_safe,
    write_in_place,
    write_into,
)
from balise.cli.options import ConfigSource
from balise.cli.output import utf8_stdout
from balise.cli.patch import NONE
from balise.cli.patch import diff_lines as file_diff_lines
from balise.cli.scope import configuration_of, discover_pages, open_pages
from balise.cli.sections import sectioned
from balise.collection import Collection
from balise.config import Configuration, LayoutChoice
from balise.migrate.migration import migration_of
from balise.migrate.model import Migration
from balise.workspace.sources import read_source
from balise.workspace.workspace import Workspace

INDEX = "index"
SHORT = 100
"""Lines of a diff that is printed without having been asked for."""
SHOWN = 3
"""Places that are named of each kind of loss."""


@sectioned(config=ConfigSource)
@click.option("--to", type=click.Choice([INDEX]), required=True, help="The layout to have.")
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write the result into a new folder, and leave the guides as they are.",
)
@click.option("--yes", is_flag=True, help="Write the result in the place of the guides.")
@click.option("--force", is_flag=True, help="With --yes: even if git could not bring them back.")
@click.option("--diff", is_flag=True, help="Print all that would change.")
@click.option("--losses", is_flag=True, help="Print each place of what is lost.")
def migrate(
    to: str,
    output: Path | None,
    yes: bool,
    force: bool,
    diff: bool,
    losses: bool,
    config: ConfigSource,
) -> ExitStatus:
    """Turn the guides into ones of another layout.

    Nothing is written without --yes or --output: what would change is printed.
    """
    configuration = configuration_of(config, config.start(()))
    guides = configuration.guides
    if yes and output is not None:
        raise UserError("`--yes` and `--output` exclude each other: leave one away")
    finish_in_place(guides)
    with no_garbage_collection(), open_guides(configuration) as workspace:
        workspace.save()
        collection = collection_at(guides, workspace)
        if collection.layout.name == to:
            click.echo(f"the guides are in the layout `{to}` already: nothing to do", err=True)
            return ExitStatus.CLEAN
        migration = migration_of(collection, read_source)
    if yes:
        require_safe(guides, migration, force=force)
    elif output is not None:
        require_free(guides, migration)
        require_new(output, guides)
    print_migration(guides, migration, diff=diff, every_loss=losses)
    if yes:
        write_in_place(guides, migration)
    elif output is not None:
        write_into(output, guides, migration)
    print_what_is_next(configuration, output or guides, written=yes or output is not None)
    return ExitStatus.CLEAN


def open_guides(configuration: Configuration) -> Workspace:
    """All pages of the folder of guides."""
    return open_pages(discover_pages((), configuration), configuration)


def collection_at(guides: Path, workspace: Workspace) -> Collection:
    """The whole collection in the folder of guides. Raises UserError where there is none."""
    found = [c for root, c in workspace.collections.items() if root in workspace.scope.whole]
    if not found or found[0].plain:
        raise UserError(f"{path_here(str(guides))}: there is no collection in it")
    return found[0]


def print_migration(guides: Path, migration: Migration, *, diff: bool, every_loss: bool) -> None:
    """Print what changes, what is lost, and how the files differ if that is wanted or short."""
    out = utf8_stdout()
    for kind, number in sorted(migration.changes.items()):
        out.write(f"{number:>6}  {kind}\n")
    out.write("\nlost\n" if migration.losses else "")
    for kind, group in groupby(migration.losses, key=lambda loss: loss.kind):
        losses = list(group)
        out.write(f"{len(losses):>6}  {kind}\n")
        for loss in losses if every_loss else losses[:SHOWN]:
            detail = f": {loss.detail}" if loss.detail else ""
            out.write(f"        {path_here(loss.path)}{detail}\n")
    lines = diff_lines(guides, migration)
    beginning = list(islice(lines, SHORT + 1))
    if diff or len(beginning) <= SHORT:
        out.writelines(chain(["\n"], beginning, lines))
    out.flush()


def diff_lines(guides: Path, migration: Migration) -> Iterator[str]:
    """All changes as one unified diff, byte order marks and line ends as they are."""
    for name in sorted({*migration.files, *migration.removed}):
        file = Path(os.path.normpath(guides / name))
        is_new, is_left = name in migration.new, name in migration.files
        path = path_here(str(file)).lstrip("/")
        yield from file_diff_lines(
            b"" if is_new else file.read_bytes(),
            migration.files.get(name, b""),
            NONE if is_new else f"a/{path}",
            f"b/{path}" if is_left else NONE,
        )


def print_what_is_next(configuration: Configuration, folder: Path, *, written: bool) -> None:
    """Say on stderr what was done, and what is left to do."""
    shown = path_here(str(folder))
    if not written:
        click.echo(
            f"nothing is written: `--yes` writes into {shown}, `--output FOLDER` into a new folder, "
            "`--diff` prints all that would change",
            err=True,
        )
        return
    click.echo(f"{shown} has the guides in the layout `{INDEX}`", err=True)
    if configuration.config.layout is not LayoutChoice.AUTO:
        click.echo(f'write `layout = "{INDEX}"` into {configuration.file}', err=True)
