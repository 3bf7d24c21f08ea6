"""The command line: a module a command, imported when the command is called."""

import sys

from balise.cli.exit_status import ExitStatus


def main() -> None:
    """The entry point: runs the command that is called, and ends with its exit status.

    What it takes is imported here: an interrupt while that is done ends as a later one does.
    """
    try:
        from balise.cli.app import run

        status = run()
    except KeyboardInterrupt:
        sys.stderr.write("balise: interrupted\n")
        status = ExitStatus.INTERRUPTED
    sys.exit(status)
