"""The command line. Everything that a command needs is imported when it runs."""

from balise.cli.app import cli, main

__all__ = ["cli", "main"]
