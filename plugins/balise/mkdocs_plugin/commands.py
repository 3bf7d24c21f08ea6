"""MkDocs' own commands, with its own options, for who stands in any folder of a project."""

import logging
from pathlib import Path
from typing import Any, BinaryIO

import click
from mkdocs.__main__ import State, build_command, cli, serve_command
from mkdocs.exceptions import Abort

from balise.base.errors import UserError
from balise.mkdocs_plugin.plugin import SITE_BUILD, MakeBuild, StrictError
from balise.publish.project import Project
from balise.publish.site_build import SiteBuild

NAMES = ("mkdocs.yml", "mkdocs.yaml")

COLOR = [option for option in cli.params if "--color" in option.opts]
BUILD_OPTIONS = [*build_command.params, *COLOR]
SERVE_OPTIONS = [*serve_command.params, *COLOR]


def build(make: MakeBuild | None = None, *, quiet: bool = False, **options: Any) -> bool:
    """Build the site with values of `BUILD_OPTIONS`; False where that is strict, and something was found.

    A build that is not of the whole site is what `make` makes of the project; a `quiet` one logs errors alone. Raises UserError where
    there is no site to build, and click's exceptions for what else MkDocs cannot do.
    """
    made: list[SiteBuild] = []

    def note(project: Project) -> SiteBuild:
        made.append(make(project) if make else SiteBuild(project))
        return made[0]

    context = click.get_current_context()
    context.meta[SITE_BUILD] = note
    if quiet:
        context.ensure_object(State).logger.setLevel(logging.ERROR)
    ended_well = _run(build_command, options)
    if make and ended_well and not made:
        raise UserError(
            "the site has no guides: see that mkdocs.yml has the plugin `balise`, and their folder is there"
        )
    return ended_well


def serve(**options: Any) -> bool:
    """Serve the site with the values of `SERVE_OPTIONS`, until an interrupt; else as `build`."""
    try:
        return _run(serve_command, options)
    except OverflowError as error:  # of the system, about a port; MkDocs does not look at it
        address = options.get("dev_addr") or "`dev_addr` in mkdocs.yml"
        raise UserError(f"{address}: a port is a number up to 65535") from error


def _run(command: click.Command, options: dict[str, Any]) -> bool:
    context = click.get_current_context()
    context.ensure_object(State)
    file = options.get("config_file") or _found_above(Path.cwd())
    try:
        context.invoke(command, **{**options, "config_file": file})
    except Abort as error:
        # MkDocs has the same exception for findings of a strict build and for all mistakes.
        if not isinstance(error.__context__, StrictError) and "strict" not in str(error):
            raise
        error.show()
        return False
    return True


def _found_above(folder: Path) -> BinaryIO:
    """The `mkdocs.yml` of the nearest folder from this one upwards. Raises UserError."""
    for above in (folder, *folder.parents):
        for name in NAMES:
            if (above / name).is_file():
                return (above / name).open("rb")
    raise UserError(
        "there is no mkdocs.yml in this folder or above it: go to the folder of the site, "
        "or name the file with `--config-file`"
    )
