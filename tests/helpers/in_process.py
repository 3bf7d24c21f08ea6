"""Running the command line in the process of the test, where many short commands are to be tried."""

from contextlib import chdir
from pathlib import Path

from click import ClickException
from click.testing import CliRunner

from balise.base.errors import UserError
from balise.cli.app import cli
from balise.cli.exit_status import ExitStatus
from tests.helpers.command import Ran


def balise_here(*arguments: str | Path, cwd: Path) -> Ran:
    """As `balise` of `tests/helpers/command.py`; what a process keeps in memory is kept between such runs."""
    with chdir(cwd):
        ran = CliRunner().invoke(cli, list(map(str, arguments)), standalone_mode=False)
    error = ran.exception
    if isinstance(error, UserError):
        said = "".join(f"balise: {line}\n" for line in error.lines)
        return Ran(ExitStatus.FAILED, ran.stdout, ran.stderr + said)
    if isinstance(error, ClickException):
        return Ran(ExitStatus.FAILED, ran.stdout, ran.stderr + error.format_message())
    if error is not None:
        raise error
    return Ran(ran.return_value, ran.stdout, ran.stderr)
