"""All commands together, and how they end."""

import sys
from typing import Any

import click

from balise import __version__
from balise.base.errors import UserError
from balise.cli.asking import config, explain, facts, rules
from balise.cli.baseline import baseline
from balise.cli.check import check
from balise.cli.shared import FAILED


class _ReaderGoneError(Exception):
    """Who read stdout (`| head`) has seen enough."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What click says of a reader that is gone is not what a shell says."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="balise")
def cli() -> None:
    """Keep a large, many-language set of guides true, and publish it."""


READER_GONE = 141
"""As a shell says of a program that SIGPIPE has ended."""

for command in (check, rules, explain, facts, baseline, config):
    cli.add_command(command)


def main() -> None:
    """The entry point: a mistake of the user is one clear line on stderr and exit status 2."""
    try:
        status = cli.main(prog_name="balise", standalone_mode=False)
    except UserError as error:
        for line in error.lines:
            click.echo(f"balise: {line}", err=True)
        status = FAILED
    except click.ClickException as error:
        error.show()
        status = FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("balise: interrupted", err=True)
        status = 130
    except _ReaderGoneError:
        sys.stdout = None  # Python must not try to flush it once more
        status = READER_GONE
    except OSError as error:
        # Pages and configuration have answers of their own: what is left is that stdout cannot be
        # written.
        reason = (error.strerror or str(error)).lower()
        click.echo(f"balise: the output cannot be written: {reason}", err=True)
        sys.stdout = None
        status = FAILED
    sys.exit(status)
