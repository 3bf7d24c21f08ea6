"""All commands together, and how they end."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from balise import __version__
from balise.base import phases
from balise.base.errors import UserError
from balise.base.signals import exit_on_termination
from balise.cli.exit_status import ExitStatus

COMMANDS = {
    "baseline": "Take today's findings for known: `check` reports new ones only.",
    "build": "Build the site, as `mkdocs build` does.",
    "check": "Check pages and report what is wrong with them.",
    "config": "Print what is configured for PATH, by default the current folder, and where.",
    "explain": "Print the manual's page about RULE, or the rules of a group.",
    "facts": "Print what the pages at PATHS hold: headings with their anchors, links, tables, claims.",
    "glossary": "Print how the labels of interfaces are called in each locale, as the guides have them.",
    "health": "Tell how a collection is: each guide in each locale.",
    "init": "Find the guides below the current folder, and write balise.toml for them.",
    "merge": "Make one report of the archives of all shards in FOLDER, and one site.",
    "migrate": "Turn the guides into ones of another layout.",
    "mutants": "Plant mistakes in copies of the guides at FOLDER, or score what a checker finds of them.",
    "mv": "Rename or move what is at OLD to NEW, and let all links follow.",
    "offline": "Write a product or universe with all its guides into one file, to be read without a network.",
    "rm": "Remove the guide at PATH, and lead its readers and all links to OTHER.",
    "rules": "List all rules.",
    "serve": "Serve the site while it is written, as `mkdocs serve` does.",
    "server": "Serve an editor: a language server over stdin and stdout.",
    "translated": "Write into translations which commit of their source they are up to date with.",
}
"""The commands, each with the first sentence of its help: `balise.cli.check` has `check`."""


class LazyGroup(click.Group):
    """Commands whose modules are imported when they are called.

    Until then a command is its name and its help, which is all that the list of commands,
    completion and "did you mean" look at.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, from its module."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and command is not None:
            command = getattr(import_module(f"balise.cli.{name}"), name)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What click says of a reader that is gone is not what a shell says."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


class _ReaderGoneError(Exception):
    """Who read stdout (`| head`) has seen enough."""


@click.group(
    cls=LazyGroup,
    commands=[click.Command(name, help=text) for name, text in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="balise")
def cli() -> None:
    """Keep a large, many-language set of guides true, and publish it."""
    try:
        os.getcwd()  # noqa: PTH109 - it is asked for, and not used
    except FileNotFoundError as error:
        raise UserError("the current folder has been removed: go to one that is there") from error


def run() -> int:
    """Run the command that is called; its exit status.

    A mistake of the user is one clear line on stderr and exit status 2. Raises KeyboardInterrupt.
    """
    exit_on_termination()
    phases.begin()
    try:
        status: int = cli.main(prog_name="balise", standalone_mode=False)
    except UserError as error:
        for line in error.lines:
            click.echo(f"balise: {line}", err=True)
        status = ExitStatus.FAILED
    except click.ClickException as error:
        error.show()
        status = ExitStatus.FAILED
    except click.Abort as error:  # what click makes of Ctrl-C
        raise KeyboardInterrupt from error
    except _ReaderGoneError:
        sys.stdout = None  # Python must not try to flush it once more
        status = ExitStatus.READER_GONE
    except OSError as error:
        # Pages and configuration have answers of their own: what is left is that stdout cannot be
        # written.
        reason = (error.strerror or str(error)).lower()
        click.echo(f"balise: the output cannot be written: {reason}", err=True)
        sys.stdout = None
        status = ExitStatus.FAILED
    finally:
        phases.end()
    return status
