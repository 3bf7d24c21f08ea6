"""The command line: a module a command, imported when the command is called."""

from balise.cli.app import cli, main

__all__ = ["cli", "main"]
